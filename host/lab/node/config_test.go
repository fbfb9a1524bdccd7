package node_test

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// TestRefusals asks for what can't be, and reads which error it is.
func TestRefusals(t *testing.T) {
	t.Parallel()
	w := simulated(t)
	n, _ := w.node(node.Options{Name: "h"}, "10.0.0.1/24")
	prefix, addr := netip.MustParsePrefix, netip.MustParseAddr
	for _, tt := range []struct {
		name string
		err  error
		want error
	}{
		{"no such interface", n.AddAddr("eth9", prefix("10.0.0.2/24")), syscall.ENODEV},
		{"the same address", n.AddAddr("eth0", prefix("10.0.0.1/24")), syscall.EEXIST},
		{"a group as address", n.AddAddr("eth0", prefix("224.0.0.1/24")), syscall.EINVAL},
		{"an address that isn't there", n.DelAddr("eth0", prefix("10.0.0.9/24")), syscall.EADDRNOTAVAIL},
		{"a gateway that is no neighbour", n.AddRoute(network.Route{Dst: prefix("0.0.0.0/0"), Gateway: addr("10.9.9.9")}), syscall.ENETUNREACH},
		{"itself as gateway", n.AddRoute(network.Route{Dst: prefix("0.0.0.0/0"), Gateway: addr("10.0.0.1")}), syscall.ENETUNREACH},
		{"a gateway of the other family", n.AddRoute(network.Route{Dst: prefix("0.0.0.0/0"), Gateway: addr("fd00::1")}), syscall.EINVAL},
		{"a route that isn't there", n.DelRoute(network.Route{Dst: prefix("10.7.0.0/16")}), syscall.ESRCH},
		{"a neighbour that isn't there", n.DelNeighbor("eth0", addr("10.0.0.77")), syscall.ENOENT},
	} {
		if !errors.Is(tt.err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, tt.err, tt.want)
		}
	}
	if err := n.SetMTU("eth0", 67); err == nil {
		t.Error("an MTU of 67 was taken")
	}
}

// TestUpDown switches an interface off and on: its route rests, and who watches hears of it.
func TestUpDown(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1500)
	p.pass(time.Millisecond)
	var heard []node.Event
	stop := p.a.Watch(func(e node.Event) { heard = append(heard, e) })
	defer stop()
	if !p.echo(p.a, "10.0.2.1", 10) {
		t.Fatal("no answer")
	}
	p.must(p.a.SetUp("eth0", false))
	p.pass(time.Millisecond)
	if _, _, ok := p.a.Source(netip.MustParseAddr("10.0.2.1"), ""); ok {
		t.Error("there is a way by an interface that is down")
	}
	if n := p.a.Neighbors(); len(n) != 0 {
		t.Errorf("it remembers %v", n)
	}
	p.must(p.a.SetUp("eth0", true))
	p.pass(time.Millisecond)
	if !p.echo(p.a, "10.0.2.1", 10) || !p.echo(p.a, "fd02::1", 10) {
		t.Error("no answer any more")
	}
	if want := []node.Event{{Change: node.LinkDown, Interface: "eth0"}, {Change: node.LinkUp, Interface: "eth0"}}; !slices.Equal(heard, want) {
		t.Errorf("heard %v", heard)
	}
}

// TestCarrier pulls the cable at the far end.
func TestCarrier(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1500)
	p.pass(time.Millisecond)
	var heard []node.Event
	p.r.Watch(func(e node.Event) { heard = append(heard, e) })
	p.last.SetUp(false)
	p.pass(time.Millisecond)
	p.last.SetUp(true)
	p.pass(time.Millisecond)
	if want := []node.Event{{Change: node.LinkDown, Interface: "eth1"}, {Change: node.LinkUp, Interface: "eth1"}}; !slices.Equal(heard, want) {
		t.Errorf("heard %v", heard)
	}
	if !p.echo(p.a, "10.0.2.1", 10) {
		t.Error("no answer any more")
	}
}

// TestChangeAddress gives a host another address, which its neighbours hear of.
func TestChangeAddress(t *testing.T) {
	t.Parallel()
	w := simulated(t)
	h, ports := w.node(node.Options{Name: "h"}, "10.0.0.1/24")
	s := newStation("s")
	w.join(ports[0], s.port)
	w.must(h.AddAddr("eth0", netip.MustParsePrefix("10.0.0.5/24")))
	w.must(h.DelAddr("eth0", netip.MustParsePrefix("10.0.0.1/24")))
	w.pass(time.Millisecond)
	if len(s.got) != 1 {
		t.Fatalf("%d frames", len(s.got))
	}
	arp := header.ARP(s.got[0][14:])
	if header.Ethernet(s.got[0]).DestinationAddress() != header.EthernetBroadcastAddress || arp.Op() != header.ARPRequest ||
		string(arp.ProtocolAddressSender()) != "\x0a\x00\x00\x05" || string(arp.ProtocolAddressTarget()) != "\x0a\x00\x00\x05" {
		t.Errorf("the frame is % x", s.got[0])
	}
	if a, _, ok := h.Source(netip.MustParseAddr("10.0.0.9"), ""); !ok || a.String() != "10.0.0.5" {
		t.Errorf("it sends from %v", a)
	}
	var routes []string
	for _, r := range h.Routes() {
		routes = append(routes, r.Dst.String())
	}
	if got := strings.Join(routes, " "); got != "10.0.0.0/24 fe80::/64" {
		t.Errorf("routes are %s", got)
	}
}

// TestNeighborStates follows an entry of the neighbour table.
func TestNeighborStates(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1500)
	state := func(a string) string {
		for _, n := range p.a.Neighbors() {
			if n.Addr.String() == a {
				return n.State
			}
		}
		return ""
	}
	p.echo(p.a, "10.0.1.254", 10)
	if got := state("10.0.1.254"); got != "reachable" {
		t.Errorf("after an answer it is %q", got)
	}
	p.pass(time.Minute)
	if got := state("10.0.1.254"); got != "stale" {
		t.Errorf("after a minute it is %q", got)
	}
	p.echo(p.a, "10.0.1.77", 10)
	p.pass(2 * time.Second)
	if got := state("10.0.1.77"); got != "failed" {
		t.Errorf("one that doesn't answer is %q", got)
	}
	p.must(p.a.AddNeighbor("eth0", netip.MustParseAddr("10.0.1.99"), mac("x", 1)))
	if got := state("10.0.1.99"); got != "permanent" {
		t.Errorf("one that was told is %q", got)
	}
	p.must(p.a.FlushNeighbors("eth0"))
	if got := p.a.Neighbors(); len(got) != 0 {
		t.Errorf("after a flush there are %v", got)
	}
}

// TestAutoconfigure has a host take an address and its way out from a router (RFC 4862), and lose both with it.
func TestAutoconfigure(t *testing.T) {
	t.Parallel()
	w := simulated(t)
	h, hp := w.node(node.Options{Name: "h"}, "")
	r, rp := w.node(node.Options{Name: "r", Router: true}, "fd77::1/64")
	w.join(hp[0], rp[0])
	stop, err := r.Advertise("eth0", node.Advertisement{Prefixes: []netip.Prefix{netip.MustParsePrefix("fd77::/64")}, MTU: 1400})
	w.must(err)
	w.pass(time.Second)
	if len(h.Routes()) != 1 {
		t.Errorf("it listened without being asked to: %v", h.Routes())
	}
	w.must(h.Autoconfigure("eth0"))
	w.pass(5 * time.Second)
	own := netip.PrefixFrom(inPrefix("fd77::", "h"), 64)
	if i := h.Interfaces()[1]; !slices.Contains(i.Addrs, own) {
		t.Errorf("its addresses are %v, want %v", i.Addrs, own)
	}
	var ways []string
	for _, r := range h.Routes() {
		ways = append(ways, r.Dst.String()+" "+r.Gateway.String())
	}
	want := "fd77::/64 invalid IP,fe80::/64 invalid IP,::/0 " + inPrefix("fe80::", "r").String()
	if got := strings.Join(ways, ","); got != want {
		t.Errorf("its routes are %s, want %s", got, want)
	}
	p := &path{world: w}
	if !p.echo(h, "fd77::1", 10) || !p.echo(r, own.Addr().String(), 10) {
		t.Error("no answer")
	}
	stop()
	w.pass(time.Hour)
	if _, _, ok := h.Source(netip.MustParseAddr("2001:db8::1"), ""); ok {
		t.Error("the router is still used an hour after it fell silent")
	}
}

// TestStats sends a few packets and reads what was counted.
func TestStats(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1300)
	p.echo(p.a, "10.0.2.1", 100)
	p.echo(p.a, "10.0.2.1", 4000)
	p.echo(p.a, "fd02::1", 100)
	p.stream("10.0.2.1", 10000)
	r, b := p.r.Stats(), p.b.Stats()
	if r.IP.ForwDatagrams < 10 || r.IP6.ForwDatagrams != 2 || r.IP.FragOKs != 2 || r.IP.FragCreates != 4 || r.IP.InReceives < r.IP.ForwDatagrams {
		t.Errorf("the router's: %+v", r)
	}
	if b.ICMP.InTypes[8] != 1 || b.ICMP.OutTypes[0] != 2 || b.IP.ReasmReqds != 5 || b.TCP.PassiveOpens != 1 || b.TCP.InSegs < 5 || b.ICMP6.InTypes[128] != 1 {
		t.Errorf("the host's: %+v", b)
	}
	i, err := p.b.InterfaceStats("eth0")
	if err != nil || i.InOctets < 14000 || i.InUcastPkts < 10 || i.OutUcastPkts < 5 || i.InErrors != 0 {
		t.Errorf("its interface's: %+v, %v", i, err)
	}
}

// TestGroup joins groups and looks at what is reported of that: not the groups that every node joins.
func TestGroup(t *testing.T) {
	t.Parallel()
	w := simulated(t)
	h, ports := w.node(node.Options{Name: "h", Router: true}, "10.0.0.1/24 fd00::1/64")
	s := newStation("s")
	w.join(ports[0], s.port)
	w.pass(time.Minute)
	if got := s.take(); len(got) != 0 {
		t.Errorf("before it joined, % x", got)
	}
	v4, v6 := netip.MustParseAddr("239.1.2.3"), netip.MustParseAddr("ff15::77")
	h.Stack().JoinGroup(header.IPv4ProtocolNumber, 2, tcpip.AddrFrom4(v4.As4()))
	h.Stack().JoinGroup(header.IPv6ProtocolNumber, 2, tcpip.AddrFrom16(v6.As16()))
	w.pass(time.Minute)
	seen := map[byte]int{}
	for _, p := range s.take() {
		switch {
		case p[0]>>4 == 4 && p[24] == 0x22 && strings.Contains(string(p[32:]), string(v4.AsSlice())):
			sound4(t, p)
			seen[4]++
		case p[0]>>4 == 6 && p[48] == 143 && strings.Contains(string(p[56:]), string(v6.AsSlice())):
			seen[6]++
		default:
			t.Errorf("it says % x", p)
		}
	}
	if seen[4] == 0 || seen[6] == 0 {
		t.Errorf("reports: %v", seen)
	}
}

// inPrefix is the address in a prefix that follows from the MAC address of a node's first interface (RFC 4291 appendix A).
func inPrefix(prefix, name string) netip.Addr {
	a := netip.MustParseAddr(prefix).As16()
	header.EthernetAdddressToModifiedEUI64IntoBuf(tcpip.LinkAddress(mac(name, 0)), a[8:])
	return netip.AddrFrom16(a)
}

// TestDetectDuplicates gives two hosts one address: the second gives it up.
func TestDetectDuplicates(t *testing.T) {
	t.Parallel()
	w := simulated(t)
	first, a := w.node(node.Options{Name: "a", DetectDuplicates: true}, "fd00::1/64")
	second, b := w.node(node.Options{Name: "b", DetectDuplicates: true}, "")
	w.join(a[0], b[0])
	w.pass(2 * time.Second)
	taken := false
	second.Watch(func(e node.Event) { taken = taken || e.Change == node.AddressTaken })
	w.must(second.AddAddr("eth0", netip.MustParsePrefix("fd00::1/64")))
	w.must(second.AddAddr("eth0", netip.MustParsePrefix("fd00::2/64")))
	w.pass(2 * time.Second)
	if got := second.Interfaces()[1].Addrs; !taken || len(got) != 2 || got[1].Addr().String() != "fd00::2" {
		t.Errorf("taken is %v, its addresses are %v", taken, got)
	}
	p := &path{world: w}
	if !p.echo(second, "fd00::1", 10) || !p.echo(first, "fd00::2", 10) {
		t.Error("no answer")
	}
}

// TestSetUpAtOnce switches an interface from several sides: the stack, the port and what is told agree at the end.
func TestSetUpAtOnce(t *testing.T) {
	t.Parallel()
	p := newPath(simulated(t), 1, 1500)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 50 {
				if err := p.a.SetUp("eth0", i%2 == 0); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := p.a.SetUp("eth0", true); err != nil || !p.a.Up("eth0") {
		t.Error(err)
	}
}
