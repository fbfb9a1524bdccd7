package bridge

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// cable is a link whose ends are for bridges.
func cable(t *testing.T) (*wire.Port, *wire.Port) {
	t.Helper()
	e := wire.NewRealtime()
	t.Cleanup(e.Close)
	a, b := wire.NewPort("a"), wire.NewPort("b")
	wire.Connect(e, "a--b", a, b, wire.LinkOptions{})
	return a, b
}

// tapIn puts a TAP device at a port into a node's namespace.
func tapIn(t *testing.T, n *nettest.Node, p *wire.Port, addrs ...string) *Bridge {
	t.Helper()
	o := TAP{Name: "lab0", Namespace: n.Path}
	for _, a := range addrs {
		o.Addrs = append(o.Addrs, netip.MustParsePrefix(a))
	}
	b, err := OpenTAP(p, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// interfaces are the names in a namespace.
func interfaces(t *testing.T, n *nettest.Node) string {
	t.Helper()
	list, err := n.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range list {
		names = append(names, i.Name)
	}
	return strings.Join(names, " ")
}

// transfer sends 1 MiB each way over TCP and compares.
func transfer(t *testing.T, from, to *nettest.Node, addr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	l, err := to.Network.Listen(ctx, "tcp", addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	there, back := randomBytes(1<<20), randomBytes(1<<20+1)
	got := make(chan []byte, 1)
	go func() {
		c, err := l.AcceptConn()
		if err != nil {
			got <- nil
			return
		}
		defer c.Close()
		got <- swap(c, back)
	}()
	c, err := from.Network.Dial(ctx, "tcp", l.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Minute))
	if answer := swap(c, there); !bytes.Equal(answer, back) {
		t.Errorf("%s: %d bytes came back; want %d", addr, len(answer), len(back))
	}
	if !bytes.Equal(<-got, there) {
		t.Errorf("%s: the server got something else", addr)
	}
}

// TestTAP lets two kernels talk over a lab's link.
func TestTAP(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	left, right := nettest.NewNode(t), nettest.NewNode(t)
	a, b := cable(t)
	before := runtime.NumGoroutine()
	one := tapIn(t, left, a, "10.0.0.1/24", "fd00::1/64")
	two := tapIn(t, right, b, "10.0.0.2/24", "fd00::2/64")
	transfer(t, left, right, "10.0.0.2:0")
	transfer(t, left, right, "[fd00::2]:0")
	if s := one.Stats(); s.FramesIn < 1000 || s.FramesOut < 1000 || s.BytesIn < 2<<20 || len(s.Drops) > 0 {
		t.Errorf("stats are %+v", s)
	}

	// The cable: what one end loses, the other end's programs see.
	up := func(n *nettest.Node) bool {
		list, err := n.Network.Interfaces()
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(list, func(i network.Interface) bool { return i.Name == "lab0" && i.Flags&net.FlagRunning != 0 })
	}
	if !up(right) {
		t.Error("no carrier")
	}
	two.Close()
	if got := interfaces(t, right); got != "lo" {
		t.Errorf("after Close there are %s", got)
	}
	eventually(t, "the left one's carrier is gone", func() bool { return !up(left) })
	one.Close()
	one.Close()
	eventually(t, "no goroutine is left", func() bool { return runtime.NumGoroutine() <= before })
}

// TestRaw joins the lab to one end of a veth pair, whose other end leaves checksums and segments to the card.
func TestRaw(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	left, middle, right := nettest.NewNode(t), nettest.NewNode(t), nettest.NewNode(t)
	nettest.Wire(t, nettest.Port{Node: middle, Name: "veth0"}, nettest.Port{Node: right, Name: "eth0"})
	for _, a := range []string{"10.0.0.2/24", "fd00::2/64"} {
		if err := right.Network.Config().AddAddr("eth0", netip.MustParsePrefix(a)); err != nil {
			t.Fatal(err)
		}
	}
	a, b := cable(t)
	long := 0
	remove := a.Link().Tap(func(s wire.Sight) { long = max(long, len(s.Frame)) })
	defer remove()
	tapIn(t, left, a, "10.0.0.1/24", "fd00::1/64")
	raw, err := OpenRaw(b, Raw{Interface: "veth0", Namespace: middle.Path})
	if err != nil {
		t.Fatal(err)
	}
	transfer(t, left, right, "10.0.0.2:0")
	transfer(t, left, right, "[fd00::2]:0")
	transfer(t, right, left, "10.0.0.1:0")
	s := raw.Stats()
	delete(s.Drops, noRoom) // TCP sends again what a small buffer loses
	if s.FramesIn < 1000 || s.FramesOut < 1000 || s.Cut < 10 || len(s.Drops) > 0 {
		t.Errorf("stats are %+v", s)
	}
	if long != 1514 {
		t.Errorf("the longest frame has %d bytes", long)
	}
	if err := raw.Close(); err != nil {
		t.Error(err)
	}
	if got := interfaces(t, middle); got != "lo veth0" {
		t.Errorf("after Close there are %s", got)
	}
}
