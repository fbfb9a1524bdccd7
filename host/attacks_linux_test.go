package host_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
	"moonwire/host/network/resolver"
	"moonwire/host/network/resolver/dnstest"
)

// public is an address of the Internet, which the machine of the tests has for its own.
const public = "192.0.2.1"

// TestAttacksOnTheNetwork plays those against networks, on a machine whose neighbour listens to all that comes.
func TestAttacksOnTheNetwork(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		t.Fatalf("ip: %v: %s", err, out)
	}
	for _, pattern := range []string{"net_*.lua", "raw_*.lua"} {
		for _, a := range attacks(t, pattern) {
			t.Run(a.name, func(t *testing.T) {
				hosts := nettest.NewLAN(t, 2)
				must(t, hosts[0].Network.Config().AddAddr("lo", netip.MustParsePrefix(public+"/32")))
				hosts[0].Sysctl(t, "ipv4/ping_group_range", "0 0")
				s := newScene(t)
				w := &witness{}
				s.args["tcp"], s.args["udp"] = 7777.0, 7778.0
				for _, at := range []string{"127.0.0.1", "[::1]", "10.0.0.1"} {
					w.listen(t, hosts[0], at)
				}
				w.listen(t, hosts[1], "0.0.0.0")
				w.listen(t, hosts[1], "[::]")
				w.unix(t, filepath.Join(s.outside, "socket"))
				seen := w.watch(t, hosts[1])
				served(t, hosts[0], public+":80", func(net.Conn) {})
				s.args["redirect"], s.args["ftp"] = 8080.0, 2121.0
				served(t, hosts[0], public+":8080", redirect)
				served(t, hosts[0], public+":2121", passive)
				must(t, os.WriteFile(filepath.Join(s.own, "worker.lua"), []byte(`local port = ...
					local ok, problem = require "socket".connect("127.0.0.1", port:recv())
					port:send(ok and "BREACH" or problem)
					`), 0o644))
				s.before = tree(t, s.outside)
				s.where.Network = &named{Network: hosts[0].Network, later: names(t), told: func(name string) { w.note("a question for %s", name) }}
				s.repelled(t, a)
				time.Sleep(50 * time.Millisecond)
				if strings.HasPrefix(a.name, "raw_") {
					if settle(seen); !seen() {
						t.Error("what was granted didn't arrive")
					}
				}
				w.mu.Lock()
				defer w.mu.Unlock()
				for _, what := range w.came {
					t.Errorf("%s", what)
				}
			})
		}
	}
}

// A witness notes what reaches those who should hear nothing.
type witness struct {
	mu   sync.Mutex
	came []string
}

func (w *witness) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.came = append(w.came, fmt.Sprintf(format, args...))
}

// listen hears connections and datagrams at an address.
func (w *witness) listen(t *testing.T, n *nettest.Node, at string) {
	t.Helper()
	served(t, n, at+":7777", func(c net.Conn) { w.note("a connection to %s from %s", c.LocalAddr(), c.RemoteAddr()) })
	u, err := n.Network.ListenPacket(context.Background(), "udp", at+":7778", &network.SockOpts{V6Only: strings.HasPrefix(at, "[")})
	must(t, err)
	t.Cleanup(func() { u.Close() })
	go func() {
		for b := make([]byte, 2000); ; {
			size, from, err := u.ReadFrom(b)
			if err != nil {
				return
			}
			w.note("a datagram to %s from %s: %q", u.LocalAddr(), from, b[:size])
		}
	}()
}

// unix hears connections to a socket of the file system.
func (w *witness) unix(t *testing.T, path string) {
	t.Helper()
	l, err := net.Listen("unix", path)
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.note("a connection to %s", path)
			c.Close()
		}
	}()
}

// watch looks at each frame that comes to a node, and says whether the granted one did.
func (w *witness) watch(t *testing.T, n *nettest.Node) (seen func() bool) {
	t.Helper()
	l, err := n.Network.OpenLink(context.Background(), "eth0", &network.LinkOpts{Promiscuous: true})
	must(t, err)
	t.Cleanup(func() { l.Close() })
	granted := false
	go func() {
		for frames := make([]network.Frame, 64); ; {
			count, err := l.ReadFrames(frames)
			if err != nil {
				return
			}
			for _, f := range frames[:count] {
				if bytes.Contains(f.Data, []byte("granted")) {
					w.mu.Lock()
					granted = true
					w.mu.Unlock()
				}
				if bytes.Contains(f.Data, []byte("breach")) {
					w.note("a frame: %x", f.Data)
				}
			}
		}
	}()
	return func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return granted
	}
}

// served accepts connections until the test ends.
func served(t *testing.T, n *nettest.Node, at string, serve func(net.Conn)) {
	t.Helper()
	l, err := n.Network.Listen(context.Background(), "tcp", at, &network.SockOpts{V6Only: strings.HasPrefix(at, "[")})
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(5 * time.Second))
				serve(c)
			}()
		}
	}()
}

// redirect is a web server that sends its clients to this machine.
func redirect(c net.Conn) {
	r := bufio.NewReader(c)
	line, _ := r.ReadString('\n')
	for l := line; l != "\r\n" && l != ""; {
		l, _ = r.ReadString('\n')
	}
	code, to := 302, "127.0.0.1"
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '/' }) {
		if n, err := strconv.Atoi(word); err == nil {
			code = n
		}
		if word == "name" {
			to = "localhost"
		}
	}
	fmt.Fprintf(c, "HTTP/1.1 %d Moved\r\nLocation: http://%s:7777/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", code, to)
}

// passive is an FTP server whose data are at a port of this machine.
func passive(c net.Conn) {
	fmt.Fprint(c, "220 hello\r\n")
	for s := bufio.NewScanner(c); s.Scan(); {
		word, _, _ := strings.Cut(s.Text(), " ")
		answer := map[string]string{"user": "331 password", "pass": "230 in", "type": "200 so", "cwd": "250 there", "pasv": "227 at (127,0,0,1,30,97)",
			"retr": "150 it comes", "stor": "150 send", "quit": "221 bye"}[strings.ToLower(word)]
		if answer == "" {
			answer = "502 no"
		}
		fmt.Fprint(c, answer+"\r\n")
	}
}

// named is a network with a name server of its own, which changes its mind after the first question.
type named struct {
	network.Network
	later *resolver.Resolver
	told  func(name string) // what no name server may hear
	mu    sync.Mutex
	asked bool
}

func (n *named) LookupHost(ctx context.Context, name string, f network.Family) (network.Host, error) {
	n.mu.Lock()
	first := !n.asked
	n.asked = true
	n.mu.Unlock()
	switch {
	case name == "localhost":
		return network.Host{Name: name, Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.1")}}, nil
	case strings.Contains(name, "token"):
		n.told(name)
	}
	if first {
		name = "first." + name
	}
	a, err := n.later.Lookup(ctx, name, resolver.Want{V4: f != network.AFInet6, V6: f != network.AFInet})
	return network.Host{Name: strings.TrimPrefix(name, "first."), Addrs: a.Addrs}, err
}

// names is a resolver that asks a stranger's name server.
func names(t *testing.T) *resolver.Resolver {
	t.Helper()
	zone := dnstest.Zone{"first.evil.example.": {A: []string{public}}, "evil.example.": {A: []string{"127.0.0.1"}}}
	for name, r := range map[string]dnstest.Records{
		"lan": {A: []string{"10.0.0.2"}}, "lan6": {AAAA: []string{"fd00::2"}}, "mapped": {AAAA: []string{"::ffff:127.0.0.1"}}, "any": {A: []string{"0.0.0.0"}},
		"any6": {AAAA: []string{"::"}}, "linklocal": {A: []string{"169.254.1.1"}}, "localhost": {A: []string{"127.0.0.1"}}, "multicast": {A: []string{"224.0.0.1"}},
		"both": {A: []string{public, "127.0.0.1"}}, "nat64": {AAAA: []string{"64:ff9b::7f00:1"}},
	} {
		zone[name+".sub.evil.example."] = r
	}
	at := dnstest.Serve(t, "127.0.0.1:0", zone)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "resolv.conf"), []byte("nameserver 127.0.0.1\n"), 0o644))
	return &resolver.Resolver{Dirs: []string{dir}, Hostname: os.Hostname, Now: time.Now,
		Dial: func(ctx context.Context, family, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, family, at.String())
		}}
}
