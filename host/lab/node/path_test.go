package node_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
	"moonwire/host/lab/node/pathmtu"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// path is linux -- R1 -- R2, with an MTU of 1300 on the second link.
type path struct {
	*world
	a, r, b     *node.Node
	first, last *wire.Link
	port        uint16 // of the last stream
}

func newPath(w *world, seed int64, mtu int) *path {
	w.Helper()
	p := &path{world: w}
	var pa, pr, pb []*wire.Port
	p.a, pa = w.node(node.Options{Name: "a", Seed: seed}, "10.0.1.1/24 fd01::1/64")
	p.r, pr = w.node(node.Options{Name: "r", Seed: seed, Router: true}, "10.0.1.254/24 fd01::ff/64", "10.0.2.254/24 fd02::ff/64")
	p.b, pb = w.node(node.Options{Name: "b", Seed: seed}, "10.0.2.1/24 fd02::1/64")
	w.must(p.r.SetMTU("eth1", mtu))
	w.must(p.b.SetMTU("eth0", mtu))
	p.first = wire.Connect(w.engine, "a--r", pa[0], pr[0], wire.LinkOptions{Seed: seed})
	p.last = wire.Connect(w.engine, "r--b", pr[1], pb[0], wire.LinkOptions{Seed: seed})
	for n, via := range map[*node.Node][2]string{p.a: {"10.0.1.254", "fd01::ff"}, p.b: {"10.0.2.254", "fd02::ff"}} {
		w.must(n.AddRoute(network.Route{Dst: netip.MustParsePrefix("0.0.0.0/0"), Gateway: netip.MustParseAddr(via[0])}))
		w.must(n.AddRoute(network.Route{Dst: netip.MustParsePrefix("::/0"), Gateway: netip.MustParseAddr(via[1])}))
	}
	return p
}

// await polls until ready says so, or simulated time is up.
func (w *world) await(most time.Duration, ready func() bool) bool {
	w.Helper()
	for end := w.clock.Now().Add(most); w.clock.Now().Before(end); w.pass(time.Millisecond) {
		if ready() {
			return true
		}
	}
	return ready()
}

// echo sends an echo request of n bytes and says whether the answer comes.
func (p *path) echo(from *node.Node, to string, n int) bool {
	p.Helper()
	v6 := netip.MustParseAddr(to).Is6()
	s := p.pinger(from, v6)
	m := make([]byte, 8+n)
	m[0] = 8
	if v6 {
		m[0] = 128
	}
	dst := tcpip.FullAddress{Addr: tcpip.AddrFromSlice(netip.MustParseAddr(to).AsSlice())}
	if _, err := s.ep.Write(&payload{m}, tcpip.WriteOptions{To: &dst}); err != nil {
		p.Fatal(err)
	}
	return p.await(2*time.Second, func() bool {
		_, err := s.ep.Read(io.Discard, tcpip.ReadOptions{})
		return err == nil
	})
}

type payload struct{ b []byte }

func (p *payload) Read(b []byte) (int, error) {
	if len(p.b) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.b)
	p.b = p.b[n:]
	return n, nil
}
func (p *payload) Len() int { return len(p.b) }

// TestPathMTU has a host learn that a way is narrow: its first packet is lost, the next goes in fragments, and ten minutes
// later it tries again.
func TestPathMTU(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"10.0.2.1", "fd02::1"} {
		p := newPath(simulated(t), 1, 1300)
		dst := netip.MustParseAddr(to)
		if mtu, _ := p.a.PathMTU(dst); mtu != 1500 {
			t.Errorf("%s: path MTU is %d at first", to, mtu)
		}
		if p.echo(p.a, to, 1400) && dst.Is6() {
			t.Errorf("%s: a packet too long got through", to)
		}
		if !dst.Is6() {
			long := p.pinger(p.a, false)
			v := tcpip.PMTUDiscoveryWant
			long.ep.SetSockOptInt(tcpip.MTUDiscoverOption, int(v))
			d := tcpip.FullAddress{Addr: tcpip.AddrFromSlice(dst.AsSlice())}
			long.ep.Write(&payload{append([]byte{8, 0, 0, 0, 0, 0, 0, 1}, make([]byte, 1400)...)}, tcpip.WriteOptions{To: &d})
			p.pass(10 * time.Millisecond)
		}
		if mtu, _ := p.a.PathMTU(dst); mtu != 1300 {
			t.Errorf("%s: path MTU is %d, learned", to, mtu)
		}
		if !p.echo(p.a, to, 1400) || !p.echo(p.a, to, 4000) {
			t.Errorf("%s: fragments didn't get through", to)
		}
		p.pass(pathmtu.Lifetime)
		if mtu, _ := p.a.PathMTU(dst); mtu != 1500 {
			t.Errorf("%s: path MTU is %d after ten minutes", to, mtu)
		}
	}
}

// TestDeaf has a host that doesn't hear of it.
func TestDeaf(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1300)
	p.a.SetDeaf(true)
	if p.echo(p.a, "fd02::1", 1400) {
		t.Error("a packet too long got through")
	}
	if mtu, _ := p.a.PathMTU(netip.MustParseAddr("fd02::1")); mtu != 1500 {
		t.Errorf("path MTU is %d", mtu)
	}
}

// TestFragmentsOfFragments pings with packets that the sender cuts, and that the router has to cut again.
func TestFragmentsOfFragments(t *testing.T) {
	t.Parallel()
	for mtu := 500; mtu < 1500; mtu += 97 {
		p := newPath(simulated(t), 1, mtu)
		if !p.echo(p.a, "10.0.2.1", 4000) {
			t.Errorf("no answer by way of an MTU of %d", mtu)
		}
	}
}

// stream sends n bytes by TCP from a to b and returns how long that took.
func (p *path) stream(to string, n int) time.Duration {
	p.Helper()
	version := header.IPv4ProtocolNumber
	if netip.MustParseAddr(to).Is6() {
		version = header.IPv6ProtocolNumber
	}
	p.port++
	addr := tcpip.FullAddress{Addr: tcpip.AddrFromSlice(netip.MustParseAddr(to).AsSlice()), Port: p.port}
	var lq, cq waiter.Queue
	l, _ := p.b.Stack().NewEndpoint(tcp.ProtocolNumber, version, &lq)
	l.Bind(tcpip.FullAddress{Port: p.port})
	l.Listen(5)
	c, _ := p.a.Stack().NewEndpoint(tcp.ProtocolNumber, version, &cq)
	defer l.Close()
	defer c.Close()
	begin := p.clock.Now()
	c.Connect(addr)
	p.a.Settle()
	var s tcpip.Endpoint
	if !p.await(5*time.Second, func() bool {
		e, _, err := l.Accept(nil)
		s = e
		return err == nil
	}) {
		p.Fatalf("no connection to %s", to)
	}
	defer s.Close()
	chunk, sent, got := make([]byte, 32<<10), 0, 0
	if !p.await(5*time.Minute, func() bool {
		for sent < n {
			w, err := c.Write(&payload{chunk[:min(len(chunk), n-sent)]}, tcpip.WriteOptions{})
			p.a.Settle()
			if sent += int(w); err != nil {
				break
			}
		}
		for {
			r, err := s.Read(io.Discard, tcpip.ReadOptions{})
			p.b.Settle()
			if err != nil {
				break
			}
			got += r.Count
		}
		return got == n
	}) {
		p.Fatalf("%d of %d bytes came to %s", got, n, to)
	}
	return p.clock.Now().Sub(begin)
}

// TestStreamByNarrowWay sends a megabyte by a way that is narrower than its ends.
func TestStreamByNarrowWay(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"10.0.2.1", "fd02::1"} {
		p := newPath(simulated(t), 1, 1300)
		p.b.SetMTU("eth0", 1500) // so that the other end doesn't say what it takes
		p.first.Impair(nil, wire.Impairment{Delay: 10 * time.Millisecond})
		took, again := p.stream(to, 1<<20), p.stream(to, 1<<20)
		t.Logf("%s: %v, then %v", to, took, again)
		if took > 300*time.Millisecond || again > took {
			t.Errorf("%s: it took %v, then %v", to, took, again)
		}
	}
}

// digest is the sum of all that links carried, with the times.
type digest struct {
	hash.Hash
	frames int
}

func (d *digest) see(s wire.Sight) {
	d.frames++
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(s.Time.UnixNano()))
	d.Write(at[:])
	d.Write(s.Frame)
	d.Write([]byte(s.Drop))
}

// run is a lossy transfer with pings, and the sum of its frames.
func run(t *testing.T, seed int64) (string, int) {
	p := newPath(simulated(t), seed, 1300)
	d := &digest{Hash: sha256.New()}
	p.first.Tap(d.see)
	p.last.Tap(d.see)
	p.last.Impair(nil, wire.Impairment{Loss: 0.02, Delay: 5 * time.Millisecond, Jitter: time.Millisecond})
	p.stream("10.0.2.1", 300<<10)
	p.echo(p.a, "fd02::1", 2000)
	p.echo(p.b, "10.0.1.1", 3000)
	p.stream("fd02::1", 100<<10)
	p.pass(30 * time.Second)
	return hex.EncodeToString(d.Sum(nil)), d.frames
}

// TestSameSeedSameFrames runs a lossy transfer on one processor and on several: bit for bit, moment for moment the same.
func TestSameSeedSameFrames(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first string
	for i, processors := range []int{1, 2, 4, 2} {
		runtime.GOMAXPROCS(processors)
		sum, frames := run(t, 7)
		if frames < 500 {
			t.Fatalf("%d frames", frames)
		}
		if i == 0 {
			first = sum
			t.Log(frames, "frames", sum)
		} else if sum != first {
			t.Errorf("with %d processors: %s", processors, sum)
		}
	}
	if other, _ := run(t, 8); other == first {
		t.Error("another seed makes no difference")
	}
}
