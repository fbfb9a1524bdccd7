package network_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestLinkLife(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPair(t)
	t.Run("network closed", func(t *testing.T) { testNetworkClosed(t, p) })
	t.Run("nothing is left", func(t *testing.T) { testLinkLeavesNothing(t, p) })
	t.Run("lost", func(t *testing.T) { testLinkLost(t, p) })
	t.Run("denied", func(t *testing.T) { testLinkDenied(t, p) })
}

func testNetworkClosed(t *testing.T, p nettest.Pair) {
	n, err := network.Namespace(p.Left.Path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := n.OpenLink(t.Context(), "right", nil)
	if err != nil {
		t.Fatal(err)
	}
	n.Close()
	if _, err := l.ReadFrames(make([]network.Frame, 1)); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if err := l.SetFilter(nil); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if err := l.Close(); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

// packetSockets counts those of a node, and the kernel's promiscuous users of its interface.
func packetSockets(t *testing.T, n *nettest.Node) (sockets int) {
	t.Helper()
	if err := n.Do(func() error {
		b, err := os.ReadFile("/proc/thread-self/net/packet")
		sockets = strings.Count(string(b), "\n") - 1
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return sockets
}

func descriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// testLinkLeavesNothing opens and closes links of every kind.
func testLinkLeavesNothing(t *testing.T, p nettest.Pair) {
	round := func() {
		for _, o := range []network.LinkOpts{{Promiscuous: true}, {SendOnly: true}, {Method: "ring"}, {Method: "bulk"}} {
			l, err := p.Left.Network.OpenLink(t.Context(), "right", &o)
			if err != nil {
				t.Fatal(err)
			}
			l.SetReadDeadline(time.Now().Add(time.Millisecond))
			l.ReadFrames(make([]network.Frame, 1))
			l.Close()
		}
		p.Left.Network.OpenLink(t.Context(), "right", &network.LinkOpts{Method: "pigeon"})
		p.Left.Network.OpenLink(t.Context(), "nosuch", nil)
	}
	round()
	fds, goroutines := descriptors(t), runtime.NumGoroutine()
	for range 5 {
		round()
	}
	for i := 0; i < 12000 && (descriptors(t) > fds || runtime.NumGoroutine() > goroutines); i++ {
		time.Sleep(5 * time.Millisecond)
	}
	if n := descriptors(t); n > fds {
		t.Errorf("%d descriptors became %d", fds, n)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines became %d", goroutines, n)
	}
	if n := packetSockets(t, p.Left); n != 0 {
		t.Errorf("%d packet sockets are left", n)
	}
}

// testLinkLost forgets links without closing them: the garbage collector does it.
func testLinkLost(t *testing.T, p nettest.Pair) {
	for range 3 {
		if _, err := p.Left.Network.OpenLink(t.Context(), "right", &network.LinkOpts{Promiscuous: true, Method: "ring"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < 12000 && packetSockets(t, p.Left) > 0; i++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if n := packetSockets(t, p.Left); n != 0 {
		t.Errorf("%d packet sockets are left", n)
	}
}

// testLinkDenied opens a link on a thread that may not.
func testLinkDenied(t *testing.T, p nettest.Pair) {
	runtime.LockOSThread() // for good: the thread ends with this test
	h := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&h, &data[0]); err != nil {
		t.Fatal(err)
	}
	data[0].Effective &^= 1 << unix.CAP_NET_RAW
	if err := unix.Capset(&h, &data[0]); err != nil {
		t.Fatal(err)
	}
	_, err := p.Left.Network.OpenLink(t.Context(), "right", nil)
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "needs CAP_NET_RAW: run as root, or --lab") {
		t.Error(err)
	}
	if p.Left.Network.Caps().RawLink {
		t.Error("no links here")
	}
}
