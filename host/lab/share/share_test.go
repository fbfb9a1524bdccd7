package share_test

import (
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/share"
	"moonwire/host/lab/topology"
	"moonwire/host/pcap"
)

func TestOthersSeeTheLinksOfALab(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- sw1 -- h2"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o, err := share.New(l, "a/b c")
	if err != nil {
		t.Fatal(err)
	}
	found := share.Find()
	if len(found) != 2 || found[0].Name != "h1--sw1" || !strings.HasPrefix(found[0].Title(), "link h1--sw1 of lab a_b_c, process ") {
		t.Fatalf("found %v", found)
	}
	c, err := found[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	r, err := pcap.NewReader(c)
	if err != nil {
		t.Fatal(err)
	}
	h1, _ := l.Network("h1")
	sender, err := h1.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(chan struct{})
	go func() { // until they are looked at
		for {
			select {
			case <-seen:
				return
			case <-time.After(10 * time.Millisecond):
				sender.WriteTo([]byte("x"), net.UDPAddrFromAddrPort(netip.AddrPortFrom(plan.Nodes[2].Addr(), 9)))
			}
		}
	}()
	var p pcap.Packet
	if err := r.Next(&p); err != nil || len(p.Data) < 14 {
		t.Errorf("read %v, %v", p, err)
	}
	close(seen)
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Error(err)
	}
	if left := share.Find(); left != nil {
		t.Errorf("left: %v", left)
	}
}

// TestSocketsOfTheDead takes away what labs have left that were killed, but not what one may be about to listen on.
func TestSocketsOfTheDead(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	dir, err := share.Dir()
	if err != nil {
		t.Fatal(err)
	}
	old, young, alive := filepath.Join(dir, "old.1"), filepath.Join(dir, "young.2"), filepath.Join(dir, "alive.3")
	for _, name := range []string{old, young, alive} {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: name, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		if name == alive {
			defer l.Close()
			continue
		}
		l.SetUnlinkOnClose(false)
		l.Close()
	}
	for _, name := range []string{old, alive} {
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			t.Skip("no times of sockets here: ", err)
		}
	}
	o, err := share.New(nil, "fresh")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for name, want := range map[string]bool{old: false, young: true, alive: true} {
		if _, err := os.Lstat(name); (err == nil) != want {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
}
