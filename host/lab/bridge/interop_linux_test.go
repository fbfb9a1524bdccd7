//go:build interop

package bridge_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab"
	"moonwire/host/lab/bridge"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// A site is a lab whose first link is joined to a namespace, where real programs run.
type site struct {
	*testing.T
	lab  *lab.Lab
	real *nettest.Node
}

// newSite builds h1 -- R1 -- R2 -- h2, with an MTU of 1300 between the routers. The namespace has 10.0.1.9 and
// fd00:0:0:1::9 on the first link.
func newSite(t *testing.T) site {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- R1 -- R2 -- h2"}, MTU: map[string]int{"R1--R2": 1300}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lab.New(plan, lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s := site{t, l, nettest.NewNode(t)}
	s.real.Sysctl(t, "ipv4/ping_group_range", "0 0")
	port, detach, err := l.Attach("h1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(detach)
	b, err := bridge.OpenTAP(port, bridge.TAP{Clock: l.Clock(), Name: "lab0", Namespace: s.real.Path,
		Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.1.9/24"), netip.MustParsePrefix("fd00:0:0:1::9/64")},
		Routes: []network.Route{{Dst: netip.MustParsePrefix("0.0.0.0/0"), Gateway: s.addr("R1", "eth0", 0)},
			{Dst: netip.MustParsePrefix("::/0"), Gateway: s.addr("R1", "eth0", 1)}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return s
}

// addr is an address of a lab's host: number 0 is IPv4's, 1 is IPv6's.
func (s site) addr(host, iface string, n int) netip.Addr {
	s.Helper()
	node, err := s.lab.Plan().Node(host)
	if err != nil {
		s.Fatal(err)
	}
	for _, i := range node.Interfaces {
		if i.Name == iface {
			return i.Addrs[n].Addr()
		}
	}
	s.Fatalf("%s has no %s", host, iface)
	return netip.Addr{}
}

// network is that of a lab's host.
func (s site) network(host string) network.Network {
	s.Helper()
	n, err := s.lab.Network(host)
	if err != nil {
		s.Fatal(err)
	}
	return n
}

func (s site) wants(output string, patterns ...string) {
	s.Helper()
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(output) {
			s.Errorf("no %s in\n%s", p, output)
		}
	}
}

// TestPing pings lab hosts from a namespace, and the namespace from a lab host.
func TestPing(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	for n := range 2 {
		for _, host := range []string{"h1", "R1", "h2"} {
			out := s.real.Output(t, "ping", "-n", "-c", "3", "-i", "0.2", "-s", []string{"1400", "1200"}[n], "-M", "dont", s.addr(host, "eth0", n).String())
			s.wants(out, "3 packets transmitted, 3 received")
		}
	}
}

// TestTraceroute shows each router of the lab to a real traceroute.
func TestTraceroute(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	for n := range 2 {
		to := s.addr("h2", "eth0", n)
		hops := []netip.Addr{s.addr("R1", "eth0", n), s.addr("R2", "eth0", n), to}
		out := s.real.Output(t, "traceroute", "-n", "-q", "1", "-w", "60,0,0", to.String())
		for i, hop := range hops {
			s.wants(out, fmt.Sprintf(`(?m)^ %d  %s  `, i+1, regexp.QuoteMeta(hop.String())))
		}
	}
}

// TestTracepath finds the path's MTU.
func TestTracepath(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	for n := range 2 {
		out := s.real.Output(t, "tracepath", "-n", s.addr("h2", "eth0", n).String())
		s.wants(out, "pmtu 1500", "pmtu 1300", "Resume: pmtu 1300 hops 3")
	}
}

// TestChecksums lets tcpdump judge the checksums of what the lab sends.
func TestChecksums(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	file := filepath.Join(t.TempDir(), "lab0.pcap")
	var dump *exec.Cmd
	if err := s.real.Do(func() error {
		dump = exec.Command("tcpdump", "-i", "lab0", "-U", "-w", file, "-Z", "root", "--immediate-mode")
		return dump.Start()
	}); err != nil {
		t.Fatal(err)
	}
	defer dump.Wait()
	defer dump.Process.Signal(os.Interrupt)
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if i, err := os.Stat(file); err == nil && i.Size() > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("tcpdump doesn't begin")
		}
	}
	s.serve("h2")
	for n := range 2 {
		s.curl(n)
	}
	s.real.Output(t, "ping", "-n", "-c", "1", s.addr("h2", "eth0", 0).String())
	out := ""
	for end := time.Now().Add(time.Minute); !strings.Contains(out, "ICMP echo reply") && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		b, _ := exec.Command("tcpdump", "-n", "-vv", "-Z", "root", "-r", file, "src", "host", s.addr("h2", "eth0", 0).String(), "or", "src", "host", s.addr("h2", "eth0", 1).String()).CombinedOutput()
		out = string(b)
	}
	s.wants(out, "(?i)cksum 0x[0-9a-f]+ \\(correct\\)", "ICMP echo reply")
	if strings.Contains(out, "incorrect") || strings.Contains(out, "bad cksum") {
		t.Errorf("wrong checksums:\n%s", out)
	}
}

// serve gives body to everybody by HTTP, on a lab's host.
func (s site) serve(host string) {
	l, err := s.network(host).Listen(context.Background(), "tcp6", "[::]:80", nil) // IPv4 too
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { l.Close() })
	go answer(l)
}

// body is what the lab serves.
var body = strings.Repeat("0123456789abcdef", 65536)

func answer(l network.Listener) {
	for {
		c, err := l.AcceptConn()
		if err != nil {
			return
		}
		c.Read(make([]byte, 4096))
		fmt.Fprintf(c, "HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		c.Close()
	}
}

// curl fetches the body over the bridge.
func (s site) curl(n int) {
	s.Helper()
	url := "http://" + netip.AddrPortFrom(s.addr("h2", "eth0", n), 80).String() + "/"
	if out := s.real.Output(s.T, "curl", "-s", "--max-time", "60", "-g", url); out != body {
		s.Errorf("curl %s got %d bytes, want %d", url, len(out), len(body))
	}
}

// TestCurlForward fetches a file of a lab's host by a forwarded port of this machine.
func TestCurlForward(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	s.serve("h2")
	w, err := bridge.OpenForward(context.Background(), bridge.Forward{Protocol: "tcp", From: s.real.Network,
		Listen: netip.MustParseAddrPort("127.0.0.1:0"), To: s.network("h1"), Target: netip.AddrPortFrom(s.addr("h2", "eth0", 0), 80)})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if out := s.real.Output(t, "curl", "-s", "--max-time", "60", "http://"+w.Addr().String()+"/"); out != body {
		t.Errorf("curl got %d bytes, want %d", len(out), len(body))
	}
}

// TestTransfer sends 1 MiB each way between a lab's host and the namespace, called from either side.
func TestTransfer(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	outside, inside := s.real.Network, s.network("h2")
	for _, tt := range []struct {
		from, to network.Network
		addr     netip.Addr
	}{
		{outside, inside, s.addr("h2", "eth0", 0)}, {outside, inside, s.addr("h2", "eth0", 1)},
		{inside, outside, netip.MustParseAddr("10.0.1.9")}, {inside, outside, netip.MustParseAddr("fd00:0:0:1::9")},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		l, err := tt.to.Listen(ctx, "tcp", netip.AddrPortFrom(tt.addr, 81).String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := make(chan string, 1)
		go func() {
			c, err := l.AcceptConn()
			if err != nil {
				got <- err.Error()
				return
			}
			defer c.Close()
			got <- swap(c)
		}()
		c, err := tt.from.Dial(ctx, "tcp", netip.AddrPortFrom(tt.addr, 81).String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		c.SetDeadline(time.Now().Add(time.Minute))
		if here, there := swap(c), <-got; here != body || there != body {
			t.Errorf("%s: %d and %d bytes, want %d", tt.addr, len(here), len(there), len(body))
		}
		c.Close()
		l.Close()
		cancel()
	}
}

// swap sends body while it receives, and returns what came.
func swap(c network.Conn) string {
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		c.Write([]byte(body))
		c.CloseWrite()
	}()
	b, _ := io.ReadAll(c)
	<-sent
	return string(b)
}

// TestBroadcast passes datagrams of a client that has no address yet, as DHCP has them (RFC 2131 section 4.1).
func TestBroadcast(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	s := newSite(t)
	ctx := context.Background()
	server, err := s.network("h1").ListenPacket(ctx, "udp4", "0.0.0.0:67", &network.SockOpts{Broadcast: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client, err := s.real.Network.ListenPacket(ctx, "udp4", "0.0.0.0:68", &network.SockOpts{Broadcast: true, Device: "lab0"})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	pass := func(from, to network.PacketConn, port int, text string) {
		t.Helper()
		if _, err := from.WriteTo([]byte(text), &net.UDPAddr{IP: net.IPv4bcast, Port: port}); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 100)
		to.SetReadDeadline(time.Now().Add(time.Minute))
		if n, _, err := to.ReadFrom(b); err != nil || string(b[:n]) != text {
			t.Errorf("got %q, %v; want %q", b[:n], err, text)
		}
	}
	pass(client, server, 67, "discover")
	pass(server, client, 68, "offer")
}
