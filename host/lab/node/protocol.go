package node

import (
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// protocol makes the IP that f makes, with the node between it and the links, and between it and the sockets.
func (n *Node) protocol(f stack.NetworkProtocolFactory) stack.NetworkProtocolFactory {
	return func(s *stack.Stack) stack.NetworkProtocol { return &protocol{NetworkProtocol: f(s), node: n} }
}

// protocol is an IP of the stack that sends all its packets through egress and delivers them through ingress.
type protocol struct {
	stack.NetworkProtocol
	node *Node
}

// NewEndpoint joins the protocol to an interface.
func (p *protocol) NewEndpoint(nic stack.NetworkInterface, d stack.TransportDispatcher) stack.NetworkEndpoint {
	inner := p.NetworkProtocol.NewEndpoint(&egress{nic, p.node}, &ingress{d, p.node})
	return joined(inner, nic, p.node)
}
