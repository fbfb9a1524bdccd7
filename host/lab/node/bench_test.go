package node_test

import (
	"io"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
)

// BenchmarkForward sends raw frames through a router in real time.
func BenchmarkForward(b *testing.B) {
	w := realtime(b)
	r, ports := w.node(node.Options{Name: "R1", Router: true}, "10.0.1.254/24", "10.0.2.254/24")
	near, far := newStation("near"), newStation("far")
	w.join(near.port, ports[0])
	w.join(far.port, ports[1])
	w.must(r.AddNeighbor("eth1", netip.MustParseAddr(farAddr), mac("eth0", 9)))
	var got atomic.Int64
	far.port.Handle(func([]byte) { got.Add(1) })
	frame := append(append(append([]byte{}, mac("R1", 0)...), mac("eth0", 9)...), 8, 0)
	frame = append(frame, ip4(nearAddr, farAddr, 17, udp(9, 18))...)
	b.ReportAllocs()
	b.ResetTimer()
	for sent := range b.N {
		near.port.Send(frame)
		for int64(sent)-got.Load() > 500 {
			time.Sleep(20 * time.Microsecond)
		}
	}
	for got.Load() < int64(b.N) {
		time.Sleep(20 * time.Microsecond)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "frames/s")
}

// BenchmarkDatagrams sends small UDP datagrams from a host through a router to a host, in real time.
func BenchmarkDatagrams(b *testing.B) {
	p := newPath(realtime(b), 0, 1500)
	p.await(10*time.Millisecond, func() bool { return false })
	var rq, sq waiter.Queue
	r, _ := p.b.Stack().NewEndpoint(header.UDPProtocolNumber, header.IPv4ProtocolNumber, &rq)
	defer r.Close()
	r.Bind(tcpip.FullAddress{Port: 7})
	r.SocketOptions().SetReceiveBufferSize(4<<20, false)
	s, _ := p.a.Stack().NewEndpoint(header.UDPProtocolNumber, header.IPv4ProtocolNumber, &sq)
	defer s.Close()
	s.Connect(tcpip.FullAddress{Addr: tcpip.AddrFrom4([4]byte{10, 0, 2, 1}), Port: 7})
	data := make([]byte, 64)
	got := 0
	drain := func() {
		for {
			if _, err := r.Read(io.Discard, tcpip.ReadOptions{}); err != nil {
				return
			}
			got++
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for sent := 0; sent < b.N; {
		if sent-got < 1000 {
			s.Write(&payload{data}, tcpip.WriteOptions{})
			sent++
			continue
		}
		drain()
		time.Sleep(10 * time.Microsecond)
	}
	for end := time.Now().Add(time.Second); got < b.N && time.Now().Before(end); {
		drain()
	}
	b.ReportMetric(float64(got)/b.Elapsed().Seconds(), "datagrams/s")
}

// BenchmarkStream sends by TCP through a router, in real time.
func BenchmarkStream(b *testing.B) {
	p := newPath(realtime(b), 0, 1500)
	b.SetBytes(8 << 20)
	for range b.N {
		p.stream("10.0.2.1", 8<<20)
	}
}
