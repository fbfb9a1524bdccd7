package node_test

import (
	"runtime"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
)

// FuzzFrame gives a router any bytes as a frame, and a packet after it, which must still get through.
func FuzzFrame(f *testing.F) {
	c := newCrossing(f, 1500)
	c.listen()
	to := func(proto uint16, packet []byte) []byte {
		return append(append(append([]byte{}, mac("R1", 0)...), mac("eth0", 9)...), append([]byte{byte(proto >> 8), byte(proto)}, packet...)...)
	}
	f.Add(to(0x800, ip4(nearAddr, farAddr, 17, udp(9, 9))))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 1, []byte{8, 0, 0, 0, 0, 0, 0, 0})))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 6, make([]byte, 20))))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 17, udp(9, 9), flags(header.IPv4FlagMoreFragments, 8))))
	f.Add(to(0x800, withOptions(ip4(nearAddr, farAddr, 17, udp(9, 9)), 68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0)))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 1, append([]byte{3, 4, 0, 0, 0, 0, 2, 0}, ip4("10.0.1.254", nearAddr, 6, make([]byte, 20))...))))
	f.Add(to(0x86dd, ip6(nearAddr6, farAddr6, 17, 64, udp(9, 9))))
	f.Add(to(0x86dd, ip6(nearAddr6, "fd01::ff", 58, 255, []byte{135, 0, 0, 0, 0, 0, 0, 0})))
	f.Add(to(0x86dd, ip6(nearAddr6, "fd01::ff", 0, 64, options6(44, []byte{1, 4}, []byte{58, 0, 0, 1, 0, 0, 0, 1, 128, 0, 0, 0, 0, 0, 0, 0}))))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 6, syn())))
	f.Add(to(0x800, ip4(nearAddr, "10.0.1.254", 17, udp(7, 9))))
	f.Add(to(0x806, make([]byte, 28)))
	f.Fuzz(func(t *testing.T, frame []byte) {
		if len(frame) > 14+1500 {
			return
		}
		faults := c.router.Drops()[node.Fault]
		c.near.port.Send(frame)
		c.clock.Sleep(t.Context(), time.Millisecond)
		c.far.take()
		c.frame(mac("R1", 0), ip4(nearAddr, farAddr, 17, udp(9, 9)))
		c.clock.Sleep(t.Context(), time.Millisecond)
		if len(c.far.take()) == 0 {
			t.Errorf("after % x the router is dead", frame)
		}
		c.near.take()
		if c.router.Drops()[node.Fault] > faults {
			t.Errorf("the stack panicked on % x", frame)
		}
	})
}

// listen gives the router a server of TCP and one of UDP.
func (c *crossing) listen() {
	for _, proto := range []tcpip.TransportProtocolNumber{header.TCPProtocolNumber, header.UDPProtocolNumber} {
		ep, err := c.router.Stack().NewEndpoint(proto, header.IPv6ProtocolNumber, new(waiter.Queue))
		if err != nil {
			c.Fatal(err)
		}
		c.Cleanup(ep.Close)
		ep.Bind(tcpip.FullAddress{Port: 7})
		ep.Listen(5)
	}
}

// syn asks the router for a connection.
func syn() []byte {
	b := make([]byte, 20)
	h := header.TCP(b)
	h.Encode(&header.TCPFields{SrcPort: 40000, DstPort: 7, SeqNum: 1, DataOffset: 20, Flags: header.TCPFlagSyn, WindowSize: 1000})
	a, r := tcpip.AddrFrom4([4]byte{10, 0, 1, 1}), tcpip.AddrFrom4([4]byte{10, 0, 1, 254})
	h.SetChecksum(^h.CalculateChecksum(header.PseudoHeaderChecksum(header.TCPProtocolNumber, a, r, 20)))
	return b
}

// TestCloseLeavesNothing opens connections on nodes and closes the nodes.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 5 {
		t.Run("", func(t *testing.T) {
			p := newPath(simulated(t), 0, 1300)
			p.stream("10.0.2.1", 1000)
		})
	}
	for range 6000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// TestFreed drops nodes that were closed: nothing holds on to them, no timer either.
func TestFreed(t *testing.T) {
	const labs = 3
	freed := make(chan struct{}, labs)
	for range labs {
		t.Run("", func(t *testing.T) {
			p := newPath(realtime(t), 0, 1300)
			p.b.SetMTU("eth0", 1500)
			p.stream("10.0.2.1", 100000) // learns a path, leaves a connection in TIME-WAIT
			_, err := p.r.Advertise("eth0", node.Advertisement{})
			p.must(err)
			runtime.AddCleanup(p.a, func(struct{}) { freed <- struct{}{} }, struct{}{})
		})
	}
	for range 6000 {
		runtime.GC()
		if time.Sleep(10 * time.Millisecond); len(freed) == labs {
			return
		}
	}
	t.Errorf("%d of %d were freed", len(freed), labs)
}

// TestSmall makes a thousand hosts and weighs them.
func TestSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand hosts")
	}
	const hosts = 1000
	w := simulated(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := time.Now()
	for range hosts {
		w.node(node.Options{Name: "h", Seed: 1}, "10.0.0.1/24 fd00::1/64")
	}
	took := time.Since(begin)
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := (after.HeapAlloc - before.HeapAlloc) / hosts
	t.Logf("%d hosts in %v, %d KB each", hosts, took, each>>10)
	if each > 300<<10 {
		t.Errorf("a host takes %d bytes", each)
	}
}
