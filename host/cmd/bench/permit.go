package main

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/network"
	"moonwire/host/permit"
)

// A slice of permitting is so many packets, and each way is measured in so many slices, in turn with the others: the
// fastest slice is the one that nobody else on the machine has slowed down.
const (
	permitSlice  = 20000
	permitSlices = 25
)

// permitting measures what a policy costs for each packet: by a link and by a socket that do nothing, with and without the
// policy, and by a real socket of this machine.
func permitting(string) ([]row, error) {
	frames, err := onNothing(frameWriter)
	if err != nil {
		return nil, err
	}
	again, err := onNothing(datagramWriter("192.0.2.1:53"))
	if err != nil {
		return nil, err
	}
	other, err := onNothing(datagramWriter("192.0.2.1:53", "192.0.2.2:53"))
	if err != nil {
		return nil, err
	}
	real, err := onThisMachine()
	if err != nil {
		return nil, err
	}
	under := func(what string, t inTurn) row {
		return row{what + ": policy - none / 200 ns", ns(t.bound), ns(t.free), (t.bound - t.free) / 200, "<= 1"}
	}
	return []row{
		under("frame", frames),
		under("datagram, one peer", again),
		under("datagram, peers in turn", other),
		{"real datagram under a policy / without", ns(real.bound), ns(real.free), real.bound / real.free, "<= 1.1"},
	}, nil
}

// inTurn is the time of a packet in nanoseconds, with a policy and without.
type inTurn struct{ bound, free float64 }

// measureInTurn times both ways in turn.
func measureInTurn(bound, free func(n int) error) (t inTurn, err error) {
	var with, without []float64
	for range permitSlices {
		for _, way := range []struct {
			send func(int) error
			to   *[]float64
		}{{bound, &with}, {free, &without}} {
			begun := time.Now()
			if err := way.send(permitSlice); err != nil {
				return t, err
			}
			*way.to = append(*way.to, float64(time.Since(begun).Nanoseconds())/permitSlice)
		}
	}
	return inTurn{slices.Min(with), slices.Min(without)}, nil
}

// aPolicy has grants of which the last one holds what is sent.
func aPolicy() (*permit.Policy, error) {
	p := &permit.Policy{}
	for _, text := range []string{"raw on eth0 to 192.168.0.0/16", "raw on eth0 to 10.0.0.0/24:53/udp", "net 10.0.0.0/8:161/udp", "net 127.0.0.0/8/udp", "net 192.0.2.0/24:53/udp"} {
		g, err := permit.Parse(text)
		if err != nil {
			return nil, err
		}
		p.Allow = append(p.Allow, g)
	}
	return p, nil
}

// onNothing measures a way to send where sending takes no time of its own.
func onNothing(writer func(network.Network) (func(n int) error, error)) (t inTurn, err error) {
	p, err := aPolicy()
	if err != nil {
		return t, err
	}
	nothing := nothing{network.Kernel()}
	bound, err := writer(p.Network(nothing))
	if err != nil {
		return t, err
	}
	free, err := writer(nothing)
	if err != nil {
		return t, err
	}
	return measureInTurn(bound, free)
}

// frameWriter sends frames, 64 in a call.
func frameWriter(n network.Network) (func(int) error, error) {
	l, err := n.OpenLink(context.Background(), "eth0", &network.LinkOpts{SendOnly: true})
	if err != nil {
		return nil, err
	}
	frame := []byte("\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01\x08\x00\x45\x00\x00\x20\x00\x01\x00\x00\x40\x11\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02\x30\x39\x00\x35\x00\x0c\x00\x00mark")
	fill := func(_ int, slot []byte) int { return copy(slot, frame) }
	return func(n int) error {
		for sent := 0; sent < n; sent += 64 {
			if _, err := l.WriteFrames(context.Background(), 64, fill); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// datagramWriter sends datagrams to peers in turn.
func datagramWriter(peers ...string) func(network.Network) (func(int) error, error) {
	var to []net.Addr
	for _, p := range peers {
		to = append(to, net.UDPAddrFromAddrPort(netip.MustParseAddrPort(p)))
	}
	return func(n network.Network) (func(int) error, error) {
		s, err := n.Packet(context.Background(), "udp4", nil)
		if err != nil {
			return nil, err
		}
		return func(n int) error { return sendTo(s, to, n) }, nil
	}
}

func sendTo(s network.PacketConn, to []net.Addr, n int) error {
	for i := range n {
		if _, err := s.WriteTo([]byte("x"), to[i%len(to)]); err != nil {
			return err
		}
	}
	return nil
}

// onThisMachine measures datagrams to a socket that nobody reads.
func onThisMachine() (t inTurn, err error) {
	p, err := aPolicy()
	if err != nil {
		return t, err
	}
	k := network.Kernel()
	sink, err := k.ListenPacket(context.Background(), "udp4", "127.0.0.1:0", nil)
	if err != nil {
		return t, err
	}
	defer sink.Close()
	var ways []func(int) error
	for _, n := range []network.Network{p.Network(k), k} {
		s, err := n.Packet(context.Background(), "udp4", nil)
		if err != nil {
			return t, err
		}
		defer s.Close()
		ways = append(ways, func(n int) error { return sendTo(s, []net.Addr{sink.LocalAddr()}, n/10) })
	}
	t, err = measureInTurn(ways[0], ways[1])
	return inTurn{10 * t.bound, 10 * t.free}, err
}

// nothing is a network whose sockets and links swallow what is sent.
type nothing struct{ network.Network }

func (nothing) Packet(context.Context, string, *network.SockOpts) (network.PacketConn, error) {
	return nowhere{}, nil
}

func (nothing) OpenLink(context.Context, string, *network.LinkOpts) (network.LinkConn, error) {
	return &noLink{slot: make([]byte, 1514)}, nil
}

func (nothing) Interfaces() ([]network.Interface, error) { return []network.Interface{eth0}, nil }

var eth0 = network.Interface{Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, LinkType: "ethernet", Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.0.1/24")}}

type nowhere struct{ network.PacketConn }

func (nowhere) WriteMsg(b []byte, _ network.Meta) (int, error) { return len(b), nil }

// WriteTo is what the bare socket does, too.
func (n nowhere) WriteTo(b []byte, to net.Addr) (int, error) {
	return n.WriteMsg(b, network.Meta{Peer: to})
}

type noLink struct {
	network.LinkConn
	slot []byte
}

func (*noLink) Interface() network.Interface { return eth0 }

func (l *noLink) WriteFrames(_ context.Context, n int, fill func(int, []byte) int) (int, error) {
	for i := range n {
		fill(i, l.slot)
	}
	return n, nil
}
