package mac

import (
	"encoding/hex"
	"net"
	"net/netip"
	"strings"
)

// Bits of the first byte (IEEE 802-2014 section 8.2).
const (
	groupBit = 1 << 0
	localBit = 1 << 1
)

// notations are the ways to part the digits: bytes in a group, and what stands between groups.
var notations = map[string]struct {
	group     int
	separator string
}{
	"colon": {1, ":"},
	"dash":  {1, "-"},
	"dot":   {2, "."},
	"bare":  {8, ""},
}

// Format writes an address in one of the notations.
func Format(m net.HardwareAddr, notation string, upper bool) string {
	n := notations[notation]
	var groups []string
	for i := 0; i < len(m); i += n.group {
		groups = append(groups, hex.EncodeToString(m[i:min(i+n.group, len(m))]))
	}
	text := strings.Join(groups, n.separator)
	if upper {
		return strings.ToUpper(text)
	}
	return text
}

// ForGroup is the address that frames to a multicast group go to: RFC 1112 section 6.4 for IPv4, RFC 2464 section 7
// for IPv6.
func ForGroup(group netip.Addr) net.HardwareAddr {
	if group.Is4() {
		b := group.As4()
		return net.HardwareAddr{0x01, 0x00, 0x5e, b[1] & 0x7f, b[2], b[3]}
	}
	b := group.As16()
	return net.HardwareAddr{0x33, 0x33, b[12], b[13], b[14], b[15]}
}
