package network_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestNamespace(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	lab := nettest.NewPath(t)
	t.Run("tables", func(t *testing.T) { testTables(t, lab) })
	t.Run("streams", func(t *testing.T) { testLabStreams(t, lab) })
	t.Run("path MTU", func(t *testing.T) { testPathMTU(t, lab) })
	t.Run("errors", func(t *testing.T) { testErrorQueue(t, lab) })
	t.Run("metadata", func(t *testing.T) { testMetadata(t, lab) })
	t.Run("ping", func(t *testing.T) { testPing(t, lab) })
	t.Run("raw", func(t *testing.T) { testRaw(t, lab) })
	t.Run("link-local", func(t *testing.T) { testLinkLocal(t, lab) })
	t.Run("undo", func(t *testing.T) { testUndo(t, lab) })
	t.Run("group", func(t *testing.T) { testGroup(t, lab) })
	t.Run("lifetime", func(t *testing.T) { testLifetime(t, lab) })
	t.Run("unknown", func(t *testing.T) {
		if _, err := network.Namespace("no-such-namespace"); !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
}

func testTables(t *testing.T, lab nettest.Path) {
	list, err := lab.R1.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range list {
		names = append(names, fmt.Sprint(i.Name, " ", i.MTU, " ", i.LinkType))
	}
	if got := strings.Join(names, ", "); !strings.Contains(got, "right 1300 ethernet") || !strings.Contains(got, "lo 65536 ethernet") {
		t.Error(got)
	}
	routes, err := lab.Client.Network.Routes()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range routes {
		found = found || r.Dst.String() == "0.0.0.0/0" && r.Gateway.String() == "10.0.11.2" && r.Interface == "right"
	}
	if !found {
		t.Error("no default route in", routes)
	}
	if c := lab.Client.Network.Caps(); !c.Configure || !c.RawIP || !c.PathMTU {
		t.Errorf("%+v", c)
	}
}

func testLabStreams(t *testing.T, lab nettest.Path) {
	server, err := network.Namespace(lab.Server.Path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := server.Listen(within(t), "tcp", "10.0.13.2:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := lab.Client.Network.Dial(within(t), "tcp", l.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.LocalAddr().(*net.TCPAddr).IP.String(); got != "10.0.11.1" {
		t.Error(got)
	}
	neighbors, err := lab.Client.Network.Neighbors()
	if err != nil || len(neighbors) == 0 || neighbors[0].Interface != "right" {
		t.Error(neighbors, err)
	}
	server.Close()
	if _, err := l.AcceptConn(); !errors.Is(err, net.ErrClosed) {
		t.Error("Close of a network closes its sockets:", err)
	}
	_, err = lab.Client.Network.Dial(within(t), "tcp", "10.0.13.2:1", nil)
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Error(err)
	}
}

// within bounds a test's wait.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// watched is a datagram socket of the client's with metadata and the error queue.
func watched(t *testing.T, lab nettest.Path, family string, o network.SockOpts) network.PacketConn {
	t.Helper()
	o.Metadata, o.Errors = true, true
	p, err := lab.Client.Network.Packet(within(t), family, &o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func udpAddr(s string) net.Addr { return net.UDPAddrFromAddrPort(netip.MustParseAddrPort(s)) }

func testPathMTU(t *testing.T, lab nettest.Path) {
	for _, c := range []struct{ family, dst, router, origin string }{
		{"udp4", "10.0.13.2:33434", "10.0.11.2", "icmp"},
		{"udp6", "[fd00:13::2]:33434", "fd00:11::2", "icmp6"},
	} {
		p := watched(t, lab, c.family, network.SockOpts{DF: network.DFDo})
		dst := netip.MustParseAddrPort(c.dst).Addr()
		if mtu, err := p.PathMTU(dst); mtu != 1500 || err != nil {
			t.Error(mtu, err)
		}
		if _, err := p.WriteTo(make([]byte, 1400), udpAddr(c.dst)); err != nil {
			t.Fatal(err)
		}
		e, err := p.ReadError(within(t))
		if err != nil {
			t.Fatal(err)
		}
		if e.MTU != 1300 || e.Origin != c.origin || e.Offender.String() != c.router || e.Dst.String() != c.dst || !errors.Is(e.Errno, unix.EMSGSIZE) {
			t.Errorf("%+v", e)
		}
		if mtu, err := p.PathMTU(dst); mtu != 1300 || err != nil {
			t.Error(mtu, err)
		}
		if _, err := p.WriteTo(make([]byte, 1400), udpAddr(c.dst)); !errors.Is(err, unix.EMSGSIZE) {
			t.Error(err)
		}
		e, err = p.ReadError(within(t))
		if err != nil || e.Origin != "local" || e.MTU != 1300 {
			t.Errorf("%+v %v", e, err)
		}
		done, cancel := context.WithCancel(within(t))
		cancel()
		if _, err := p.ReadError(done); err == nil {
			t.Error("the queue should be empty")
		}
		if _, err := p.WriteMsg(make([]byte, 1400), network.Meta{Peer: udpAddr(c.dst), DF: network.DFDont}); err != nil {
			t.Error("may be fragmented:", err)
		}
	}
}

func testErrorQueue(t *testing.T, lab nettest.Path) {
	for _, c := range []struct {
		family, dst string
		ttl         int
		typ, code   int
		offender    string
		errno       error
	}{
		{"udp4", "10.0.13.2:33435", 1, 11, 0, "10.0.11.2", unix.EHOSTUNREACH},
		{"udp4", "10.0.13.2:33435", 2, 11, 0, "10.0.12.2", unix.EHOSTUNREACH},
		{"udp4", "10.0.13.2:33435", 3, 3, 3, "10.0.13.2", unix.ECONNREFUSED},
		{"udp6", "[fd00:13::2]:33435", 1, 3, 0, "fd00:11::2", unix.EHOSTUNREACH},
		{"udp6", "[fd00:13::2]:33435", 3, 1, 4, "fd00:13::2", unix.ECONNREFUSED},
	} {
		p := watched(t, lab, c.family, network.SockOpts{})
		if _, err := p.WriteMsg([]byte("probe"), network.Meta{Peer: udpAddr(c.dst), TTL: c.ttl}); err != nil {
			t.Fatal(err)
		}
		if err := p.Ready(within(t), network.Failed); err != nil {
			t.Fatalf("no error for %s with ttl %d: %v", c.dst, c.ttl, err)
		}
		_, _, err := p.ReadMsg(make([]byte, 100))
		if !errors.Is(err, c.errno) {
			t.Error("the pending error ends a read:", err)
		}
		e, err := p.ReadError(within(t))
		if err != nil || e.Type != c.typ || e.Code != c.code || e.Offender.String() != c.offender || string(e.Payload) != "probe" {
			t.Errorf("%s ttl %d: %+v %v", c.dst, c.ttl, e, err)
		}
	}
}

func testMetadata(t *testing.T, lab nettest.Path) {
	for _, c := range []struct{ family, server, client string }{
		{"udp4", "10.0.13.2:7", "10.0.11.1"}, {"udp6", "[fd00:13::2]:7", "fd00:11::1"},
	} {
		s, err := lab.Server.Network.ListenPacket(within(t), c.family, c.server, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p := watched(t, lab, c.family, network.SockOpts{})
		source := netip.MustParseAddr(c.client)
		if _, err := p.WriteMsg([]byte("question"), network.Meta{Peer: udpAddr(c.server), TOS: 8, Local: source}); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		_, m, err := s.ReadMsg(b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.WriteMsg([]byte("answer!"), network.Meta{Peer: m.Peer, TTL: 60, TOS: 16}); err != nil {
			t.Fatal(err)
		}
		n, m, err := p.ReadMsg(b[:4])
		if err != nil || n != 4 {
			t.Fatal(n, err)
		}
		if m.TTL != 58 || m.TOS != 16 || m.Local != source || m.Interface == 0 || m.Time.IsZero() || !m.Truncated || m.Len != 7 ||
			m.Peer.String() != c.server {
			t.Errorf("%+v", m)
		}
	}
}

func testPing(t *testing.T, lab nettest.Path) {
	if _, err := lab.Client.Network.Packet(within(t), "ping4", nil); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "ping_group_range") {
		t.Error("a new namespace allows nobody:", err)
	}
	lab.Client.Sysctl(t, "ipv4/ping_group_range", "0 0")
	for _, c := range []struct {
		family, dst     string
		request, answer byte
	}{{"ping4", "10.0.13.2:0", 8, 0}, {"ping6", "[fd00:13::2]:0", 128, 129}} {
		p := watched(t, lab, c.family, network.SockOpts{})
		if _, err := p.WriteTo([]byte{c.request, 0, 0, 0, 0, 0, 0, 7, 'x'}, udpAddr(c.dst)); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		n, m, err := p.ReadMsg(b)
		if err != nil || n != 9 || b[0] != c.answer || b[7] != 7 || b[8] != 'x' || m.TTL != 62 {
			t.Error(b[:n], m, err)
		}
	}
}

func testRaw(t *testing.T, lab nettest.Path) {
	for _, c := range []struct{ family, server, client string }{
		{"ip4:253", "10.0.13.2", "10.0.11.1"}, {"ip6:253", "fd00:13::2", "fd00:11::1"},
	} {
		s, err := lab.Server.Network.ListenPacket(within(t), c.family, c.server, &network.SockOpts{Metadata: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p := watched(t, lab, c.family, network.SockOpts{})
		if _, err := p.WriteMsg([]byte("experiment"), network.Meta{Peer: &net.IPAddr{IP: net.ParseIP(c.server)}, TTL: 9}); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		n, m, err := s.ReadMsg(b)
		if err != nil || string(b[:n]) != "experiment" || m.TTL != 7 || m.Peer.String() != c.client {
			t.Errorf("%q %+v %v", b[:n], m, err)
		}
	}
}

func testUndo(t *testing.T, lab nettest.Path) {
	addrs := func() string {
		list, err := lab.Server.Network.Interfaces()
		return fmt.Sprint(list, err)
	}
	routes := func() string {
		list, err := lab.Server.Network.Routes()
		return fmt.Sprint(list, err)
	}
	a, r := addrs(), routes()
	n, err := network.Namespace(lab.Server.Path)
	if err != nil {
		t.Fatal(err)
	}
	c := n.Config()
	for _, err := range []error{
		c.AddAddr("left", netip.MustParsePrefix("10.9.9.9/24")), c.SetMTU("left", 1400),
		c.AddRoute(network.Route{Dst: netip.MustParsePrefix("10.77.0.0/16"), Gateway: netip.MustParseAddr("10.9.9.1")}),
		c.DelAddr("left", netip.MustParsePrefix("fd00:13::2/64")), c.SetForwarding(true),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := c.AddAddr("nosuch", netip.MustParsePrefix("10.9.9.9/24")); err == nil {
		t.Error("no such interface")
	}
	if addrs() == a || routes() == r {
		t.Error("nothing changed")
	}
	n.Close()
	if addrs() != a || !strings.Contains(routes(), "10.0.13.1") || strings.Contains(routes(), "10.77") {
		t.Errorf("before\n%s\nafter\n%s", a, addrs())
	}
}

// testLinkLocal uses addresses whose zones are interfaces of the namespace, not of this process.
func testLinkLocal(t *testing.T, lab nettest.Path) {
	list, err := lab.R1.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		for _, a := range i.Addrs {
			if i.Name != "left" || !a.Addr().IsLinkLocalUnicast() {
				continue
			}
			l, err := lab.R1.Network.Listen(within(t), "tcp", "["+a.Addr().String()+"%left]:0", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			port := l.Addr().(*net.TCPAddr).Port
			c, err := lab.Client.Network.Dial(within(t), "tcp", fmt.Sprintf("[%s%%right]:%d", a.Addr(), port), nil)
			if err != nil {
				t.Fatal(err)
			}
			if zone := c.RemoteAddr().(*net.TCPAddr).Zone; zone != "right" {
				t.Error(c.RemoteAddr())
			}
			return
		}
	}
	t.Fatal("no link-local address in", list)
}

// testGroup undoes some changes and keeps others, beside those that Close undoes.
func testGroup(t *testing.T, lab nettest.Path) {
	n, err := network.Namespace(lab.Server.Path)
	if err != nil {
		t.Fatal(err)
	}
	addrs := func() string { return addresses(t, n, "left") }
	before := addrs()
	c := n.Config()
	undone, kept, open := c.Group(), c.Group(), c.Group()
	gone := netip.MustParsePrefix("10.9.1.1/24")
	for _, err := range []error{
		undone.AddAddr("left", gone), undone.AddAddr("left", netip.MustParsePrefix("10.9.1.2/24")),
		undone.AddRoute(network.Route{Dst: netip.MustParsePrefix("10.78.0.0/16"), Gateway: netip.MustParseAddr("10.9.1.9")}),
		kept.AddAddr("left", netip.MustParsePrefix("10.9.2.1/24")), open.AddAddr("left", netip.MustParsePrefix("10.9.3.1/24")),
		c.AddAddr("left", netip.MustParsePrefix("10.9.4.1/24")),
		// What is taken away by others needs no undoing.
		lab.Server.Network.Config().Group().DelAddr("left", gone),
		undone.Undo(), undone.Undo(),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if got := addrs(); strings.Contains(got, "10.9.1.") || !strings.Contains(got, "10.9.4.1") {
		t.Error(got)
	}
	if err := undone.AddAddr("left", gone); err != nil { // a group may be used again
		t.Error(err)
	}
	if err := kept.Keep(); err != nil {
		t.Error(err)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
	if got := addrs(); got != before+" 10.9.2.1/24" {
		t.Errorf("before%s, after%s", before, got)
	}
}

// addresses are those of an interface, IPv4's first.
func addresses(t *testing.T, n network.Network, iface string) string {
	t.Helper()
	list, err := n.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, i := range list {
		for _, a := range i.Addrs {
			if i.Name == iface && a.Addr().Is4() {
				fmt.Fprintf(&out, " %s", a)
			}
		}
	}
	return out.String()
}

// testLifetime lets the kernel take an address away.
func testLifetime(t *testing.T, lab nettest.Path) {
	n, err := network.Namespace(lab.Server.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	p := netip.MustParsePrefix("10.9.5.1/24")
	lease := n.Config().Group()
	show := func() (life string) {
		if err := lab.Server.Do(func() error {
			link, err := netlink.LinkByName("left")
			if err != nil {
				return err
			}
			all, err := netlink.AddrList(link, netlink.FAMILY_V4)
			for _, a := range all {
				if a.IPNet.String() == p.String() {
					life = fmt.Sprintf("%d %d", uint32(a.ValidLft), uint32(a.PreferedLft))
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return life
	}
	const (
		forever = "4294967295 4294967295"
		short   = "60 60" // and renewed
	)
	for _, tt := range []struct {
		life network.Lifetime
		want string
	}{
		{network.Lifetime{Valid: time.Hour, Preferred: 30 * time.Minute}, short},
		{network.Lifetime{}, short},
		{network.Lifetime{Valid: time.Hour, Preferred: 30 * time.Second}, "60 30"},
		{network.Lifetime{Valid: time.Millisecond, Preferred: time.Millisecond}, "1 1"},
	} {
		if err := lease.AddAddrFor("left", p, tt.life); err != nil {
			t.Fatal(err)
		}
		if got := show(); got != tt.want {
			t.Errorf("%+v: %s", tt.life, got)
		}
	}
	for end := time.Now().Add(time.Minute); show() != ""; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the address has outlived its lifetime")
		}
	}
	if err := lease.Undo(); err != nil {
		t.Error(err)
	}
	// One that was there before is given back its lifetimes.
	there := n.Config().Group()
	if err := errors.Join(there.AddAddr("left", p), there.Keep()); err != nil {
		t.Fatal(err)
	}
	if got := show(); got != forever {
		t.Error("kept:", got)
	}
	if err := lease.AddAddrFor("left", p, network.Lifetime{Valid: time.Hour, Preferred: time.Hour}); err != nil {
		t.Fatal(err)
	}
	if got := show(); got != "3600 3600" { // it would be there after a crash, too
		t.Error(got)
	}
	if err := lease.Undo(); err != nil {
		t.Error(err)
	}
	if got := show(); got != forever {
		t.Error(got)
	}
}

// TestResolver changes whom a namespace asks, which only one with a name can have for itself.
func TestResolver(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("mounting needs root")
	}
	if !nettest.Machine(t) {
		return
	}
	node := nettest.NewNode(t)
	servers := []netip.Addr{netip.MustParseAddr("192.0.2.7")}
	if err := node.Network.Config().SetResolver(servers, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Error(err)
	}
	for _, dir := range []string{"/run", "/etc"} {
		if err := unix.Mount("tmpfs", dir, "tmpfs", 0, ""); err != nil {
			t.Fatal(err)
		}
	}
	const file, named = "/etc/netns/mw/resolv.conf", "/run/netns/mw"
	os.MkdirAll("/run/netns", 0o755)
	os.WriteFile(named, nil, 0o600)
	if err := unix.Mount(node.Path, named, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"mw", named} {
		n, err := network.Namespace(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Config().SetResolver(servers, []string{"lease.test"}); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(file); err != nil || !strings.Contains(string(b), "nameserver 192.0.2.7\nsearch lease.test\n") {
			t.Errorf("%s %v", b, err)
		}
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	}
}
