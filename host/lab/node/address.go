package node

import (
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// toStack is a as the stack has it.
func toStack(a netip.Addr) tcpip.Address {
	return tcpip.AddrFromSlice(a.Unmap().WithZone("").AsSlice())
}

// fromStack is a as the rest of the world has it.
func fromStack(a tcpip.Address) netip.Addr {
	addr, _ := netip.AddrFromSlice(a.AsSlice())
	return addr
}

// family is the number of the IP that a belongs to.
func family(a netip.Addr) tcpip.NetworkProtocolNumber {
	if a.Unmap().Is4() {
		return header.IPv4ProtocolNumber
	}
	return header.IPv6ProtocolNumber
}

// protocolAddress is an interface's address as the stack has it.
func protocolAddress(p netip.Prefix) tcpip.ProtocolAddress {
	return tcpip.ProtocolAddress{
		Protocol:          family(p.Addr()),
		AddressWithPrefix: tcpip.AddressWithPrefix{Address: toStack(p.Addr()), PrefixLen: p.Bits()},
	}
}

// subnet is a route's destination as the stack has it.
func subnet(p netip.Prefix) tcpip.Subnet {
	a := toStack(p.Masked().Addr())
	return tcpip.AddressWithPrefix{Address: a, PrefixLen: p.Bits()}.Subnet()
}
