package node

import (
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node/icmp"
	"moonwire/host/network"
)

// An inner4 is all that the stack asks of its IPv4 on an interface.
type inner4 interface {
	stack.MulticastForwardingNetworkEndpoint
	stack.GroupAddressableEndpoint
	stack.AddressableEndpoint
	stack.LinkResolvableNetworkEndpoint
	ipv4.IGMPEndpoint
}

// An inner6 is all that the stack asks of its IPv6 on an interface.
type inner6 interface {
	stack.MulticastForwardingNetworkEndpoint
	stack.GroupAddressableEndpoint
	stack.AddressableEndpoint
	stack.LinkResolvableNetworkEndpoint
	stack.DuplicateAddressDetector
	stack.LinkAddressResolver
	stack.NDPEndpoint
	ipv6.NDPEndpoint
	ipv6.MLDEndpoint
}

// endpoint4 is IPv4 on an interface, with that interface's own MTU for TCP to choose its segments by.
type endpoint4 struct {
	inner4
	nic  stack.NetworkInterface
	node *Node
}

// MTU is what a packet holds beside its header.
func (e *endpoint4) MTU() uint32 {
	return max(e.nic.MTU(), header.IPv4MinimumMTU) - header.IPv4MinimumSize
}

// endpoint6 is the same for IPv6.
type endpoint6 struct {
	inner6
	nic  stack.NetworkInterface
	node *Node
}

// MTU is what a packet holds beside its header.
func (e *endpoint6) MTU() uint32 {
	return max(e.nic.MTU(), header.IPv6MinimumMTU) - header.IPv6MinimumSize
}

// HandleLinkResolutionFailure is told of a packet of this node's own whose next hop doesn't answer. The sender hears of it
// as on Linux: by an ICMP error from its own address.
func (e *endpoint4) HandleLinkResolutionFailure(pkt *stack.PacketBuffer) {
	packet := flatten(pkt)
	e.inner4.HandleLinkResolutionFailure(pkt)
	e.node.reportFrom4(network.ToHost, icmp.HostUnreachable, packet, netip.AddrFrom4([4]byte(packet[12:16])))
}

// HandleLinkResolutionFailure is the same for IPv6.
func (e *endpoint6) HandleLinkResolutionFailure(pkt *stack.PacketBuffer) {
	packet := flatten(pkt)
	e.inner6.HandleLinkResolutionFailure(pkt)
	e.node.reportFrom6(network.ToHost, icmp.AddressUnreachable6, packet, netip.AddrFrom16([16]byte(packet[8:24])))
}

// joined is the stack's endpoint with what it needs of the node.
func joined(e stack.NetworkEndpoint, nic stack.NetworkInterface, n *Node) stack.NetworkEndpoint {
	if e.NetworkProtocolNumber() == header.IPv4ProtocolNumber {
		return &endpoint4{e.(inner4), nic, n}
	}
	return &endpoint6{e.(inner6), nic, n}
}
