package client4_test

import (
	"bytes"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
)

// TestAcquire goes through the four messages, and looks at each as table 5 of RFC 2131 has it.
func TestAcquire(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	c := w.client(client4.Config{HostName: "h1", ClientID: []byte("\x00abc"), Broadcast: true})
	l, err := c.Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	terms := l.Terms()
	if terms.Address != address || terms.Prefix.Bits() != 24 || terms.Time != 600*time.Second || terms.T1 != 300*time.Second ||
		terms.T2 != 525*time.Second || terms.Server != server || c.State() != client4.Bound {
		t.Errorf("%+v", terms)
	}
	if got := strings.Join(s.types(), " "); got != "discover request" {
		t.Fatal(got)
	}
	d, r := s.seen[0], s.seen[1]
	if d.XID != r.XID || d.Secs != r.Secs || !d.Broadcast() || !r.CIAddr.IsUnspecified() || d.Has(option.ServerIdentifier) ||
		r.Addr(option.ServerIdentifier) != server || r.Addr(option.RequestedAddress) != address || d.Text(option.HostName) != "h1" {
		t.Errorf("%+v\n%+v", d, r)
	}
	list, _ := d.Get(option.ParameterRequestList)
	again, _ := r.Get(option.ParameterRequestList)
	if !bytes.Equal(list, again) || slices.Index(list, option.ClasslessRoutes) > slices.Index(list, option.Router) {
		t.Errorf("%v %v", list, again)
	}
	for _, m := range s.seen {
		if id, _ := m.Get(option.ClientIdentifier); string(id) != "\x00abc" || m.MAC().String() != c.MAC().String() {
			t.Errorf("%q %s", id, m.MAC())
		}
	}
	if x := c.Exchanged(); len(x) != 4 || !x[0].Out || x[1].Out || x[1].Src.String() != "10.0.1.1:67" || x[0].Dst.String() != "255.255.255.255:67" {
		t.Errorf("%+v", x)
	}
}

// TestBackOff is silence: 4, 8, 16, 32 s, each plus or minus one.
func TestBackOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", func(*dhcp4.Message) []*dhcp4.Message { return nil })
	c := w.client(client4.Config{Tries: 6})
	start := w.clock.Now()
	_, err := c.Discover(w.ctx, netip.Addr{})
	var silence *client4.Silence
	if !errors.As(err, &silence) || silence.Tries != 6 || c.State() != client4.Init {
		t.Fatal(err)
	}
	var out []time.Time
	for _, x := range c.Exchanged() {
		out = append(out, x.Time)
	}
	out = append(out, w.clock.Now())
	for i, want := range []time.Duration{4, 8, 16, 32, 64, 64} {
		if got := out[i+1].Sub(out[i]); got < (want-1)*time.Second || got > (want+1)*time.Second {
			t.Errorf("pause %d is %v", i, got)
		}
		if i < len(s.seen) && time.Duration(s.seen[i].Secs) != out[i].Sub(start)/time.Second {
			t.Errorf("secs %d after %v", s.seen[i].Secs, out[i].Sub(start))
		}
	}
	if !strings.HasPrefix(err.Error(), "no offer on eth0 within ") {
		t.Error(err)
	}
}

// TestTimeout holds that no more time passes than was allowed.
func TestTimeout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.client(client4.Config{Timeout: 10 * time.Second})
	start := w.clock.Now()
	if _, err := c.Acquire(w.ctx); err == nil || w.since(start) != 10*time.Second {
		t.Error(err, w.since(start))
	}
}

// TestIgnored offers what no client must take, each for its reason.
func TestIgnored(t *testing.T) {
	t.Parallel()
	bad := map[string]func(m *dhcp4.Message){
		"wrong xid":            func(m *dhcp4.Message) { m.XID++ },
		"wrong MAC":            func(m *dhcp4.Message) { m.CHAddr[5]++ },
		"not a reply":          func(m *dhcp4.Message) { m.Op = dhcp4.BootRequest },
		"no server identifier": func(m *dhcp4.Message) { m.Set(option.ServerIdentifier, nil) },
		"no address":           func(m *dhcp4.Message) { m.YIAddr = netip.IPv4Unspecified() },
		"no message type":      func(m *dhcp4.Message) { m.Set(option.MessageType, nil) },
		"no address, and the client must not choose one": func(m *dhcp4.Message) {
			m.YIAddr = netip.IPv4Unspecified()
			m.Set(option.AutoConfiguration, []byte{0})
		},
		"unexpected ack":                             func(m *dhcp4.Message) { m.SetType(dhcp4.Ack) },
		"wrong client identifier":                    func(m *dhcp4.Message) { m.Set(option.ClientIdentifier, []byte("other")) },
		"malformed: a lease time of three bytes":     func(m *dhcp4.Message) { m.Set(option.LeaseTime, []byte{0, 0, 1}) },
		"malformed: two server identifiers":          func(m *dhcp4.Message) { m.Add(option.ServerIdentifier, []byte{10, 0, 1, 2}) },
		"malformed: a message type of several bytes": func(m *dhcp4.Message) { m.Set(option.MessageType, []byte{2, 2}) },
		"malformed: an option cut short": func(m *dhcp4.Message) {
			m.Options = append(m.Options[:len(m.Options)-1], dhcp4.Option{Code: option.Router, Data: []byte{1}, Missing: 200})
		},
	}
	for name, spoil := range bad {
		why, _, _ := strings.Cut(name, ": ")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
				r := reply(m, dhcp4.Offer)
				spoil(r)
				return []*dhcp4.Message{r}
			})
			c := w.client(client4.Config{Timeout: 3 * time.Second})
			_, err := c.Discover(w.ctx, netip.Addr{})
			if err == nil || !strings.Contains(err.Error(), "; ignored: 1 "+why) || c.Stats().Ignored[why] != 1 {
				t.Error(err, c.Stats())
			}
		})
	}
}

// TestAll collects the offers of two servers that race.
func TestAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fake("R1", nil)
	other := netip.MustParseAddr("10.0.1.2")
	second := w.fake("h2", func(m *dhcp4.Message) []*dhcp4.Message {
		if m.Type() == dhcp4.Request && m.Addr(option.ServerIdentifier) != other { // as dnsmasq has it
			r := reply(m, dhcp4.Nak)
			r.SetAddr(option.ServerIdentifier, other)
			return []*dhcp4.Message{r}
		}
		list := good(m)
		for _, r := range list {
			r.SetAddr(option.ServerIdentifier, other)
			r.YIAddr = netip.MustParseAddr("10.0.1.200")
		}
		return list
	})
	c := w.client(client4.Config{})
	start := w.clock.Now()
	offers, err := c.DiscoverAll(w.ctx, netip.Addr{}, 3*time.Second)
	if err != nil || len(offers) != 2 || w.since(start) != 3*time.Second {
		t.Fatal(offers, err, w.since(start))
	}
	i := slices.IndexFunc(offers, func(m *dhcp4.Message) bool { return m.Addr(option.ServerIdentifier) == server })
	l, err := c.Request(w.ctx, offers[i])
	if err != nil || l.Terms().Server != server {
		t.Fatal(err)
	}
	if len(second.seen) != 2 {
		t.Error(second.types())
	}
	if _, err := c.DiscoverAll(w.ctx, netip.Addr{}, 3*time.Second); err != nil {
		t.Error(err)
	}
}

// TestVanish is a server that offers, and is silent from then on.
func TestVanish(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
		if m.Type() == dhcp4.Discover {
			return good(m)
		}
		return nil
	})
	c := w.client(client4.Config{Restarts: 1})
	_, err := c.Acquire(w.ctx)
	var silence *client4.Silence
	if !errors.As(err, &silence) || !strings.HasPrefix(err.Error(), "no answer of 10.0.1.1 to the request for 10.0.1.100 on eth0 within ") {
		t.Error(err)
	}
}

// TestNak is refused once, and begins anew.
func TestNak(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refused := false
	w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
		if m.Type() == dhcp4.Request && !refused {
			refused = true
			return []*dhcp4.Message{reply(m, dhcp4.Nak)}
		}
		return good(m)
	})
	c := w.client(client4.Config{})
	offer, err := c.Discover(w.ctx, netip.Addr{})
	if err != nil {
		t.Fatal(err)
	}
	var refusal *client4.Refusal
	if _, err := c.Request(w.ctx, offer); !errors.As(err, &refusal) || err.Error() != `10.0.1.1 refuses (nak): "not you"` {
		t.Error(err)
	}
	refused = false
	c = w.client(client4.Config{MAC: net.HardwareAddr{2, 0, 0, 0, 0, 77}, Restarts: 1})
	if _, err := c.Acquire(w.ctx); err != nil {
		t.Error(err)
	}
}

// TestDecline finds another host on the address, and tells the server.
func TestDecline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	taken := netip.MustParseAddr("10.0.1.2") // h2's
	s := w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
		list := good(m)
		for _, r := range list {
			r.YIAddr = taken
		}
		return list
	})
	c := w.client(client4.Config{ARPCheck: true, Restarts: 1})
	start := w.clock.Now()
	_, err := c.Acquire(w.ctx)
	var conflict *client4.Taken
	if !errors.As(err, &conflict) || w.since(start) < 10*time.Second {
		t.Error(err, w.since(start))
	}
	w.clock.Sleep(w.ctx, time.Second)
	if got := strings.Join(s.types(), " "); got != "discover request decline discover request decline" {
		t.Fatal(got)
	}
	m := s.seen[2]
	if m.Addr(option.RequestedAddress) != taken || m.Addr(option.ServerIdentifier) != server || !m.CIAddr.IsUnspecified() || m.Secs != 0 ||
		m.Flags != 0 || m.Has(option.ParameterRequestList) || m.Has(option.MaxMessageSize) || s.peers[2].Addr() != netip.IPv4Unspecified() {
		t.Errorf("%+v from %s", m, s.peers[2])
	}
}

// TestRenew asks the server, then every server, then gives the lease back.
func TestRenew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	c := w.client(client4.Config{})
	l, err := c.Acquire(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	first := l.Terms()
	w.clock.Sleep(w.ctx, 100*time.Second)
	if err := l.Renew(w.ctx); err != nil {
		t.Fatal(err)
	}
	if moved := l.Terms().Expires.Sub(first.Expires); moved < 100*time.Second || moved > 101*time.Second {
		t.Errorf("moved by %v", moved)
	}
	if err := l.Rebind(w.ctx); err != nil {
		t.Fatal(err)
	}
	if err := l.Release(w.ctx, "done"); err != nil {
		t.Fatal(err)
	}
	w.clock.Sleep(w.ctx, time.Second)
	if got := strings.Join(s.types(), " "); got != "discover request request request release" {
		t.Fatal(got)
	}
	for i, m := range s.seen[2:] {
		request := i < 2
		if m.CIAddr != address || m.Has(option.RequestedAddress) || m.Has(option.ServerIdentifier) == request || s.peers[i+2].Addr() != address {
			t.Errorf("%+v from %s", m, s.peers[i+2])
		}
	}
	var to []string
	for _, x := range c.Exchanged() {
		if x.Out {
			to = append(to, x.Dst.Addr().String())
		}
	}
	if got := strings.Join(to, " "); got != "255.255.255.255 255.255.255.255 10.0.1.1 255.255.255.255 10.0.1.1" {
		t.Error(got)
	}
	var over *client4.Over
	if err := l.Renew(w.ctx); !errors.As(err, &over) || l.Terms().State != "released" || c.State() != client4.Init {
		t.Error(err)
	}
}

// TestReboot asks for an address from before; from silence it goes on with an old lease.
func TestReboot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	c := w.client(client4.Config{})
	l, err := c.Reboot(w.ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	m := s.seen[0]
	if m.Addr(option.RequestedAddress) != address || m.Has(option.ServerIdentifier) || !m.CIAddr.IsUnspecified() {
		t.Errorf("%+v", m)
	}
	s.conn.Close()
	resumed, confirmed, err := c.Resume(w.ctx, l)
	if err != nil || confirmed || resumed.Terms().Address != address || c.State() != client4.Bound {
		t.Fatal(confirmed, err)
	}
	w.clock.Sleep(w.ctx, 700*time.Second)
	var silence *client4.Silence
	if _, _, err := c.Resume(w.ctx, resumed); !errors.As(err, &silence) {
		t.Error(err)
	}
}

// TestInform asks for parameters for an address that only the station has.
func TestInform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", nil)
	c := w.client(client4.Config{})
	mine := netip.MustParseAddr("10.0.1.77")
	for _, to := range []netip.Addr{{}, server} {
		m, err := c.Inform(w.ctx, mine, to)
		if err != nil || m.Text(option.DomainName) != "lab.test" {
			t.Fatal(m, err)
		}
	}
	for _, m := range s.seen {
		if m.CIAddr != mine || m.Has(option.LeaseTime) || m.Has(option.RequestedAddress) {
			t.Errorf("%+v", m)
		}
	}
}

// TestDown names what happened when the interface goes down.
func TestDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h1, _ := w.Network("h1")
	c := w.client(client4.Config{})
	w.after(2*time.Second, func() { h1.Config().SetUp("eth0", false) })
	_, err := c.Discover(w.ctx, netip.Addr{})
	var down *station.Down
	if !errors.As(err, &down) || err.Error() != "eth0: the interface went down" {
		t.Error(err)
	}
	if _, err := c.Discover(w.ctx, netip.Addr{}); !errors.As(err, &down) {
		t.Error(err)
	}
}

// TestRapid takes an acknowledgement for a discover (RFC 4039).
func TestRapid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
		r := reply(m, dhcp4.Ack)
		r.Set(option.RapidCommit, []byte{})
		return []*dhcp4.Message{r}
	})
	c := w.client(client4.Config{RapidCommit: true})
	if _, err := c.Acquire(w.ctx); err != nil || len(s.seen) != 1 || !s.seen[0].Has(option.RapidCommit) {
		t.Error(err, s.types())
	}
}

// TestIPv6Only does as a server says that would rather have clients without IPv4, if it was asked (RFC 8925).
func TestIPv6Only(t *testing.T) {
	t.Parallel()
	for _, asks := range []bool{true, false} {
		w := newWorld(t)
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			list := good(m)
			for _, r := range list {
				r.SetUint32(option.IPv6OnlyPreferred, 1800)
			}
			return list
		})
		config := client4.Config{}
		if asks {
			config.Request = []uint8{option.SubnetMask, option.IPv6OnlyPreferred}
		}
		_, err := w.client(config).Acquire(w.ctx)
		var only *client4.IPv6Only
		if asks != errors.As(err, &only) || asks && only.Wait != 30*time.Minute || !asks && err != nil {
			t.Error(err)
		}
	}
}

// TestSame holds that the same seed gives the same bytes at the same times.
func TestSame(t *testing.T) {
	t.Parallel()
	var first []client4.Exchange
	for range 2 {
		w := newWorld(t)
		n := 0
		w.fake("R1", func(m *dhcp4.Message) []*dhcp4.Message {
			if n++; n%3 != 0 { // most go unanswered
				return nil
			}
			return good(m)
		})
		l, err := w.client(client4.Config{ARPCheck: true}).Acquire(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		lives(w, l)
		log := l.Client().Exchanged()
		if first == nil {
			first = log
		}
		if !slices.EqualFunc(first, log, func(a, b client4.Exchange) bool { return a.Time.Equal(b.Time) && bytes.Equal(a.Payload, b.Payload) }) {
			t.Errorf("%d messages, then %d others", len(first), len(log))
		}
	}
	if len(first) < 20 {
		t.Errorf("only %d messages", len(first))
	}
}
