package node

import (
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// protocol makes the IP that f makes, with the node between it and the links.
func (n *Node) protocol(f stack.NetworkProtocolFactory) stack.NetworkProtocolFactory {
	return func(s *stack.Stack) stack.NetworkProtocol { return &protocol{NetworkProtocol: f(s), node: n} }
}

// protocol is an IP of the stack that sends all its packets through egress.
type protocol struct {
	stack.NetworkProtocol
	node *Node
}

// NewEndpoint joins the protocol to an interface.
func (p *protocol) NewEndpoint(nic stack.NetworkInterface, d stack.TransportDispatcher) stack.NetworkEndpoint {
	inner := p.NetworkProtocol.NewEndpoint(&egress{NetworkInterface: nic, node: p.node}, d)
	return joined(inner, nic)
}

// egress is an interface as the stack's IP sees it: one without a limit to its packets, so that the stack never
// fragments. That is done here, where all that a node sends itself comes by.
type egress struct {
	stack.NetworkInterface
	node *Node
}

// MTU is the longest packet that IP knows.
func (e *egress) MTU() uint32 { return 65535 }

// WritePacket sends a packet of any length.
func (e *egress) WritePacket(r *stack.Route, pkt *stack.PacketBuffer) tcpip.Error {
	return e.NetworkInterface.WritePacket(r, pkt)
}
