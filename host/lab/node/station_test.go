package node_test

import (
	"encoding/binary"
	"net/netip"
	"sync"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// simulated is a world whose time passes in pass.
func simulated(t testing.TB) *world {
	c := simtime.New(time.Time{})
	t.Cleanup(c.Close)
	return &world{t, c, c}
}

// pass lets time pass.
func (w *world) pass(d time.Duration) {
	w.Helper()
	if err := w.clock.Sleep(w.Context(), d); err != nil {
		w.Fatal(err)
	}
}

// station is a port without a host: it sends what a test makes and keeps what comes.
type station struct {
	port *wire.Port
	mu   sync.Mutex
	got  [][]byte
}

func newStation(name string) *station {
	s := &station{port: wire.NewPort(name)}
	s.port.Handle(func(f []byte) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.got = append(s.got, f)
	})
	return s
}

// take returns the IP packets that came, and forgets them.
func (s *station) take() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ip [][]byte
	for _, f := range s.got {
		if t := header.Ethernet(f).Type(); t == header.IPv4ProtocolNumber || t == header.IPv6ProtocolNumber {
			ip = append(ip, f[14:])
		}
	}
	s.got = nil
	return ip
}

// crossing is a router between two stations: near is 10.0.1.1 and fd01::1, far is 10.0.2.1 and fd02::1.
type crossing struct {
	*world
	router    *node.Node
	near, far *station
}

const (
	nearAddr, farAddr   = "10.0.1.1", "10.0.2.1"
	nearAddr6, farAddr6 = "fd01::1", "fd02::1"
)

func newCrossing(t testing.TB, farMTU int) *crossing {
	t.Helper()
	w := simulated(t)
	r, ports := w.node(node.Options{Name: "R1", Router: true, Seed: 1}, "10.0.1.254/24 fd01::ff/64", "10.0.2.254/24 fd02::ff/64")
	c := &crossing{w, r, newStation("near"), newStation("far")}
	w.join(c.near.port, ports[0])
	w.join(c.far.port, ports[1])
	w.must(r.SetMTU("eth1", farMTU))
	c.far.port.SetMTU(farMTU)
	for iface, addrs := range map[string][]string{"eth0": {nearAddr, nearAddr6}, "eth1": {farAddr, farAddr6}} {
		for _, a := range addrs {
			w.must(r.AddNeighbor(iface, netip.MustParseAddr(a), mac(iface, 9)))
		}
	}
	return c
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// send gives the router an IP packet by the near link and lets a millisecond pass.
func (c *crossing) send(packet []byte) {
	c.frame(mac("R1", 0), packet)
	c.pass(time.Millisecond)
}

func (c *crossing) frame(dst []byte, packet []byte) {
	f := append(append(append([]byte{}, dst...), mac("eth0", 9)...), 8, 0)
	if packet[0]>>4 == 6 {
		f[12], f[13] = 0x86, 0xdd
	}
	c.near.port.Send(append(f, packet...))
}

// ip4 is an IPv4 packet; change may spoil it before its checksum is made.
func ip4(src, dst string, proto byte, payload []byte, change ...func(header.IPv4)) []byte {
	b := make([]byte, 20+len(payload))
	h := header.IPv4(b)
	h.Encode(&header.IPv4Fields{
		TotalLength: uint16(len(b)), TTL: 64, Protocol: proto, ID: 7,
		SrcAddr: tcpip.AddrFromSlice(netip.MustParseAddr(src).AsSlice()), DstAddr: tcpip.AddrFromSlice(netip.MustParseAddr(dst).AsSlice()),
	})
	copy(b[20:], payload)
	for _, f := range change {
		f(h)
	}
	h.SetChecksum(0)
	h.SetChecksum(^h.CalculateChecksum())
	return b
}

func ttl(n uint8) func(header.IPv4) { return func(h header.IPv4) { h.SetTTL(n) } }
func flags(f uint8, offset uint16) func(header.IPv4) {
	return func(h header.IPv4) { h.SetFlagsFragmentOffset(f, offset) }
}

// ip6 is an IPv6 packet.
func ip6(src, dst string, next, hops byte, payload []byte) []byte {
	b := make([]byte, 40+len(payload))
	b[0], b[6], b[7] = 6<<4, next, hops
	binary.BigEndian.PutUint16(b[4:], uint16(len(payload)))
	copy(b[8:], netip.MustParseAddr(src).AsSlice())
	copy(b[24:], netip.MustParseAddr(dst).AsSlice())
	copy(b[40:], payload)
	return b
}

// udp is a UDP header with n bytes behind it, and no checksum.
func udp(port uint16, n int) []byte {
	b := make([]byte, 8+n)
	binary.BigEndian.PutUint16(b, 40000)
	binary.BigEndian.PutUint16(b[2:], port)
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)))
	for i := range n {
		b[8+i] = byte(i)
	}
	return b
}

// sound4 fails unless a packet's header checksum is right and its length is its own.
func sound4(t testing.TB, b []byte) {
	t.Helper()
	h := header.IPv4(b)
	if int(h.TotalLength()) != len(b) || checksum.Checksum(b[:h.HeaderLength()], 0) != 0xffff {
		t.Errorf("packet % x has a wrong length or checksum", b)
	}
}

var _ network.Clock = (*simtime.Clock)(nil)
