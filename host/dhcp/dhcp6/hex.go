package dhcp6

import (
	"encoding/hex"
	"strings"
)

// hexBytes reads bytes in hexadecimal, with colons, hyphens or nothing between them.
func hexBytes(s string) ([]byte, bool) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == ':' || c == '-' })
	for i, p := range parts {
		if len(p) == 1 && len(parts) > 1 {
			parts[i] = "0" + p
		} else if len(p)%2 != 0 {
			return nil, false
		}
	}
	b, err := hex.DecodeString(strings.Join(parts, ""))
	return b, err == nil
}
