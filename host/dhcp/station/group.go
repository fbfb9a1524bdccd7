package station

import "net/netip"

// AllServers is the group of all DHCPv6 relay agents and servers of a link (RFC 8415 section 7.1).
var AllServers = netip.MustParseAddr("ff02::1:2")

// The groups of everybody, and of the routers that want to know who listens to which group (RFC 4291 section 2.7.1, RFC
// 3810 section 5.2.14).
var (
	allNodes     = netip.MustParseAddr("ff02::1")
	allListeners = netip.MustParseAddr("ff02::16")
)

// solicitedNode is the group that questions for an address go to (RFC 4291 section 2.7.1).
func solicitedNode(a netip.Addr) netip.Addr {
	b := a.As16()
	return netip.AddrFrom16([16]byte{0xff, 2, 11: 1, 0xff, b[13], b[14], b[15]})
}

// groupMAC is where frames to an IPv6 group go (RFC 2464 section 7).
func groupMAC(group netip.Addr) MAC {
	b := group.As16()
	return MAC{0x33, 0x33, b[12], b[13], b[14], b[15]}
}
