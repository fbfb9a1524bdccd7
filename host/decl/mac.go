package decl

import (
	"encoding/hex"
	"fmt"
	"net"
	"strings"
)

// ParseMAC reads a MAC address in every notation in use: 02:00:5e:10:00:01, 2:0:5e:10:0:1, 02-00-5E-10-00-01,
// 0200.5e10.0001, 02005e100001, and its raw six bytes; EUI-64 likewise, with eight.
func ParseMAC(text string) (net.HardwareAddr, error) {
	if len(text) == 6 || len(text) == 8 {
		return net.HardwareAddr(text), nil
	}
	if mac, ok := parseMACGroups(text); ok {
		return mac, nil
	}
	return nil, fmt.Errorf("'%s' is no MAC address", text)
}

// parseMACGroups reads the notations with separators, and the one without.
func parseMACGroups(text string) (net.HardwareAddr, bool) {
	for _, form := range []struct {
		separator string
		digits    int // of a whole group
	}{{":", 2}, {"-", 2}, {".", 4}} {
		if strings.Contains(text, form.separator) {
			return parseGroups(strings.Split(text, form.separator), form.digits)
		}
	}
	return parseGroups([]string{text}, len(text))
}

// parseGroups joins groups of hexadecimal digits; leading zeros of a group may be missing.
func parseGroups(groups []string, digits int) (net.HardwareAddr, bool) {
	var all strings.Builder
	for _, g := range groups {
		if g == "" || len(g) > digits {
			return nil, false
		}
		all.WriteString(strings.Repeat("0", digits-len(g)) + g)
	}
	mac, err := hex.DecodeString(all.String())
	return mac, err == nil && (len(mac) == 6 || len(mac) == 8)
}
