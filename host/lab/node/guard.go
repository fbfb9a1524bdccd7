package node

import (
	"encoding/binary"
	"maps"
	"sync"
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// A Guarded port is one that nobody here answers for. An address of no length stands for all.
type Guarded struct {
	Net   tcpip.NetworkProtocolNumber
	Proto tcpip.TransportProtocolNumber // TCP or UDP
	Addr  tcpip.Address
	Port  uint16
}

// guards are the ports that somebody guards.
type guards struct {
	mu  sync.Mutex
	all atomic.Pointer[map[Guarded]struct{}]
}

// Guard makes the node deaf on a port: what comes there is dropped without a word, until stop.
func (n *Node) Guard(g Guarded) (stop func()) {
	n.guards.change(func(all map[Guarded]struct{}) { all[g] = struct{}{} })
	return func() { n.guards.change(func(all map[Guarded]struct{}) { delete(all, g) }) }
}

func (s *guards) change(f func(map[Guarded]struct{})) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make(map[Guarded]struct{})
	if old := s.all.Load(); old != nil {
		maps.Copy(all, *old)
	}
	f(all)
	s.all.Store(&all)
}

// drops says whether a packet is for a guarded port.
func (s *guards) drops(proto tcpip.TransportProtocolNumber, pkt *stack.PacketBuffer) bool {
	all := s.all.Load()
	if all == nil || len(*all) == 0 {
		return false
	}
	h := pkt.TransportHeader().Slice()
	if len(h) < 4 {
		return false
	}
	g := Guarded{pkt.NetworkProtocolNumber, proto, pkt.Network().DestinationAddress(), binary.BigEndian.Uint16(h[2:])}
	if _, guarded := (*all)[g]; guarded {
		return true
	}
	g.Addr = tcpip.Address{}
	_, guarded := (*all)[g]
	return guarded
}
