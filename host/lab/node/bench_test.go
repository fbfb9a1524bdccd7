package node_test

import (
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

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
