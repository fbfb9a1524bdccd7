package permit

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
)

// refused fails the test unless err is a refusal with these words in it.
func refused(t *testing.T, err error, words string) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Kind() != "denied" || !strings.Contains(err.Error(), words) {
		t.Errorf("got:  %v\nwant: ... %s ...", err, words)
	}
}

// soon is a context for what takes no time.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// here is this machine under some grants.
func here(t *testing.T, text string) (network.Network, *Policy) {
	p := &Policy{Allow: grants(t, text)}
	return p.Network(network.Kernel()), p
}

func TestFree(t *testing.T) {
	k := network.Kernel()
	for _, p := range []*Policy{nil, {All: true}} {
		if p.Network(k) != k {
			t.Error("a policy that bounds nothing has a price")
		}
		if f := network.OSFiles(); p.Files(f) != f {
			t.Error("a policy that bounds nothing has a price for files")
		}
	}
}

func TestConnect(t *testing.T) {
	ctx := soon(t)
	l, err := network.Kernel().Listen(ctx, "tcp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n, _ := here(t, "net "+l.Addr().String()+"/tcp; net 127.0.0.1/udp")
	c, err := n.Dial(ctx, "tcp", l.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	for _, to := range []string{"127.0.0.2:" + port, "127.0.0.1:1", "[::1]:" + port, "0.0.0.0:1", "[::ffff:127.0.0.2]:" + port} {
		_, err := n.Dial(ctx, "tcp", to, nil)
		refused(t, err, "tcp connect to ")
	}
	if c, err := n.Dial(ctx, "tcp", "0.0.0.0:"+port, nil); err != nil {
		t.Error(err) // the unspecified address is this machine
	} else {
		c.Close()
	}
	_, err = n.Dial(ctx, "tcp", "127.0.0.1:"+port, &network.SockOpts{Local: "127.0.0.1:4444"})
	refused(t, err, "tcp bind to 127.0.0.1:4444 is not allowed: the script declares no listen; --allow-listen=127.0.0.1:4444/tcp would allow it")
}

func TestDeny(t *testing.T) {
	p := &Policy{All: true, Deny: grants(t, "net 127.0.0.0/8; listen *:4444; net *.example.com")}
	n, ctx := p.Network(network.Kernel()), soon(t)
	for _, to := range []string{"127.0.0.1:1", "0.0.0.0:1", "[::ffff:127.0.0.1]:1", "[64:ff9b::127.0.0.1]:1"} {
		_, err := n.Dial(ctx, "tcp", to, nil)
		refused(t, err, "--deny-net=127.0.0.0/8 forbids it")
	}
	_, err := n.Listen(ctx, "tcp", "127.0.0.1:4444", nil)
	refused(t, err, `--deny-listen="*:4444" forbids it`)
	_, err = n.LookupHost(ctx, "a.Example.com.", network.AFUnspec)
	refused(t, err, `looking up a.example.com is not allowed: --deny-net="*.example.com" forbids it`)
	if l, err := n.Listen(ctx, "tcp", "127.0.0.1:0", nil); err != nil {
		t.Error(err)
	} else {
		l.Close()
	}
}

func TestListen(t *testing.T) {
	ctx := soon(t)
	n, _ := here(t, "listen 127.0.0.1/tcp")
	l, err := n.Listen(ctx, "tcp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, at := range []string{"0.0.0.0:0", "[::]:0", "[::1]:0", "127.0.0.2:0"} {
		_, err := n.Listen(ctx, "tcp", at, nil)
		refused(t, err, "tcp bind to ")
	}
	n, _ = here(t, "net 127.0.0.1")
	_, err = n.Listen(ctx, "tcp", "127.0.0.1:0", nil)
	refused(t, err, "the script declares no listen; --allow-listen=127.0.0.1/tcp would allow it")
	n, _ = here(t, "listen 0.0.0.0/tcp")
	_, err = n.Listen(ctx, "tcp6", "[::]:0", &network.SockOpts{V6Only: true})
	refused(t, err, "tcp bind to [::]:0")
}

// TestAnswer lets a server answer who asked it, and nobody else.
func TestAnswer(t *testing.T) {
	ctx := soon(t)
	n, _ := here(t, "listen 127.0.0.1/udp")
	server, err := n.ListenPacket(ctx, "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	asker, err := network.Kernel().ListenPacket(ctx, "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer asker.Close()
	_, err = server.WriteTo([]byte("early"), asker.LocalAddr())
	refused(t, err, "udp send to "+asker.LocalAddr().String())
	if _, err := asker.WriteTo([]byte("question"), server.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 100)
	_, m, err := server.ReadMsg(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.WriteTo([]byte("answer"), m.Peer); err != nil {
		t.Error(err)
	}
	if k, _, err := asker.ReadMsg(b); err != nil || string(b[:k]) != "answer" {
		t.Errorf("%q, %v", b[:k], err)
	}

	// A client's own port answers nobody.
	client, err := n.ListenPacket(ctx, "udp", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, err = client.WriteTo([]byte("x"), asker.LocalAddr())
	refused(t, err, "udp send to ")
	refused(t, client.Connect(asker.LocalAddr()), "udp send to ")
}

func TestDenyAnswer(t *testing.T) {
	p := &Policy{Allow: grants(t, "listen 127.0.0.1/udp"), Deny: grants(t, "net 127.0.0.1")}
	ctx := soon(t)
	server, err := p.Network(network.Kernel()).ListenPacket(ctx, "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	asker, err := network.Kernel().ListenPacket(ctx, "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer asker.Close()
	asker.WriteTo([]byte("question"), server.LocalAddr())
	_, m, err := server.ReadMsg(make([]byte, 100))
	if err != nil {
		t.Fatal(err)
	}
	_, err = server.WriteTo([]byte("answer"), m.Peer)
	refused(t, err, "--deny-net=127.0.0.1 forbids it")
}

func TestGroups(t *testing.T) {
	n, _ := here(t, "net 224.0.0.251:5353/udp")
	p, err := n.Packet(soon(t), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	refused(t, p.SetOption("ip-add-membership", network.Membership{Group: netip.MustParseAddr("224.0.0.252")}), "joining the group 224.0.0.252")
	var r *Refusal
	if err := p.SetOption("ip-add-membership", network.Membership{Group: netip.MustParseAddr("224.0.0.251")}); errors.As(err, &r) {
		t.Error(err)
	}
}

// named is a network whose resolver says what it likes.
type lying struct {
	network.Network
	says map[string]string
}

func (l *lying) LookupHost(_ context.Context, name string, _ network.Family) (network.Host, error) {
	return network.Host{Name: name, Addrs: []netip.Addr{netip.MustParseAddr(l.says[name])}}, nil
}

// dialled notes whom it was to connect to.
func (l *lying) Stream(context.Context, string, *network.SockOpts) (network.Stream, error) {
	return &dialled{}, nil
}

type dialled struct{ network.Stream }

var errDialled = errors.New("dialled")

func (*dialled) Connect(context.Context, string) (network.Conn, error) { return nil, errDialled }
func (*dialled) Close() error                                          { return nil }

// TestRebinding gives names, by a resolver that a stranger has, the addresses of what is around.
func TestRebinding(t *testing.T) {
	inner := &lying{network.Kernel(), map[string]string{}}
	p := &Policy{Allow: grants(t, "net shop.example.com:443/tcp; net *.cdn.example.com")}
	n, ctx := p.Network(inner), soon(t)
	inner.says["shop.example.com"] = "93.184.216.34"
	if _, err := n.Dial(ctx, "tcp", "shop.example.com:443", nil); !errors.Is(err, errDialled) {
		t.Error(err)
	}
	if _, err := n.Dial(ctx, "tcp", "93.184.216.34:443", nil); !errors.Is(err, errDialled) {
		t.Error(err) // the resolver gave it
	}
	_, err := n.Dial(ctx, "tcp", "shop.example.com:80", nil)
	refused(t, err, "tcp connect to 93.184.216.34:80")
	_, err = n.Dial(ctx, "tcp", "93.184.216.35:443", nil)
	refused(t, err, "tcp connect to 93.184.216.35:443")
	_, err = n.Dial(ctx, "tcp", "other.example.com:443", nil)
	refused(t, err, "looking up other.example.com")
	for _, inside := range []string{"127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "224.0.0.1", "0.0.0.0", "255.255.255.255", "100.64.0.1",
		"::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "::127.0.0.1", "fec0::1",
		"2001:0:5efe::80ff:fffe", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:7f00:1", "64:ff9b:1::a00:1", "5f00::1"} {
		inner.says["a.cdn.example.com"] = inside
		_, err := n.Dial(ctx, "tcp", "a.cdn.example.com:80", nil)
		refused(t, err, "a name covers public addresses only")
	}
	n = (&Policy{Allow: grants(t, "net shop.example.com; net 10.0.0.0/8:443")}).Network(inner)
	inner.says["shop.example.com"] = "10.0.0.1"
	if _, err := n.Dial(ctx, "tcp", "shop.example.com:443", nil); !errors.Is(err, errDialled) {
		t.Error(err) // by its address
	}
	n = (&Policy{Allow: grants(t, "resolve")}).Network(inner)
	if h, err := n.LookupHost(ctx, "shop.example.com", network.AFUnspec); err != nil || len(h.Addrs) != 1 {
		t.Error(h, err)
	}
	_, err = n.Dial(ctx, "tcp", "shop.example.com:443", nil)
	refused(t, err, "tcp connect to 10.0.0.1:443")
}

func TestLinks(t *testing.T) {
	n, _ := here(t, "net 10.0.0.0/8")
	ctx := soon(t)
	_, err := n.OpenLink(ctx, "lo", nil)
	refused(t, err, `receiving frames on lo is not allowed: the script declares no raw or sniff; --allow-sniff="on lo" would allow it`)
	n, _ = here(t, "sniff on lo")
	_, err = n.OpenLink(ctx, "lo", &network.LinkOpts{SendOnly: true})
	refused(t, err, `sending frames on lo is not allowed: the script declares no raw; --allow-raw="on lo" would allow it`)
	_, err = n.OpenLink(ctx, "any", nil)
	refused(t, err, "receiving frames on any")
	_, err = n.Packet(ctx, "ip4:1", nil)
	refused(t, err, "opening an ip socket of protocol 1")
	_, err = n.GuardPort(ctx, "tcp", netip.MustParseAddrPort("127.0.0.1:80"))
	refused(t, err, "tcp bind to 127.0.0.1:80")
	_, err = n.Resolve(ctx, "lo", netip.MustParseAddr("10.0.0.9"))
	refused(t, err, "asking for the hardware address of 10.0.0.9 on lo")
	if c := n.Config(); c != nil {
		refused(t, c.SetMTU("lo", 1400), `setting the MTU on lo is not allowed: the script declares no configure; --allow-configure="on lo" would allow it`)
		refused(t, c.SetForwarding(true), "switching forwarding")
		refused(t, c.Group().AddAddr("lo", netip.MustParsePrefix("127.0.0.9/8")), "adding an address on lo")
	}
}

// TestDatagrams checks what ip:proto sockets would send.
func TestDatagrams(t *testing.T) {
	p := &Policy{Allow: grants(t, "raw to 10.0.0.0/24:53/udp; raw on eth0 to 10.0.1.0/24/icmp")}
	n := &guarded{Network: &lying{Network: network.Kernel()}, policy: p}
	at := func(a string) netip.Addr { return netip.MustParseAddr(a) }
	udp := &crafted{on: n, proto: 17, device: "eth0"}
	if err := udp.decide(at("10.0.0.2"), unhex(t, dns), network.Meta{}); err != nil {
		t.Error(err)
	}
	refused(t, udp.decide(at("10.0.0.2"), unhex(t, snmp), network.Meta{}), "10.0.0.2:161/udp")
	refused(t, udp.decide(at("11.0.0.2"), unhex(t, dns), network.Meta{}), "11.0.0.2:53/udp")
	refused(t, udp.decide(at("10.0.0.2"), nil, network.Meta{}), "its ports can't be read")
	icmp := &crafted{on: n, proto: 1, device: "eth0"}
	if err := icmp.decide(at("10.0.1.2"), []byte{8, 0, 0, 0}, network.Meta{}); err != nil {
		t.Error(err)
	}
	refused(t, (&crafted{on: n, proto: 1, device: "eth1"}).decide(at("10.0.1.2"), []byte{8, 0, 0, 0}, network.Meta{}), "10.0.1.2/icmp on eth1")
	refused(t, icmp.decide(at("10.0.1.2"), []byte{8, 0, 0, 0}, network.Meta{Interface: 4711}), "10.0.1.2/icmp on /4711")
	refused(t, icmp.decide(at("10.0.1.2"), []byte{8, 0, 0, 0}, network.Meta{Local: at("10.0.0.99")}), "from 10.0.0.99")
	whole := &crafted{on: n, proto: 255, device: "eth0"} // the payload is the packet
	refused(t, whole.decide(at("10.0.0.2"), unhex(t, ip4UDP+to9+dns), network.Meta{}), "11.0.0.9")
	tunnel := &crafted{on: n, proto: 4, device: "eth0"}
	refused(t, tunnel.decide(at("10.0.0.2"), unhex(t, ip4UDP+to9+dns), network.Meta{}), "10.0.0.2")
}

func TestPace(t *testing.T) {
	clock := &still{now: time.Unix(1000, 0)}
	p := &Policy{Allow: grants(t, "rate 100/s; rate 50/s"), Deny: grants(t, "rate 80/s")}
	pace, ctx := p.paced(), context.Background()
	sent := 0
	start := clock.now
	for sent < 800 {
		n, err := pace.take(ctx, clock, 800-sent)
		if err != nil {
			t.Fatal(err)
		}
		sent += n
	}
	if took := clock.now.Sub(start); took < 9700*time.Millisecond || took > 10*time.Second {
		t.Errorf("800 packets at 80 a second took %s", took)
	}
	if (&Policy{Allow: grants(t, "net *")}).paced() != nil || (&Policy{All: true, Allow: grants(t, "rate 1/s")}).paced() != nil {
		t.Error("nothing bounds it")
	}
}

// still is a clock that goes on when somebody sleeps.
type still struct {
	network.Clock
	now time.Time
}

func (s *still) Now() time.Time { return s.now }

func (s *still) Sleep(_ context.Context, d time.Duration) error {
	s.now = s.now.Add(d)
	return nil
}

func TestProcess(t *testing.T) {
	p := &Policy{Allow: grants(t, "env HOME; run echo")}
	get := p.Getenv(func(name string) string { return "value of " + name })
	if get("HOME") != "value of HOME" || get("PATH") != "" {
		t.Error("the environment is open")
	}
	start := p.Command(nil, nil)
	if start != nil {
		t.Error("programs out of nothing")
	}
	if _, err := os.Stat("/bin/echo"); err != nil {
		t.Skip("no /bin/echo")
	}
	start = p.Command(shell, nil)
	for line, want := range map[string]string{`echo a  "b  c" 'd$e'`: "a b  c d$e\n", "/bin/echo x": "x\n"} {
		if out, err := start(line).Output(); err != nil || string(out) != want {
			t.Errorf("%s: %q, %v", line, out, err)
		}
	}
	for line, words := range map[string]string{
		"ls": "running ls is not allowed: the script declares run echo; --allow-run=ls would allow it", "/bin/sh -c echo": "running /bin/sh",
		"echo a; ls": "without a shell", "echo `ls`": "without a shell", "echo $(ls)": "without a shell", "echo a | sh": "without a shell", "echo \nls": "without a shell",
		"": "no program", "'": "open", "./echo": "running ./echo",
	} {
		if err := start(line).Err; err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", line, err)
		}
	}
	p = &Policy{All: true, Deny: grants(t, "run *")}
	if err := p.Command(shell, nil)("echo x").Err; err == nil || err.Error() != `running echo is not allowed: --deny-run="*" forbids it` {
		t.Error(err)
	}
}
