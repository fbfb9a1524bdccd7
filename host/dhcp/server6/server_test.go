package server6_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server6"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// world is a lab in simulated time: a client's host h1, and R1 with the server, on one switch.
type world struct {
	t      *testing.T
	clock  *simtime.Clock
	server *server6.Server
	h1, r1 network.Network
	conn   network.PacketConn
}

var (
	onLink  = netip.MustParsePrefix("2001:db8:1::/64")
	pool    = lease.Range{First: netip.MustParseAddr("2001:db8:1::100"), Last: netip.MustParseAddr("2001:db8:1::1ff")}
	parts   = server6.Delegation{Range: lease.Span(netip.MustParsePrefix("2001:db8:f000::/40")), Length: 56}
	group   = netip.MustParseAddrPort("[ff02::1:2]:547")
	one     = dhcp6.NewLL(net.HardwareAddr{2, 0, 0, 0, 0, 1})
	two     = dhcp6.NewLL(net.HardwareAddr{2, 0, 0, 0, 0, 2})
	nowhere = netip.MustParseAddr("2001:db8:9::1")
)

func basic() server6.Config {
	return server6.Config{Interface: "eth0", Subnets: []server6.Subnet{{Prefix: onLink, Ranges: []lease.Range{pool}, Delegations: []server6.Delegation{parts}}},
		Settings: server6.Settings{Valid: 1000 * time.Second, Options: map[uint16]dhcp6.Options{
			23: {dhcp6.MakeOption(23, netip.MustParseAddr("2001:db8::53").AsSlice())}, 31: {dhcp6.MakeOption(31, netip.MustParseAddr("2001:db8::123").AsSlice())}}}}
}

// newWorld makes the lab, and a server that answers until the test ends.
func newWorld(t *testing.T, c server6.Config) *world {
	t.Helper()
	w := idle(t, c)
	network.Go(network.With(t.Context(), w.r1), w.serve)
	var err error
	if w.conn, err = w.h1.Packet(t.Context(), "udp6", &network.SockOpts{Metadata: true, Device: "eth0"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.conn.Close() })
	if err := w.conn.Bind(&net.UDPAddr{IP: net.IPv6unspecified, Port: 546}); err != nil {
		t.Fatal(err)
	}
	return w
}

// idle makes the lab, and a server that nobody has serve.
func idle(t *testing.T, c server6.Config) *world {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: []string{"h1, R1 -- sw1"}, Networks: map[string][]netip.Prefix{"sw1": {onLink}},
		Addresses: map[string][]netip.Prefix{"h1.eth0": {}, "R1": {netip.MustParsePrefix("2001:db8:1::1/64")}}})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &world{t: t, clock: clock}
	w.h1, _ = l.Network("h1")
	w.r1, _ = l.Network("R1")
	ctx := network.WithFiles(network.WithRand(network.With(t.Context(), w.r1), 1), network.OSFiles())
	if w.server, err = server6.New(ctx, c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.server.Close() })
	return w
}

func (w *world) serve() {
	for {
		list, err := w.server.Receive(time.Time{}, -1)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		for _, r := range list {
			w.server.Put(r, w.server.Answer(r))
		}
	}
}

// say sends bytes to the group of servers, or elsewhere, and returns the answer; nil when none comes within a second.
func (w *world) say(b []byte, to netip.AddrPort) (answer *dhcp6.Message) {
	w.t.Helper()
	peer := net.UDPAddrFromAddrPort(to)
	peer.Zone = "eth0"
	if _, err := w.conn.WriteMsg(b, network.Meta{Peer: peer}); err != nil {
		w.t.Fatal(err)
	}
	w.conn.SetReadDeadline(w.clock.Now().Add(time.Second))
	buffer := make([]byte, 2000)
	n, _, err := w.conn.ReadMsg(buffer)
	if err != nil {
		return nil
	}
	if answer, err = dhcp6.Decode(buffer[:n]); err != nil {
		w.t.Error(err)
	}
	return answer
}

// ask sends a message and returns the answer, whose identifiers have to be those of the question.
func (w *world) ask(m *dhcp6.Message) *dhcp6.Message {
	w.t.Helper()
	b, err := m.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	a := w.say(b, group)
	if a != nil && !a.Type.Relay() && (a.XID != m.XID || a.DUID(dhcp6.ClientID) != m.DUID(dhcp6.ClientID) || a.DUID(dhcp6.ServerID) != w.server.DUID()) {
		w.t.Errorf("an answer to somebody else: %s", a.Show())
	}
	return a
}

// message makes a message of a client.
func (w *world) message(t dhcp6.Type, client dhcp6.DUID, ias ...dhcp6.IA) *dhcp6.Message {
	m := dhcp6.New(t, 0xabc000+uint32(t))
	m.Set(dhcp6.ClientID, []byte(client))
	switch t {
	case dhcp6.Request, dhcp6.Renew, dhcp6.Release, dhcp6.Decline:
		m.Set(dhcp6.ServerID, []byte(w.server.DUID()))
	}
	for _, ia := range ias {
		m.Options.Add(ia.Option())
	}
	return m
}

func ia(code uint16, id uint32, list ...netip.Prefix) dhcp6.IA {
	a := dhcp6.IA{Code: code, ID: id}
	for _, p := range list {
		if code == dhcp6.IAPD {
			a.Options.Add(dhcp6.IAPrefix{Prefix: p}.Option())
		} else {
			a.Options.Add(dhcp6.IAAddress{Address: p.Addr()}.Option())
		}
	}
	return a
}

func na(id uint32, list ...netip.Addr) dhcp6.IA {
	a := ia(dhcp6.IANA, id)
	for _, x := range list {
		a.Options.Add(dhcp6.IAAddress{Address: x}.Option())
	}
	return a
}

// first is the first address of an answer, with its valid lifetime.
func first(m *dhcp6.Message) (netip.Addr, uint32) {
	for _, ia := range m.Options.IAs(dhcp6.IANA, dhcp6.IATA) {
		for _, a := range ia.Addresses() {
			return a.Address, a.Valid
		}
	}
	return netip.Addr{}, 0
}

func statusIn(m *dhcp6.Message) dhcp6.StatusCode {
	for _, ia := range m.Options.IAs() {
		return ia.Options.Status().Code
	}
	return m.Options.Status().Code
}

// TestLife leases an address and a prefix, renews, rebinds, confirms and releases them.
func TestLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t, basic())
	solicit := w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1), ia(dhcp6.IAPD, 2))
	solicit.Set(dhcp6.OptionRequest, []byte{0, 31, 0, 23})
	offer := w.ask(solicit)
	if offer == nil || offer.Type != dhcp6.Advertise {
		t.Fatalf("no offer: %v", offer)
	}
	a, valid := first(offer)
	if !pool.Contains(a) || valid != 1000 {
		t.Errorf("offered %s for %d", a, valid)
	}
	pd := offer.Options.IAs(dhcp6.IAPD)[0]
	prefix := pd.Prefixes()[0].Prefix
	if prefix.Bits() != 56 || !parts.Range.Contains(prefix.Addr()) || pd.T1 != 312 || pd.T2 != 500 {
		t.Errorf("offered %s, T1 %d, T2 %d", prefix, pd.T1, pd.T2)
	}
	if n := len(offer.Options); offer.Options[n-2].Code != 31 || offer.Options[n-1].Code != 23 {
		t.Errorf("options aren't those asked for, in their order: %s", offer)
	}
	request := w.message(dhcp6.Request, one, na(1, a), ia(dhcp6.IAPD, 2, prefix))
	reply := w.ask(request)
	if got, _ := first(reply); reply.Type != dhcp6.Reply || got != a {
		t.Fatalf("%s", reply.Show())
	}
	for _, typ := range []dhcp6.Type{dhcp6.Renew, dhcp6.Rebind} {
		if got, valid := first(w.ask(w.message(typ, one, na(1, a)))); got != a || valid != 1000 {
			t.Errorf("%s: %s for %d", typ, got, valid)
		}
	}
	if m := w.ask(w.message(dhcp6.Confirm, one, na(1, a))); m.Options.Status().Code != dhcp6.Success {
		t.Error(m.Show())
	}
	if other, _ := first(w.ask(w.message(dhcp6.Solicit, two, ia(dhcp6.IANA, 1)))); other == a {
		t.Error("the same address for another client")
	}
	if m := w.ask(w.message(dhcp6.Release, one, na(1, a))); m.Options.Status().Code != dhcp6.Success || len(m.Options.IAs()) > 0 {
		t.Error(m.Show())
	}
	if m := w.ask(w.message(dhcp6.Renew, one, na(1, a))); statusIn(m) != dhcp6.NoBinding {
		t.Error(m.Show())
	}
	if b, _ := w.server.Table().Get(prefix); b.State != lease.Bound || string(b.Client) != "duid "+one.String()+" pd 2" {
		t.Errorf("the prefix: %+v", b)
	}
}

// TestRules sends what breaks the rules of RFC 8415 sections 16 and 18.3.
func TestRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t, basic())
	with := func(m *dhcp6.Message, code uint16, data []byte) *dhcp6.Message {
		m.Set(code, data)
		return m
	}
	other := []byte(dhcp6.NewLL(net.HardwareAddr{2, 0, 0, 0, 9, 9}))
	for _, tt := range []struct {
		name   string
		m      *dhcp6.Message
		reason string
	}{
		{"solicit without client", with(w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1)), dhcp6.ClientID, nil), "no client identifier"},
		{"solicit with a server", with(w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1)), dhcp6.ServerID, other), "server identifier"},
		{"request without server", with(w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1)), dhcp6.ServerID, nil), "no server identifier"},
		{"request to another server", with(w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1)), dhcp6.ServerID, other), "for another server"},
		{"renew to another server", with(w.message(dhcp6.Renew, one, ia(dhcp6.IANA, 1)), dhcp6.ServerID, other), "for another server"},
		{"rebind with a server", with(w.message(dhcp6.Rebind, one, ia(dhcp6.IANA, 1)), dhcp6.ServerID, other), "server identifier"},
		{"confirm without addresses", w.message(dhcp6.Confirm, one, ia(dhcp6.IANA, 1)), "nothing asked for"},
		{"release of nothing", w.message(dhcp6.Release, one), "nothing asked for"},
		{"rebind of what may be another server's", w.message(dhcp6.Rebind, one, na(1, pool.First)), "not known"},
		{"information request with an IA", w.message(dhcp6.InformationRequest, one, ia(dhcp6.IANA, 1)), "malformed"},
		{"information request for another server", with(w.message(dhcp6.InformationRequest, one), dhcp6.ServerID, other), "for another server"},
		{"advertise", w.message(dhcp6.Advertise, one), "not for servers"},
		{"reply", w.message(dhcp6.Reply, one), "not for servers"},
		{"relay reply", &dhcp6.Message{Type: dhcp6.RelayReply, Options: dhcp6.Options{{Code: dhcp6.RelayMessage, Data: []byte{1, 0, 0, 1}}}}, "not for servers"},
		{"relay forward of nothing", &dhcp6.Message{Type: dhcp6.RelayForward}, "malformed"},
		{"IA that is cut", with(w.message(dhcp6.Solicit, one), dhcp6.IANA, []byte{0, 0}), "malformed"},
	} {
		before := w.server.Stats().Dropped[tt.reason]
		b, _ := tt.m.Encode()
		if a := w.say(b, group); a != nil {
			t.Errorf("%s was answered: %s", tt.name, a)
		}
		if n := w.server.Stats().Dropped[tt.reason]; n != before+1 {
			t.Errorf("%s was not dropped for %q: %v", tt.name, tt.reason, w.server.Stats().Dropped)
		}
	}
	for _, tt := range []struct {
		name string
		m    *dhcp6.Message
		want dhcp6.StatusCode
	}{
		{"request off the link", w.message(dhcp6.Request, one, na(1, nowhere)), dhcp6.NotOnLink},
		{"confirm off the link", w.message(dhcp6.Confirm, one, na(1, pool.First, nowhere)), dhcp6.NotOnLink},
		{"confirm of two, one off the link", w.message(dhcp6.Confirm, one, na(1, pool.First), na(2, nowhere)), dhcp6.NotOnLink},
		{"renew of nothing known", w.message(dhcp6.Renew, one, na(1, pool.First)), dhcp6.NoBinding},
		{"release of nothing known", w.message(dhcp6.Release, one, na(1, pool.First)), dhcp6.NoBinding},
		{"decline of nothing known", w.message(dhcp6.Decline, one, na(1, pool.First)), dhcp6.NoBinding},
	} {
		a := w.ask(tt.m)
		if a == nil || statusIn(a) != tt.want && a.Options.Status().Code != tt.want {
			t.Errorf("%s: %v", tt.name, a)
		}
	}
	for _, typ := range []dhcp6.Type{dhcp6.Renew, dhcp6.Rebind} {
		m := w.ask(w.message(typ, one, na(1, nowhere)))
		if a, valid := first(m); a != nowhere || valid != 0 {
			t.Errorf("%s of an address off the link: %s", typ, m.Show())
		}
	}
	if m := w.ask(dhcp6.New(dhcp6.InformationRequest, 5)); m == nil || !m.Options.Has(23) || !m.Options.Has(31) {
		t.Errorf("information request without identifier: %v", m)
	}
}

// TestUnicast sends to the server's own address, which clients may only when they are told so.
func TestUnicast(t *testing.T) {
	t.Parallel()
	own := netip.MustParseAddr("2001:db8:1::1")
	for _, allowed := range []bool{false, true} {
		c := basic()
		if allowed {
			c.Unicast = own
		}
		w := newWorld(t, c)
		address := netip.MustParsePrefix("2001:db8:1::77/64")
		if err := w.h1.Config().AddAddr("eth0", address); err != nil {
			t.Fatal(err)
		}
		b, _ := w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1)).Encode()
		reply := w.say(b, netip.AddrPortFrom(own, 547))
		want := dhcp6.UseMulticast
		if allowed {
			want = dhcp6.Success
		}
		if reply == nil || reply.Options.Status().Code != want || allowed != reply.Options.Has(dhcp6.ServerUnicast) {
			t.Errorf("allowed %v: %v", allowed, reply)
		}
		b, _ = w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1)).Encode()
		if a := w.say(b, netip.AddrPortFrom(own, 547)); a != nil {
			t.Errorf("a unicast solicit was answered: %s", a)
		}
	}
}

// TestExhausted asks for more than there is.
func TestExhausted(t *testing.T) {
	t.Parallel()
	c := basic()
	c.Subnets[0].Ranges = []lease.Range{{First: pool.First, Last: pool.First}}
	c.Subnets[0].Delegations = nil
	c.RapidCommit = true
	w := newWorld(t, c)
	w.ask(w.message(dhcp6.Request, two, ia(dhcp6.IANA, 1)))
	solicit := w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1))
	solicit.Set(dhcp6.RapidCommit, []byte{})
	for _, m := range []*dhcp6.Message{solicit, w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1)), w.message(dhcp6.Renew, one, ia(dhcp6.IANA, 1))} {
		if a := w.ask(m); statusIn(a) != dhcp6.NoAddrsAvail || a.Options.Has(dhcp6.RapidCommit) {
			t.Errorf("%s: %s", m.Type, a.Show())
		}
	}
	if a := w.ask(w.message(dhcp6.Request, one, ia(dhcp6.IAPD, 1))); statusIn(a) != dhcp6.NoPrefixAvail {
		t.Error(a.Show())
	}
	w.ask(w.message(dhcp6.Decline, two, na(1, pool.First)))
	if b, _ := w.server.Table().Get(lease.Whole(pool.First)); b.State != lease.Declined {
		t.Errorf("after decline: %+v", b)
	}
	if a := w.ask(w.message(dhcp6.Solicit, two, ia(dhcp6.IANA, 1))); statusIn(a) != dhcp6.NoAddrsAvail {
		t.Error("a declined address was offered")
	}
}

// TestRapid commits at once, and advertises with a preference.
func TestRapid(t *testing.T) {
	t.Parallel()
	c := basic()
	c.RapidCommit = true
	preference := uint8(255)
	c.Preference = &preference
	w := newWorld(t, c)
	m := w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1), ia(dhcp6.IATA, 5))
	if a := w.ask(m); a.Type != dhcp6.Advertise || a.Options.Has(dhcp6.RapidCommit) || string(a.Options.First(dhcp6.Preference).Data) != "\xff" {
		t.Error(a.Show())
	}
	m.Set(dhcp6.RapidCommit, []byte{})
	a := w.ask(m)
	if a.Type != dhcp6.Reply || !a.Options.Has(dhcp6.RapidCommit) || a.Options.Has(dhcp6.Preference) {
		t.Error(a.Show())
	}
	if n := len(w.server.Table().All()); n != 2 {
		t.Errorf("%d leases", n)
	}
	temporary := a.Options.IAs(dhcp6.IATA)[0].Addresses()[0].Address
	if !pool.Contains(temporary) {
		t.Errorf("temporary address %s", temporary)
	}
}

// TestReserved gives a client what is reserved for it, by its DUID and by its MAC address, and nobody else.
func TestReserved(t *testing.T) {
	t.Parallel()
	fixed, prefix := netip.MustParseAddr("2001:db8:1::abcd"), netip.MustParsePrefix("2001:db8:7700::/48")
	c := basic()
	c.Reservations = []server6.Reservation{{DUID: one, Addresses: []netip.Addr{fixed}, Prefixes: []netip.Prefix{prefix}},
		{MAC: net.HardwareAddr{2, 0, 0, 0, 0, 2}, Addresses: []netip.Addr{pool.First}}}
	w := newWorld(t, c)
	a := w.ask(w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1), ia(dhcp6.IANA, 2), ia(dhcp6.IAPD, 1)))
	if got, _ := first(a); got != fixed || a.Options.IAs(dhcp6.IAPD)[0].Prefixes()[0].Prefix != prefix {
		t.Error(a.Show())
	}
	if second := a.Options.IAs(dhcp6.IANA)[1].Addresses(); len(second) != 1 || !pool.Contains(second[0].Address) || second[0].Address == pool.First {
		t.Error(a.Show())
	}
	if got, _ := first(w.ask(w.message(dhcp6.Request, two, ia(dhcp6.IANA, 1)))); got != pool.First {
		t.Errorf("the reservation by MAC gave %s", got)
	}
	if got, _ := first(w.ask(w.message(dhcp6.Renew, one, na(1, fixed)))); got != fixed {
		t.Errorf("renewed %s", got)
	}
}

// TestRelay serves clients on another link, by relay agents.
func TestRelay(t *testing.T) {
	t.Parallel()
	c := basic()
	far, named := netip.MustParsePrefix("2001:db8:2::/64"), netip.MustParsePrefix("2001:db8:3::/64")
	reserved := netip.MustParseAddr("2001:db8:2::77")
	c.Subnets = append(c.Subnets, server6.Subnet{Prefix: far, Ranges: []lease.Range{lease.Span(far)}},
		server6.Subnet{Prefix: named, Ranges: []lease.Range{lease.Span(named)}, InterfaceID: []byte("port 3")})
	mac := []byte{2, 0, 0, 0, 7, 7}
	c.Reservations = []server6.Reservation{{MAC: mac, Addresses: []netip.Addr{reserved}}}
	w := newWorld(t, c)
	option := func(code uint16, data string) dhcp6.Option { return dhcp6.MakeOption(code, []byte(data)) }
	relay, peer := netip.MustParseAddr("2001:db8:2::1"), netip.MustParseAddr("fe80::5")
	for _, tt := range []struct {
		name    string
		link    netip.Addr
		options dhcp6.Options
		outer   dhcp6.Options
		want    netip.Prefix
		echoed  []uint16
	}{
		{"by its link", relay, dhcp6.Options{option(dhcp6.InterfaceID, "eth1")}, nil, far, []uint16{dhcp6.InterfaceID, dhcp6.RelayMessage}},
		{"by its name", netip.Addr{}, dhcp6.Options{option(dhcp6.InterfaceID, "port 3")}, nil, named, []uint16{dhcp6.InterfaceID, dhcp6.RelayMessage}},
		{"with what is to come back", relay, dhcp6.Options{option(37, "\x00\x00\x00\x01x"), option(38, "s"), option(dhcp6.EchoRequest, "\x00\x26")}, nil, far, []uint16{38, dhcp6.RelayMessage}},
		{"by its MAC address", relay, dhcp6.Options{option(dhcp6.ClientLinkAddr, "\x00\x01"+string(mac))}, nil, netip.PrefixFrom(reserved, 128), []uint16{dhcp6.RelayMessage}},
	} {
		inner, err := dhcp6.Forward(w.message(dhcp6.Solicit, two, ia(dhcp6.IANA, 1)), tt.link, peer, tt.options...)
		if err != nil {
			t.Fatal(err)
		}
		outer, _ := dhcp6.Forward(inner, netip.IPv6Unspecified(), relay, option(dhcp6.RelayPort, "\x00\x00"))
		chain, err := w.ask(outer).Chain()
		if err != nil || len(chain) != 3 || chain[0].Hops != 1 || chain[1].Peer != peer || chain[0].Peer != relay {
			t.Errorf("%s: %v %v", tt.name, chain, err)
			continue
		}
		var codes []uint16
		for _, o := range chain[1].Options {
			codes = append(codes, o.Code)
		}
		if !slices.Equal(codes, tt.echoed) {
			t.Errorf("%s: options %v came back", tt.name, codes)
		}
		if a, _ := first(chain[2]); !tt.want.Contains(a) || chain[2].Type != dhcp6.Advertise {
			t.Errorf("%s: %s", tt.name, chain[2].Show())
		}
	}
	unknown, _ := dhcp6.Forward(w.message(dhcp6.Solicit, two, ia(dhcp6.IANA, 1)), netip.MustParseAddr("2001:db8:99::1"), peer)
	if a := w.ask(unknown); a != nil || w.server.Stats().Dropped["no subnet"] != 1 {
		t.Errorf("an answer for an unknown link: %v", a)
	}
	long, link := w.message(dhcp6.Solicit, two, ia(dhcp6.IANA, 1)), relay
	for range 32 {
		long, _ = dhcp6.Forward(long, link, peer, option(dhcp6.RelayPort, "\x00\x00"))
		link = netip.IPv6Unspecified()
	}
	if a := w.ask(long); a == nil || a.Hops != 31 {
		t.Errorf("32 relay agents get %v", a)
	}
	long, _ = dhcp6.Forward(long, link, peer, option(dhcp6.RelayPort, "\x00\x00"))
	if a := w.ask(long); a != nil || w.server.Stats().Dropped["malformed"] != 1 {
		t.Errorf("33 relay agents get %v", a)
	}
}

// TestHints gives a client the address and the length of prefix that it would like.
func TestHints(t *testing.T) {
	t.Parallel()
	c := basic()
	c.Subnets[0].Delegations = append(c.Subnets[0].Delegations, server6.Delegation{Range: lease.Span(netip.MustParsePrefix("2001:db8:e000::/40")), Length: 60})
	w := newWorld(t, c)
	wish := netip.MustParseAddr("2001:db8:1::150")
	a := w.ask(w.message(dhcp6.Solicit, one, na(1, wish), ia(dhcp6.IAPD, 1, netip.MustParsePrefix("::/60"))))
	if got, _ := first(a); got != wish || a.Options.IAs(dhcp6.IAPD)[0].Prefixes()[0].Prefix.Bits() != 60 {
		t.Error(a.Show())
	}
}

// TestFile renews a lease that outlives the server in its file.
func TestFile(t *testing.T) {
	t.Parallel()
	c := basic()
	c.LeaseFile = t.TempDir() + "/leases"
	w := newWorld(t, c)
	a, _ := first(w.ask(w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1))))
	w.server.Close()
	w = newWorld(t, c)
	if got, _ := first(w.ask(w.message(dhcp6.Renew, one, na(1, a)))); got != a {
		t.Errorf("renewed %s after a restart, had %s", got, a)
	}
	list := w.server.Table().All()
	if !slices.ContainsFunc(list, func(b lease.Binding) bool { return b.Address() == a && b.State == lease.Bound }) {
		t.Errorf("leases: %+v", list)
	}
}

// TestFaults hears answers that are wrong on purpose.
func TestFaults(t *testing.T) {
	t.Parallel()
	ask := func(f server6.Fault) (*world, *dhcp6.Message) {
		c := basic()
		c.Faults = []server6.Fault{f}
		w := newWorld(t, c)
		b, _ := w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1)).Encode()
		return w, w.say(b, group)
	}
	if _, a := ask(server6.Fault{Silence: 1}); a != nil {
		t.Errorf("an answer: %s", a)
	}
	if _, a := ask(server6.Fault{NoBinding: 1}); statusIn(a) != dhcp6.NoBinding {
		t.Error(a)
	}
	if _, a := ask(server6.Fault{WrongXID: 1}); a.XID == 0xabc003 {
		t.Error(a)
	}
	if _, a := ask(server6.Fault{WrongClient: 1}); a.DUID(dhcp6.ClientID) == one {
		t.Error(a)
	}
	if w, a := ask(server6.Fault{WrongServer: 1}); a.DUID(dhcp6.ServerID) == w.server.DUID() {
		t.Error(a)
	}
	if _, a := ask(server6.Fault{Truncated: 1}); a == nil || len(a.Problems) == 0 {
		t.Error(a)
	}
	if _, a := ask(server6.Fault{Outside: 1}); a == nil {
		t.Error("no answer")
	} else if got, _ := first(a); onLink.Contains(got) {
		t.Error(a.Show())
	}
	c := basic()
	c.Faults = []server6.Fault{{Delayed: 1, Delay: 500 * time.Millisecond}}
	w := newWorld(t, c)
	start := w.clock.Now()
	if a := w.ask(w.message(dhcp6.Request, one, ia(dhcp6.IANA, 1))); a == nil || w.clock.Now().Sub(start) < 500*time.Millisecond {
		t.Error(a, w.clock.Now().Sub(start))
	}
}

// TestEvents hears what happens.
func TestEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t, basic())
	l := w.server.Listen()
	a, _ := first(w.ask(w.message(dhcp6.Solicit, one, ia(dhcp6.IANA, 1))))
	w.ask(w.message(dhcp6.Request, one, na(1, a)))
	w.ask(w.message(dhcp6.Release, one, na(1, a)))
	w.ask(w.message(dhcp6.Advertise, one))
	w.server.Close()
	var got []string
	for {
		e, err := l.Next(context.Background(), time.Time{})
		if err != nil {
			break
		}
		got = append(got, e.Kind)
	}
	if want := []string{"advertised", "replied", "released", "replied", "dropped"}; !slices.Equal(got, want) {
		t.Errorf("heard %v, want %v", got, want)
	}
}
