package network

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// inNamespace runs the test again in a user and a network namespace of its own, where it may do everything, and
// reports whether this is that run.
func inNamespace(t *testing.T) bool {
	t.Helper()
	const mark = "MOONWIRE_TEST_NAMESPACE"
	if os.Getenv(mark) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), mark+"=1")
	id := []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
	gid := []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET, UidMappings: id, GidMappings: gid}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.ENOSYS) {
		t.Skip("no user namespaces here:", err)
	}
	t.Logf("inside:\n%s", out)
	if err != nil {
		t.Fatal(err)
	}
	return false
}

// newNamespace makes a network namespace with a loopback interface that is up, and returns the path to it.
func newNamespace(t *testing.T) string {
	t.Helper()
	var fd int
	err := make(chan error)
	go func() { // the thread ends with this goroutine, and the descriptor keeps the namespace
		runtime.LockOSThread()
		err <- func() (err error) {
			if err = unix.Unshare(unix.CLONE_NEWNET); err != nil {
				return err
			}
			if fd, err = unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
				return err
			}
			lo, err := netlink.LinkByName("lo")
			if err != nil {
				return err
			}
			return netlink.LinkSetUp(lo)
		}()
	}()
	if err := <-err; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	return fmt.Sprintf("/proc/self/fd/%d", fd)
}

// A testLab is client -- r1 == r2 -- server, with an MTU of 1300 between the routers.
type testLab struct {
	client, r1, r2, server Network
	path                   string // of server's namespace
}

func newTestLab(t *testing.T) testLab {
	t.Helper()
	var paths [4]string
	var nets [4]Network
	for i := range paths {
		paths[i] = newNamespace(t)
		n, err := Namespace(paths[i])
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { n.Close() })
		nets[i] = n
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	wire := func(a, b, subnet, mtu int) {
		name := func(to int) string { return fmt.Sprintf("to%d", to) }
		must(nets[a].(*kernel).inside(func() error {
			there, err := os.Open(paths[b])
			if err != nil {
				return err
			}
			defer there.Close()
			return netlink.LinkAdd(&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: name(b), MTU: mtu}, PeerName: name(a),
				PeerNamespace: netlink.NsFd(there.Fd()), PeerMTU: uint32(mtu)})
		}))
		for _, end := range []struct{ at, to, host int }{{a, b, 1}, {b, a, 2}} {
			c := nets[end.at].Config()
			must(nets[end.at].(*kernel).inside(func() error {
				return os.WriteFile("/proc/sys/net/ipv6/conf/"+name(end.to)+"/accept_dad", []byte("0"), 0)
			}))
			must(c.SetUp(name(end.to), true))
			must(c.AddAddr(name(end.to), netip.MustParsePrefix(fmt.Sprintf("10.0.%d.%d/24", subnet, end.host))))
			must(c.AddAddr(name(end.to), netip.MustParsePrefix(fmt.Sprintf("fd00:%d::%d/64", subnet, end.host))))
		}
	}
	wire(0, 1, 11, 1500)
	wire(1, 2, 12, 1300)
	wire(2, 3, 13, 1500)
	route := func(n int, dst, via string) {
		must(nets[n].Config().AddRoute(Route{Dst: netip.MustParsePrefix(dst), Gateway: netip.MustParseAddr(via)}))
	}
	must(nets[1].Config().SetForwarding(true))
	must(nets[2].Config().SetForwarding(true))
	route(0, "0.0.0.0/0", "10.0.11.2")
	route(0, "::/0", "fd00:11::2")
	route(1, "10.0.13.0/24", "10.0.12.2")
	route(1, "fd00:13::/64", "fd00:12::2")
	route(2, "10.0.11.0/24", "10.0.12.1")
	route(2, "fd00:11::/64", "fd00:12::1")
	route(3, "0.0.0.0/0", "10.0.13.1")
	route(3, "::/0", "fd00:13::1")
	return testLab{nets[0], nets[1], nets[2], nets[3], paths[3]}
}

func TestNamespace(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	lab := newTestLab(t)
	t.Run("tables", func(t *testing.T) { testTables(t, lab) })
	t.Run("streams", func(t *testing.T) { testLabStreams(t, lab) })
	t.Run("path MTU", func(t *testing.T) { testPathMTU(t, lab) })
	t.Run("errors", func(t *testing.T) { testErrorQueue(t, lab) })
	t.Run("metadata", func(t *testing.T) { testMetadata(t, lab) })
	t.Run("ping", func(t *testing.T) { testPing(t, lab) })
	t.Run("raw", func(t *testing.T) { testRaw(t, lab) })
	t.Run("unknown", func(t *testing.T) {
		if _, err := Namespace("no-such-namespace"); !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
}

func testTables(t *testing.T, lab testLab) {
	list, err := lab.r1.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range list {
		names = append(names, fmt.Sprint(i.Name, " ", i.MTU, " ", i.LinkType))
	}
	if got := strings.Join(names, ", "); !strings.Contains(got, "to2 1300 ethernet") || !strings.Contains(got, "lo 65536 loopback") {
		t.Error(got)
	}
	routes, err := lab.client.Routes()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range routes {
		found = found || r.Dst.String() == "0.0.0.0/0" && r.Gateway.String() == "10.0.11.2" && r.Interface == "to1"
	}
	if !found {
		t.Error("no default route in", routes)
	}
	if c := lab.client.Caps(); !c.Configure || !c.RawIP || !c.PathMTU {
		t.Errorf("%+v", c)
	}
}

func testLabStreams(t *testing.T, lab testLab) {
	server, err := Namespace(lab.path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := server.Listen(soon(t), "tcp", "10.0.13.2:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := lab.client.Dial(soon(t), "tcp", l.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.LocalAddr().(*net.TCPAddr).IP.String(); got != "10.0.11.1" {
		t.Error(got)
	}
	neighbors, err := lab.client.Neighbors()
	if err != nil || len(neighbors) == 0 || neighbors[0].Interface != "to1" {
		t.Error(neighbors, err)
	}
	server.Close()
	if _, err := l.AcceptConn(); !errors.Is(err, net.ErrClosed) {
		t.Error("Close of a network closes its sockets:", err)
	}
	_, err = lab.client.Dial(soon(t), "tcp", "10.0.13.2:1", nil)
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Error(err)
	}
}

// udp is a datagram socket of the client's with metadata and the error queue.
func (l testLab) udp(t *testing.T, family string, o SockOpts) PacketConn {
	t.Helper()
	o.Metadata, o.Errors = true, true
	p, err := l.client.Packet(soon(t), family, &o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func udpAddr(s string) net.Addr { return net.UDPAddrFromAddrPort(netip.MustParseAddrPort(s)) }

func testPathMTU(t *testing.T, lab testLab) {
	for _, c := range []struct{ family, dst, router, origin string }{
		{"udp4", "10.0.13.2:33434", "10.0.11.2", "icmp"},
		{"udp6", "[fd00:13::2]:33434", "fd00:11::2", "icmp6"},
	} {
		p := lab.udp(t, c.family, SockOpts{DF: DFDo})
		dst := netip.MustParseAddrPort(c.dst).Addr()
		if mtu, err := p.PathMTU(dst); mtu != 1500 || err != nil {
			t.Error(mtu, err)
		}
		if _, err := p.WriteTo(make([]byte, 1400), udpAddr(c.dst)); err != nil {
			t.Fatal(err)
		}
		e, err := p.ReadError(soon(t))
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
		e, err = p.ReadError(soon(t))
		if err != nil || e.Origin != "local" || e.MTU != 1300 {
			t.Errorf("%+v %v", e, err)
		}
		if _, err := p.ReadError(done()); err == nil {
			t.Error("the queue should be empty")
		}
		if _, err := p.WriteMsg(make([]byte, 1400), Meta{Peer: udpAddr(c.dst), DF: DFDont}); err != nil {
			t.Error("may be fragmented:", err)
		}
	}
}

func testErrorQueue(t *testing.T, lab testLab) {
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
		{"udp4", "10.0.99.1:33435", 0, 3, 0, "10.0.11.2", unix.ENETUNREACH},
		{"udp6", "[fd00:13::2]:33435", 1, 3, 0, "fd00:11::2", unix.EHOSTUNREACH},
		{"udp6", "[fd00:13::2]:33435", 3, 1, 4, "fd00:13::2", unix.ECONNREFUSED},
	} {
		p := lab.udp(t, c.family, SockOpts{})
		if _, err := p.WriteMsg([]byte("probe"), Meta{Peer: udpAddr(c.dst), TTL: c.ttl}); err != nil {
			t.Fatal(err)
		}
		if err := p.Ready(soon(t), Failed); err != nil {
			t.Fatal(err)
		}
		_, _, err := p.ReadMsg(make([]byte, 100))
		if !errors.Is(err, c.errno) {
			t.Error("the pending error ends a read:", err)
		}
		e, err := p.ReadError(soon(t))
		if err != nil || e.Type != c.typ || e.Code != c.code || e.Offender.String() != c.offender || string(e.Payload) != "probe" {
			t.Errorf("%s ttl %d: %+v %v", c.dst, c.ttl, e, err)
		}
	}
}

func testMetadata(t *testing.T, lab testLab) {
	for _, c := range []struct{ family, server, client string }{
		{"udp4", "10.0.13.2:7", "10.0.11.1"}, {"udp6", "[fd00:13::2]:7", "fd00:11::1"},
	} {
		s, err := lab.server.ListenPacket(soon(t), c.family, c.server, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p := lab.udp(t, c.family, SockOpts{})
		source := netip.MustParseAddr(c.client)
		if _, err := p.WriteMsg([]byte("question"), Meta{Peer: udpAddr(c.server), TOS: 8, Local: source}); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		_, m, err := s.ReadMsg(b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.WriteMsg([]byte("answer!"), Meta{Peer: m.Peer, TTL: 60, TOS: 16}); err != nil {
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

func testPing(t *testing.T, lab testLab) {
	if _, err := lab.client.Packet(soon(t), "ping4", nil); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "ping_group_range") {
		t.Error("a new namespace allows nobody:", err)
	}
	if err := lab.client.(*kernel).inside(func() error {
		return os.WriteFile("/proc/sys/net/ipv4/ping_group_range", []byte("0 0"), 0)
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		family, dst     string
		request, answer byte
	}{{"ping4", "10.0.13.2:0", 8, 0}, {"ping6", "[fd00:13::2]:0", 128, 129}} {
		p := lab.udp(t, c.family, SockOpts{})
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

func testRaw(t *testing.T, lab testLab) {
	for _, c := range []struct{ family, server, client string }{
		{"ip4:253", "10.0.13.2", "10.0.11.1"}, {"ip6:253", "fd00:13::2", "fd00:11::1"},
	} {
		s, err := lab.server.ListenPacket(soon(t), c.family, c.server, &SockOpts{Metadata: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p := lab.udp(t, c.family, SockOpts{})
		if _, err := p.WriteMsg([]byte("experiment"), Meta{Peer: &net.IPAddr{IP: net.ParseIP(c.server)}, TTL: 9}); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		n, m, err := s.ReadMsg(b)
		if err != nil || string(b[:n]) != "experiment" || m.TTL != 7 || m.Peer.String() != c.client {
			t.Errorf("%q %+v %v", b[:n], m, err)
		}
	}
}
