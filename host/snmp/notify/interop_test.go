//go:build interop && unix

package notify_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
	"moonwire/host/snmp/usm"
)

// user is one of snmptest's as we know users.
func user(t *testing.T, u snmptest.User) *usm.User {
	t.Helper()
	x := &usm.User{Name: u.Name, AuthPassword: u.AuthPassword, PrivPassword: u.PrivPassword}
	var ok bool
	if x.Auth, ok = usm.ParseAuth(u.Auth); !ok && u.Auth != "" {
		t.Fatalf("digest %s", u.Auth)
	}
	if x.Priv, ok = usm.ParsePriv(u.Priv); !ok && u.Priv != "" {
		t.Fatalf("cipher %s", u.Priv)
	}
	return x
}

// receiver listens for all of snmptest's users.
func receiver(t *testing.T, change func(*notify.Config)) *notify.Listener {
	t.Helper()
	return listen(t, func(c *notify.Config) {
		c.Users = nil
		for _, u := range snmptest.Users {
			c.Users = append(c.Users, notify.User{User: user(t, u)})
		}
		if change != nil {
			change(c)
		}
	})
}

const link = ".1.3.6.1.6.3.1.1.5.3"

var variable = []string{".1.3.6.1.2.1.2.2.1.1.7", "i", "7"}

// is wants the next event to be a notification with our variable.
func is(t *testing.T, l *notify.Listener, kind, version, trap, agent string) *notify.Event {
	t.Helper()
	e := next(t, l, long)
	if e == nil {
		t.Fatalf("no %s of version %s came; refused: %v", kind, version, l.Counts().Refused)
	}
	if e.Kind() != kind || e.Version().String() != version || e.Trap.String() != strings.TrimPrefix(trap, ".") || e.Agent().String() != agent ||
		e.Problems != nil || e.Vars[0].String() != "1.3.6.1.2.1.2.2.1.1.7 = 7" {
		t.Errorf("%s of version %s: %s %s about %s: %v, %q", kind, version, e.Kind(), e.Trap, e.Agent(), e.Vars, e.Problems)
	}
	return e
}

// TestSnmptrap takes what net-snmp's commands send.
func TestSnmptrap(t *testing.T) {
	t.Parallel()
	l := receiver(t, nil)
	at := l.Addresses()[0].String()
	for _, to := range []string{at, "tcp:" + at} {
		for _, v1 := range []struct{ enterprise, generic, specific, trap string }{
			{".1.3.6.1.4.1.8072.9999", "2", "0", link},
			{".1.3.6.1.4.1.8072.9999", "6", "17", ".1.3.6.1.4.1.8072.9999.0.17"},
		} {
			snmptest.Run(t, "snmptrap", append([]string{"-v1", "-c", "public", to, v1.enterprise, "192.0.2.1", v1.generic, v1.specific, "100"}, variable...)...)
			e := is(t, l, "trap", "1", v1.trap, "192.0.2.1")
			if e.Uptime != 100 || e.Enterprise().String() != v1.enterprise[1:] || e.Stream != (to != at) {
				t.Errorf("%+v", e)
			}
		}
		for _, command := range []string{"snmptrap", "snmpinform"} {
			snmptest.Run(t, command, append([]string{"-v2c", "-c", "public", to, "100", link}, variable...)...)
			is(t, l, command[4:], "2c", link, "127.0.0.1")
		}
	}
	for i, u := range snmptest.Users {
		engine := fmt.Sprintf("0x80000000010203%02x", i)
		snmptest.Run(t, "snmptrap", append(append(u.Args(), "-e", engine, "-n", "ctx", at, "100", link), variable...)...)
		e := is(t, l, "trap", "3", link, "127.0.0.1")
		if s := e.Message.V3; s.Security.User != u.Name || s.Context != "ctx" || "0x"+usm.EngineID(s.Security.EngineID).String() != engine ||
			e.Level.String() != u.Level() || e.Uptime != 100 {
			t.Errorf("%s: %+v", u.Name, s)
		}
		snmptest.Run(t, "snmpinform", append(append(u.Args(), at, "100", link), variable...)...)
		is(t, l, "inform", "3", link, "127.0.0.1")
	}
	if c := l.Counts(); len(c.Refused) != 0 || c.Lost != 0 || c.Repeated != 0 {
		t.Errorf("%+v", c)
	}
}

// TestSnmptrapRefused has net-snmp's commands send with wrong names and passwords: they are told why, and so are we.
func TestSnmptrapRefused(t *testing.T) {
	t.Parallel()
	l := receiver(t, func(c *notify.Config) { c.AnyCommunity, c.Communities = false, []string{"public"} })
	at := l.Addresses()[0].String()
	u := snmptest.FindUser("sha-256+aes")
	as := func(change func(u *snmptest.User)) []string {
		x := u
		change(&x)
		return append(x.Args(), "-r", "0", "-t", "1")
	}
	for _, tt := range []struct {
		command string
		args    []string
		reason  string
		says    string // of what the command prints; of an inform, since a trap isn't answered
	}{
		{"snmptrap", []string{"-v2c", "-c", "secret"}, "community", ""},
		{"snmpinform", []string{"-v2c", "-c", "secret", "-r", "0", "-t", "1"}, "community", "Timeout"},
		{"snmptrap", append(as(func(u *snmptest.User) { u.AuthPassword = "wrongpass12" }), "-e", "0x8000000001020309"), "wrong_digest", ""},
		{"snmpinform", as(func(u *snmptest.User) { u.AuthPassword = "wrongpass12" }), "wrong_digest", "Authentication failure"},
		{"snmpinform", as(func(u *snmptest.User) { u.Name = "nobody" }), "unknown_user", "Unknown user name"},
		{"snmpinform", as(func(u *snmptest.User) { u.Name, u.Priv = "noauth", "" }), "security_level", "nsupported security level"},
		{"snmpinform", as(func(u *snmptest.User) { u.PrivPassword = "wrongpass12" }), "decryption", "ecryption error"},
		{"snmptrap", append(as(func(u *snmptest.User) { u.PrivPassword = "wrongpass12" }), "-e", "0x8000000001020309"), "decryption", ""},
	} {
		text, code := snmptest.Try(t, tt.command, append(append(tt.args, at, "100", link), variable...)...)
		if (code != 0) != (tt.command == "snmpinform") || !strings.Contains(text, tt.says) {
			t.Errorf("%s %v: exit code %d: %s", tt.command, tt.args, code, text)
		}
		for deadline := time.Now().Add(long); l.Counts().Refused[tt.reason] == 0; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s %v: not refused for %s: %v", tt.command, tt.args, tt.reason, l.Counts().Refused)
			}
		}
	}
	if e := next(t, l, short); e != nil {
		t.Errorf("something was told: %+v", e)
	}
}

// TestPysnmp takes what pysnmp sends.
func TestPysnmp(t *testing.T) {
	t.Parallel()
	l := receiver(t, nil)
	const script = `
import sys
from pysnmp.hlapi import *
to = UdpTransportTarget(("127.0.0.1", int(sys.argv[1])), timeout=5, retries=0)
def send(kind, auth, engine):
    values = NotificationType(ObjectIdentity("1.3.6.1.6.3.1.1.5.3")).addVarBinds(("1.3.6.1.2.1.2.2.1.1.7", Integer(7)))
    error, status, _, _ = next(sendNotification(engine, auth, to, ContextData(), kind, values))
    print(kind, error, int(status or 0))
def user(name, auth, priv):
    return UsmUserData(name, "authpass12", "privpass12", auth, priv)
fixed = lambda n: SnmpEngine(OctetString(hexValue="80000000010208%02x" % n))
send("trap", CommunityData("public", mpModel=0), SnmpEngine())
send("trap", CommunityData("public"), SnmpEngine())
send("inform", CommunityData("public"), SnmpEngine())
for n, u in enumerate((user("sha+aes", usmHMACSHAAuthProtocol, usmAesCfb128Protocol), user("md5+des", usmHMACMD5AuthProtocol, usmDESPrivProtocol),
    user("sha-256+aes-256", usmHMAC192SHA256AuthProtocol, usmAesBlumenthalCfb256Protocol))):
    send("trap", u, fixed(n))
    send("inform", u, SnmpEngine())
`
	text := snmptest.Pysnmp(t, script, fmt.Sprint(l.Addresses()[0].Port()))
	if want := 9; strings.Count(text, "None 0") != want {
		t.Fatalf("%d of %d were sent:\n%s", strings.Count(text, "None 0"), want, text)
	}
	for _, kind := range []string{"trap 1", "trap 2c", "inform 2c", "trap 3", "inform 3", "trap 3", "inform 3", "trap 3", "inform 3"} {
		what, version, _ := strings.Cut(kind, " ")
		is(t, l, what, version, link, "127.0.0.1")
	}
	if c := l.Counts(); len(c.Refused) != 0 || c.Repeated != 0 {
		t.Errorf("%+v", c)
	}
}

// TestSnmptrapd sends to net-snmp's receiver, which tells what it got.
func TestSnmptrapd(t *testing.T) {
	t.Parallel()
	const engine = "8000000001020304"
	lines := []string{}
	for _, u := range snmptest.Users {
		line := "createUser -e 0x" + engine + " trap-" + u.Name
		if u.Auth != "" {
			line += fmt.Sprintf(" %s %q", u.Auth, u.AuthPassword)
		}
		if u.Priv != "" {
			line += fmt.Sprintf(" %s %q", u.Priv, u.PrivPassword)
		}
		level := map[string]string{"noAuthNoPriv": "noauth", "authNoPriv": "auth", "authPriv": "priv"}[u.Level()]
		lines = append(lines, line, "authUser log trap-"+u.Name+" "+level)
	}
	d := snmptest.Snmptrapd(t, snmptest.Users, lines...)
	n := notify.Notification{Trap: oid.MustParse(link[1:]), Uptime: 100,
		Vars: []message.Var{{Name: oid.MustParse(variable[0][1:]), Value: message.Integer(7)}}}
	id, err := usm.ParseEngineID(engine)
	if err != nil {
		t.Fatal(err)
	}
	own := usm.NewEngine(id, 5, time.Now())
	send := func(to notify.Target, n notify.Notification, want string) {
		t.Helper()
		var err error
		if to.To, err = manager.Resolve(ctx, "udp", d.Addr); err != nil {
			t.Fatal(err)
		}
		to.Community = []byte("public")
		if _, err := notify.Send(ctx, to, n); err != nil {
			t.Fatal(err)
		}
		d.Expect(t, want)
	}
	const values = ".1.3.6.1.2.1.2.2.1.1.7 = INTEGER: 7"
	for _, network := range []string{"udp", "tcp"} {
		send(notify.Target{Network: network, Version: message.V1, Agent: loopback}, n, "TRAP1 .1.3.6.1.6.3.1.1.5 2 0 127.0.0.1 | "+values)
		other := n
		other.Trap = oid.MustParse("1.3.6.1.4.1.8072.9999.0.17")
		send(notify.Target{Network: network, Version: message.V1, Agent: loopback}, other, "TRAP1 .1.3.6.1.4.1.8072.9999 6 .17 127.0.0.1 | "+values)
		send(notify.Target{Network: network, Version: message.V2c}, n, "TRAP2")
	}
	for _, u := range snmptest.Users {
		x := user(t, u)
		x.Name = "trap-" + u.Name
		send(notify.Target{Network: "udp", Version: message.V3, User: x, Engine: own}, n, "user trap-"+u.Name+",")
	}
	for _, o := range append([]manager.Options{{Version: message.V2c, Community: []byte("public")}}, informers(t)...) {
		o.Addr, o.Timeout = d.Addr, 5*time.Second
		s, err := manager.Open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := notify.Inform(ctx, s, n); err != nil || r.Sendings != 1 {
			t.Errorf("%+v: %+v, %v", o, r, err)
		}
		s.Close()
	}
	s, err := manager.Open(ctx, manager.Options{Addr: d.Addr, Version: message.V3, Timeout: time.Second, Retries: -1,
		User: &usm.User{Name: "sha", Auth: usm.SHA, AuthPassword: "wrongpass12"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var kind interface{ Kind() string }
	if _, err := notify.Inform(ctx, s, n); !errors.As(err, &kind) || kind.Kind() != "wrong_digest" {
		t.Errorf("a wrong password: %v", err)
	}
}

// informers are sessions' options for each of snmptest's users.
func informers(t *testing.T) (list []manager.Options) {
	for _, u := range snmptest.Users {
		list = append(list, manager.Options{Version: message.V3, User: user(t, u)})
	}
	return list
}
