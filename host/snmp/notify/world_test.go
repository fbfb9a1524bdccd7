package notify_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

var (
	ctx      = context.Background()
	loopback = netip.MustParseAddr("127.0.0.1")
	linkDown = notify.Notification{Trap: oid.MustParse("1.3.6.1.6.3.1.1.5.3"), Uptime: 4711,
		Vars: []message.Var{{Name: oid.MustParse("1.3.6.1.2.1.2.2.1.1.2"), Value: message.Integer(2)}}}
)

// people are users of each level.
func people() map[string]*usm.User {
	const a, p = "authpass12", "privpass12"
	return map[string]*usm.User{
		"open":   {Name: "open"},
		"signed": {Name: "signed", Auth: usm.SHA, AuthPassword: a},
		"sealed": {Name: "sealed", Auth: usm.SHA256, AuthPassword: a, Priv: usm.AES256, PrivPassword: p},
		"old":    {Name: "old", Auth: usm.MD5, AuthPassword: a, Priv: usm.DES, PrivPassword: p},
	}
}

// listen makes a listener on loopback that knows all people.
func listen(t *testing.T, change func(*notify.Config)) *notify.Listener {
	t.Helper()
	c := notify.Config{Addresses: []netip.Addr{loopback}, UDP: true, TCP: true, AnyCommunity: true,
		Engine: usm.NewEngine(usm.NewEngineID("receiver"), 3, network.ClockFrom(ctx).Now())}
	for _, u := range people() {
		c.Users = append(c.Users, notify.User{User: u})
	}
	if change != nil {
		change(&c)
	}
	l, err := notify.Listen(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// next is the next event; nil when there is none for a moment.
func next(t *testing.T, l *notify.Listener, patience time.Duration) *notify.Event {
	t.Helper()
	e, err := l.Next(ctx, l.Now().Add(patience))
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	return e
}

const (
	long  = time.Minute
	short = 50 * time.Millisecond
)

// refusals are what was refused, by reason.
func refusals(l *notify.Listener) string { return fmt.Sprint(l.Counts().Refused) }

// TestTraps sends traps in all versions and ways, with an engine that the receiver never heard of.
func TestTraps(t *testing.T) {
	t.Parallel()
	l := listen(t, nil)
	sender := usm.NewEngine(usm.NewEngineID("sender"), 7, network.ClockFrom(ctx).Now())
	for _, transport := range []string{"udp", "tcp"} {
		targets := []notify.Target{{Version: message.V1, Agent: netip.MustParseAddr("192.0.2.7")}, {Version: message.V2c}}
		for _, u := range people() {
			targets = append(targets, notify.Target{Version: message.V3, User: u, Engine: sender, Context: "ctx"})
		}
		for _, to := range targets {
			to.To, to.Network, to.Community = l.Addresses()[0], transport, []byte("public")
			if _, err := notify.Send(ctx, to, linkDown); err != nil {
				t.Fatal(err)
			}
			e := next(t, l, long)
			if e == nil {
				t.Fatalf("version %s: no trap came; %s", to.Version, refusals(l))
			}
			if e.Kind() != "trap" || e.Version() != to.Version || !e.Trap.Equal(linkDown.Trap) || e.Uptime != 4711 || e.Problems != nil ||
				e.Source.Addr() != loopback || e.Local != to.To || e.Stream != (transport == "tcp") || !e.Vars[0].Value.Equal(linkDown.Vars[0].Value) {
				t.Errorf("version %s: %+v", to.Version, e)
			}
			if want := map[bool]string{true: "192.0.2.7", false: "127.0.0.1"}[to.Version == message.V1]; e.Agent().String() != want {
				t.Errorf("version %s is about %s, want %s", to.Version, e.Agent(), want)
			}
			if s := e.Message.V3; s != nil && (s.Security.User != to.User.Name || string(s.Security.EngineID) != string(sender.ID()) ||
				s.Context != "ctx" || e.Level != to.User.Level()) {
				t.Errorf("%+v", s)
			}
		}
	}
	if c := l.Counts(); c.Received != 12 || c.Traps["3"] != 8 || len(c.Refused) != 0 {
		t.Errorf("%+v", c)
	}
}

// TestCountedWhenTaken asks for the counts as soon as an event is there.
func TestCountedWhenTaken(t *testing.T) {
	l := listen(t, nil)
	for n := range uint64(200) {
		if _, err := notify.Send(ctx, notify.Target{Version: message.V2c, To: l.Addresses()[0], Network: "udp", Community: []byte("public")}, linkDown); err != nil {
			t.Fatal(err)
		}
		if e := next(t, l, long); e == nil || l.Counts().Traps["2c"] != n+1 {
			t.Fatalf("trap %d: %v, %+v", n+1, e, l.Counts())
		}
	}
}

// session is one with the receiver.
func session(t *testing.T, l *notify.Listener, o manager.Options) *manager.Session {
	t.Helper()
	o.Addr, o.Timeout, o.Retries = l.Addresses()[0].String(), cmp.Or(o.Timeout, 500*time.Millisecond), cmp.Or(o.Retries, 60)
	s, err := manager.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestInforms(t *testing.T) {
	t.Parallel()
	l := listen(t, nil)
	options := []manager.Options{{Version: message.V2c, Community: []byte("public")}}
	for _, u := range people() {
		options = append(options, manager.Options{Version: message.V3, User: u})
	}
	for _, transport := range []string{"udp", "tcp"} {
		for _, o := range options {
			o.Network = transport
			r, err := notify.Inform(ctx, session(t, l, o), linkDown)
			if err != nil || r.Sendings != 1 {
				t.Fatalf("version %s: %+v, %v; %s", o.Version, r, err, refusals(l))
			}
			if e := next(t, l, long); e == nil || e.Kind() != "inform" || e.Repeated || !e.Trap.Equal(linkDown.Trap) {
				t.Errorf("version %s: %+v", o.Version, e)
			}
		}
	}
	if c := l.Counts(); c.Informs["2c"] != 2 || c.Informs["3"] != 8 || c.Answered != 10 || c.Discoveries == 0 || len(c.Refused) != 0 {
		t.Errorf("%+v", c)
	}
	if _, err := notify.Inform(ctx, session(t, l, manager.Options{Version: message.V1}), linkDown); err == nil {
		t.Error("version 1 has sent an inform")
	}
}

// TestLostAnswer withholds answers: the sender sends again, and there is one event.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for _, o := range []manager.Options{{Version: message.V2c, Community: []byte("public")}, {Version: message.V3, User: people()["sealed"]}} {
		l := listen(t, func(c *notify.Config) { c.Repeated = true })
		l.Withhold(1)
		o.Timeout = 3 * time.Second
		r, err := notify.Inform(ctx, session(t, l, o), linkDown)
		if err != nil || r.Sendings != 2 || r.Time < o.Timeout {
			t.Fatalf("%+v, %v", r, err)
		}
		if a, b := next(t, l, long), next(t, l, long); a.Repeated || !b.Repeated {
			t.Errorf("%v, %v", a.Repeated, b.Repeated)
		}
		if c := l.Counts(); c.Withheld != 1 || c.Answered != 1 || c.Repeated != 1 {
			t.Errorf("%+v", c)
		}
		l.Withhold(0)
		// The same inform by a sender that starts anew, with another request id or port, is another event.
		if _, err := notify.Inform(ctx, session(t, l, o), linkDown); err != nil || next(t, l, long).Repeated {
			t.Error("another inform is a repetition", err)
		}
	}
	l := listen(t, nil)
	l.Withhold(10)
	_, err := notify.Inform(ctx, session(t, l, manager.Options{Version: message.V2c, Retries: 2}), linkDown)
	var silent interface{ Kind() string }
	if !errors.As(err, &silent) || silent.Kind() != "timeout" {
		t.Errorf("an inform that is never confirmed: %v", err)
	}
}

// TestRefused sends what must not be told, and wants to know why.
func TestRefused(t *testing.T) {
	t.Parallel()
	l := listen(t, func(c *notify.Config) {
		c.AnyCommunity, c.Communities = false, []string{"public"}
		for i := range c.Users {
			if c.Users[i].Name == "sealed" {
				c.Users[i].Least = usm.AuthPriv
			}
		}
	})
	at := l.Addresses()[0]
	engine := usm.NewEngine(usm.NewEngineID("sender"), 7, l.Now())
	trap := func(change func(to *notify.Target)) func() error {
		to := notify.Target{To: at, Network: "udp", Version: message.V3, Engine: engine, User: people()["signed"]}
		change(&to)
		return func() error { _, err := notify.Send(ctx, to, linkDown); return err }
	}
	person := func(name string, change func(u *usm.User)) func(*notify.Target) {
		return func(to *notify.Target) {
			u := *people()[name]
			change(&u)
			to.User = &u
		}
	}
	bytes := func(s string) func() error {
		return func() error {
			c, err := net.Dial("udp4", at.String())
			if err == nil {
				_, err = c.Write([]byte(s))
				c.Close()
			}
			return err
		}
	}
	for _, tt := range []struct {
		send           func() error
		reason, detail string
	}{
		{trap(func(to *notify.Target) { to.Version, to.Community = message.V2c, []byte("secret") }), "community", `community "secret" isn't listed`},
		{trap(person("signed", func(u *usm.User) { u.Name = "nobody" })), "unknown_user", `no user "nobody" (there are: `},
		{trap(person("signed", func(u *usm.User) { u.AuthPassword = "wrongpass12" })), "wrong_digest", "password"},
		{trap(person("signed", func(u *usm.User) { u.Auth = usm.SHA512 })), "wrong_digest", "it has 48 bytes, SHA has 12"},
		{trap(person("sealed", func(u *usm.User) { u.PrivPassword = "wrongpass12" })), "decryption", "the privacy password or the cipher is wrong"},
		{trap(person("sealed", func(u *usm.User) { u.Priv = usm.NoPriv })), "security_level", `user "sealed" sends with authNoPriv, authPriv is asked for`},
		{trap(person("signed", func(u *usm.User) { u.Priv, u.PrivPassword = usm.AES, "privpass12" })), "security_level", `user "signed" sends with authPriv and is listed with passwords for authNoPriv`},
		{bytes("not a message"), "malformed", ""},
		{bytes("\x30\x0c\x02\x01\x02\x04\x01p\xa7\x04\x02\x02\x00\x01"), "unsupported", "version 2 of SNMP"},
		{func() error {
			s := session(t, l, manager.Options{Version: message.V2c, Community: []byte("public"), Retries: 2})
			if _, err := s.Get(ctx, notify.SysUpTime); err == nil {
				return errors.New("a question was answered")
			}
			return nil
		}, "not_notification", "a question (get) is no notification"},
	} {
		before := l.Counts().Refused[tt.reason]
		if err := tt.send(); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(long)
		for l.Counts().Refused[tt.reason] == before && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
		list := l.Refused()
		if len(list) == 0 || l.Counts().Refused[tt.reason] == before {
			t.Errorf("%s: not counted: %s", tt.reason, refusals(l))
			continue
		}
		e := list[len(list)-1]
		if e.Kind() != "refused" || e.Refused.Reason != tt.reason || !strings.Contains(e.Refused.String(), tt.detail) {
			t.Errorf("%s: %+v, want %s: %s", tt.reason, e.Refused, tt.reason, tt.detail)
		}
	}
	if e := next(t, l, short); e != nil {
		t.Errorf("something was told: %+v", e)
	}
}

// TestWindow sends as an engine that has forgotten its boots, and one that is late.
func TestWindow(t *testing.T) {
	t.Parallel()
	l := listen(t, nil)
	engine := usm.NewEngine(usm.NewEngineID("sender"), 7, l.Now().Add(-1000*time.Second))
	to := notify.Target{To: l.Addresses()[0], Network: "udp", Version: message.V3, Engine: engine, User: people()["signed"]}
	send := func(patience time.Duration) *notify.Event {
		t.Helper()
		if _, err := notify.Send(ctx, to, linkDown); err != nil {
			t.Fatal(err)
		}
		return next(t, l, patience)
	}
	if send(long) == nil {
		t.Fatal("the first trap was refused", refusals(l))
	}
	engine.Set(7, 500, l.Now())
	if send(4*short) != nil {
		t.Error("a trap of 500 s ago was taken")
	}
	engine.Set(6, 2000, l.Now())
	if send(4*short) != nil {
		t.Error("a trap of before the last boot was taken")
	}
	engine.Boot(l.Now())
	engine.Boot(l.Now())
	if send(long) == nil {
		t.Error("a trap after a boot was refused", refusals(l))
	}
	if refusals(l) != "map[not_in_window:2]" || !strings.Contains(l.Refused()[0].Refused.Detail, "two that share engine") {
		t.Errorf("%s: %s", refusals(l), l.Refused()[0].Refused)
	}
}

// TestFlood sends more than there is room for: what is lost is counted, and no inform that was lost is confirmed.
func TestFlood(t *testing.T) {
	t.Parallel()
	l := listen(t, func(c *notify.Config) { c.TCP = true })
	const many = 5000
	c, err := net.Dial("tcp4", l.Addresses()[0].String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	m := message.Message{Version: message.V2c, PDU: &message.PDU{Type: message.TrapV2, Vars: linkDown.Bindings()}}
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for range many {
		if _, err := c.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(long); l.Counts().Received < many && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	counts := l.Counts()
	if counts.Received != many || counts.Lost == 0 || counts.Traps["2c"]+counts.Lost != many {
		t.Errorf("%+v", counts)
	}
	if _, err := notify.Inform(ctx, session(t, l, manager.Options{Version: message.V2c, Retries: 2}), linkDown); err == nil {
		t.Error("an inform that nobody will see was confirmed")
	}
	for range counts.Traps["2c"] {
		next(t, l, long)
	}
	if _, err := notify.Inform(ctx, session(t, l, manager.Options{Version: message.V2c}), linkDown); err != nil {
		t.Error(err)
	}
	if e := next(t, l, long); e == nil || e.Repeated {
		t.Errorf("%+v", e)
	}
}
