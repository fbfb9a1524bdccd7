package sockets

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	stacktcp "gvisor.dev/gvisor/pkg/tcpip/transport/tcp"

	"moonwire/host/lab/node"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// The IANAifTypes of a lab's interfaces.
const (
	ethernetType = 6
	loopbackType = 24
)

// nominal is the speed of an interface whose link has no limit: what Linux says of its virtual Ethernet.
const nominal = 10_000_000_000

// System is what the node is.
func (w *world) System() network.System {
	kind := "host"
	if w.node.Forwarding() {
		kind = "router"
	}
	return network.System{Description: fmt.Sprintf("%s, a %s of a moonwire lab", w.node.Name(), kind), Booted: w.booted}
}

// InterfaceStats is what the node counts on an interface, and what its link lets through.
func (w *world) InterfaceStats(iface string) (network.InterfaceStats, error) {
	counts, err := w.node.InterfaceStats(iface)
	if err != nil {
		return network.InterfaceStats{}, err
	}
	s := network.InterfaceStats{Counters: network.CountersOf(counts), Type: loopbackType, Promiscuous: w.promiscuous(iface)}
	s.Counters["OutErrors"] = 0 // what can't be sent is discarded
	s.Counters["OutQLen"] = 0   // lo has no queue
	if p := w.port(iface); p != nil {
		s.Type, s.Speed = ethernetType, nominal
		if l := p.Link(); l != nil {
			s.Speed = cmp.Or(uint64(l.Impairment(p).Rate), nominal)
		}
		s.Counters["OutQLen"] = uint64(p.Queued())
		drops := p.Stats().Drops
		s.Counters["OutDiscards"] += drops[wire.QueueFull] + drops[wire.LinkDown] + drops[wire.NotConnected] + drops[wire.TooLong]
	}
	return s, nil
}

// port is what an interface is plugged into; nil for lo.
func (w *world) port(iface string) *wire.Port {
	for _, i := range w.node.Interfaces() {
		if i.Name == iface {
			return w.node.Port(i.Index)
		}
	}
	return nil
}

// promiscuous says whether somebody reads all frames of an interface.
func (w *world) promiscuous(iface string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.open, func(c closer) bool {
		l, ok := c.(*link)
		return ok && l.opts.Promiscuous && (l.name == iface || l.name == "any")
	})
}

// Stats is what the node counts.
func (w *world) Stats() (network.Stats, error) {
	s := w.node.Stats()
	forwarding := network.Counters{"Forwarding": 2, "DefaultTTL": w.hops()}
	if w.node.Forwarding() {
		forwarding["Forwarding"] = 1
	}
	return network.Stats{
		IP: network.CountersOf(s.IP).With(forwarding), IP6: network.CountersOf(s.IP6).With(forwarding),
		ICMP: messages(s.ICMP), ICMP6: messages(s.ICMP6),
		TCP: network.CountersOf(s.TCP).With(retransmission()), UDP: network.CountersOf(s.UDP),
	}, nil
}

// hops is the TTL of packets whose sender wants none of his own.
func (w *world) hops() uint64 {
	var ttl tcpip.DefaultTTLOption
	if w.stack.NetworkProtocolOption(header.IPv4ProtocolNumber, &ttl) != nil {
		return 0
	}
	return uint64(ttl)
}

// messages are the counters of ICMP, with those of each type.
func messages(s node.ICMPStats) network.Counters {
	c := network.CountersOf(s)
	for kind, n := range s.InTypes {
		c["InType"+strconv.Itoa(int(kind))] = n
	}
	for kind, n := range s.OutTypes {
		c["OutType"+strconv.Itoa(int(kind))] = n
	}
	return c
}

// retransmission says how TCP waits: by Van Jacobson's algorithm (4), in milliseconds; the number of connections has no
// limit (RFC 4022).
func retransmission() network.Counters {
	const unlimited = ^uint64(0)
	return network.Counters{"RtoAlgorithm": 4, "RtoMin": uint64(stacktcp.MinRTO / time.Millisecond),
		"RtoMax": uint64(stacktcp.MaxRTO / time.Millisecond), "MaxConn": unlimited}
}

// tcpStates are those that a connection of the stack shows.
var tcpStates = map[stacktcp.EndpointState]network.TCPState{
	stacktcp.StateListen: network.TCPListen, stacktcp.StateConnecting: network.TCPSynSent, stacktcp.StateSynSent: network.TCPSynSent,
	stacktcp.StateSynRecv: network.TCPSynReceived, stacktcp.StateEstablished: network.TCPEstablished,
	stacktcp.StateFinWait1: network.TCPFinWait1, stacktcp.StateFinWait2: network.TCPFinWait2, stacktcp.StateCloseWait: network.TCPCloseWait,
	stacktcp.StateLastAck: network.TCPLastAck, stacktcp.StateClosing: network.TCPClosing, stacktcp.StateTimeWait: network.TCPTimeWait,
}

// Sockets are those of TCP and UDP.
func (w *world) Sockets() ([]network.SocketInfo, error) {
	var all []network.SocketInfo
	for _, e := range w.stack.RegisteredEndpoints() {
		switch e := e.(type) {
		case *stacktcp.Endpoint:
			if state, shown := tcpStates[e.EndpointState()]; shown {
				all = append(all, connection(e.Info().(*stack.TransportEndpointInfo), state))
			}
		case *udpEnd:
			d := (*datagram)(e)
			s := network.SocketInfo{Protocol: "udp", Local: unmapped(d.LocalAddr()), Remote: unmapped(d.RemoteAddr())}
			if s.Local.IsValid() {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b network.SocketInfo) int {
		return cmp.Or(cmp.Compare(a.Protocol, b.Protocol), a.Local.Compare(b.Local), a.Remote.Compare(b.Remote))
	})
	return slices.Compact(all), nil // one that hears both versions is registered for each
}

// connection is an endpoint of TCP with its two ends.
func connection(i *stack.TransportEndpointInfo, state network.TCPState) network.SocketInfo {
	at := func(a tcpip.Address, port uint16) netip.AddrPort {
		return netip.AddrPortFrom(fromStack(a, i.NetProto).Unmap(), port)
	}
	s := network.SocketInfo{Protocol: "tcp", Local: at(i.ID.LocalAddress, i.ID.LocalPort), State: state}
	if state != network.TCPListen {
		s.Remote = at(i.ID.RemoteAddress, i.ID.RemotePort)
	}
	return s
}

// unmapped is an end of a socket; the zero one where there is none.
func unmapped(a net.Addr) netip.AddrPort {
	at, _ := addrPort(a)
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}

// Watch tells when an interface of the node comes or goes.
func (w *world) Watch(f func(network.Change)) (stop func(), err error) {
	return w.node.Watch(func(e node.Event) {
		if e.Change == node.LinkUp || e.Change == node.LinkDown {
			f(network.Change{Interface: e.Interface, Running: e.Change == node.LinkUp, Up: w.node.Up(e.Interface)})
		}
	}), nil
}
