package node

import (
	"slices"
	"sync"
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// ears are who hears whole packets of IP protocols beside the stack.
type ears struct {
	mu   sync.Mutex
	list atomic.Pointer[[]*ear]
}

// ear is one of them.
type ear struct {
	net   tcpip.NetworkProtocolNumber
	proto tcpip.TransportProtocolNumber
	hear  func(*stack.PacketBuffer)
}

// Raw has hear called with each packet to this node of a version and protocol of IP, fragments put together. While
// somebody hears a protocol nobody is told that it is unknown here. Hear must not change the packet, nor keep it, nor
// wait.
func (n *Node) Raw(net tcpip.NetworkProtocolNumber, proto tcpip.TransportProtocolNumber, hear func(*stack.PacketBuffer)) (stop func()) {
	r := &ear{net, proto, hear}
	n.ears.change(func(list []*ear) []*ear { return append(list, r) })
	return func() {
		n.ears.change(func(list []*ear) []*ear { return slices.DeleteFunc(list, func(x *ear) bool { return x == r }) })
	}
}

func (s *ears) change(f func([]*ear) []*ear) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := f(slices.Clone(s.all()))
	s.list.Store(&list)
}

func (s *ears) all() []*ear {
	if list := s.list.Load(); list != nil {
		return *list
	}
	return nil
}

// show calls those who hear a packet's protocol.
func (s *ears) show(proto tcpip.TransportProtocolNumber, pkt *stack.PacketBuffer) {
	for _, r := range s.all() {
		if r.net == pkt.NetworkProtocolNumber && r.proto == proto {
			r.hear(pkt)
		}
	}
}

// wanted says whether somebody hears a protocol.
func (s *ears) wanted(net tcpip.NetworkProtocolNumber, proto tcpip.TransportProtocolNumber) bool {
	return slices.ContainsFunc(s.all(), func(r *ear) bool { return r.net == net && r.proto == proto })
}
