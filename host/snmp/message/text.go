package message

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// String gives the value as text without a MIB: numbers in decimal, printable strings as they are and others in hex, as
// net-snmp's commands print them, TimeTicks as "(123456) 0:20:34.56", an exception by its name.
func (v Value) String() string {
	switch {
	case v.bad:
		return spaced(v.b)
	case v.Type.Exception():
		name := v.Type.String()
		return strings.ToLower(name[:1]) + name[1:]
	}
	switch v.Type {
	case TypeNull:
		return "NULL"
	case TypeInteger, TypeOpaqueInteger64:
		return strconv.FormatInt(v.Int(), 10)
	case TypeTimeTicks:
		return fmt.Sprintf("(%d) %s", v.n, Uptime(v.n))
	case TypeIPAddress:
		return v.Addr().String()
	case TypeObjectIdentifier:
		return v.OID().String()
	case TypeOpaqueFloat, TypeOpaqueDouble:
		return fmt.Sprintf("%f", v.Float())
	case TypeOctetString:
		if printable(v.b) {
			return string(v.b)
		}
		return spaced(v.b)
	case TypeOpaque:
		return spaced(v.b)
	}
	return strconv.FormatUint(v.n, 10)
}

// Uptime tells hundredths of a second as net-snmp does: 0:20:34.56, 1 day, 0:00:00.00, 2 days, …
func Uptime(n uint64) string {
	s := n / 100
	text := fmt.Sprintf("%d:%02d:%02d.%02d", s/3600%24, s/60%60, s%60, n%100)
	switch days := s / 86400; days {
	case 0:
		return text
	case 1:
		return "1 day, " + text
	default:
		return fmt.Sprintf("%d days, %s", days, text)
	}
}

// printable says whether bytes are printable ASCII and white space.
func printable(b []byte) bool {
	for _, c := range b {
		if (c < 0x20 || c > 0x7e) && (c < '\t' || c > '\r') {
			return false
		}
	}
	return true
}

// spaced gives bytes in hex with a space between.
func spaced(b []byte) string {
	var s strings.Builder
	for i, c := range b {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(strings.ToUpper(hex.EncodeToString([]byte{c})))
	}
	return s.String()
}
