package node_test

import (
	"net/netip"
	"sync"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// TestBusy changes all that can be changed while packets fly, and closes the nodes under them. The race detector and the
// clock judge it.
func TestBusy(t *testing.T) {
	t.Parallel()
	p := newPath(realtime(t), 0, 1300)
	end := time.Now().Add(300 * time.Millisecond)
	var all sync.WaitGroup
	often := func(f func()) {
		all.Go(func() {
			for time.Now().Before(end) {
				f()
				time.Sleep(50 * time.Microsecond)
			}
		})
	}
	for _, to := range []string{"10.0.2.1", "fd02::1", "10.0.2.77", "192.0.2.1", "10.0.1.1"} {
		a := netip.MustParseAddr(to)
		s := p.pinger(p.a, a.Is6())
		echo := make([]byte, 8+3000)
		if echo[0] = 8; a.Is6() {
			echo[0] = 128
		}
		often(func() {
			s.ep.Write(&payload{echo}, tcpip.WriteOptions{To: &tcpip.FullAddress{Addr: tcpip.AddrFromSlice(a.AsSlice())}})
		})
	}
	r := network.Route{Dst: netip.MustParsePrefix("10.9.0.0/16"), Gateway: netip.MustParseAddr("10.0.2.1")}
	extra := netip.MustParsePrefix("10.0.2.9/24")
	often(func() { p.r.AddRoute(r); p.r.DelRoute(r) })
	often(func() { p.r.AddAddr("eth1", extra); p.r.DelAddr("eth1", extra) })
	often(func() { p.r.SetUp("eth1", false); p.r.SetUp("eth1", true) })
	often(func() { p.a.FlushNeighbors("eth0"); p.a.FlushPaths() })
	often(func() { p.r.SetMTU("eth1", 1200); p.r.SetMTU("eth1", 1300) })
	often(func() { p.r.SetForwarding(false); p.r.SetForwarding(true) })
	often(func() {
		p.r.Stats()
		p.r.Neighbors()
		p.r.Routes()
		p.r.Interfaces()
		p.r.Drops()
		p.a.Paths()
	})
	often(func() {
		if tap, err := p.r.Tap("eth0", func([]byte, bool) {}); err == nil {
			tap.Close()
		}
	})
	often(func() {
		if stop, err := p.r.Advertise("eth0", node.Advertisement{}); err == nil {
			stop()
		}
	})
	time.Sleep(250 * time.Millisecond)
	p.b.Close()
	p.r.Close()
	all.Wait()
}
