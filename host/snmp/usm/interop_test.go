//go:build interop && unix

package usm

import (
	"net"
	"strings"
	"testing"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

var sysServices = oid.MustParse("1.3.6.1.2.1.1.7.0")

// A client asks one agent over UDP, as simply as can be.
type client struct {
	conn   net.Conn
	engine []byte
	remote Remote
	salts  *Salts
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, err := net.Dial("udp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	c := &client{conn: conn, salts: NewSalts(1)}
	m := c.exchange(t, message.Reportable, &User{}, message.Get)
	if s, ok := StatisticOf(m.PDU.Vars[0].Name); !ok || s != UnknownEngineIDs {
		t.Fatalf("discovery is answered by %+v", m.PDU)
	}
	c.engine = m.V3.Security.EngineID
	if err := EngineID(c.engine).Check(); err != nil {
		t.Fatal(err)
	}
	c.remote.Set(m.V3.Security.Boots, m.V3.Security.Time, time.Now())
	return c
}

// exchange asks for sysServices and gives the answer, which it opens when it is not a report.
func (c *client) exchange(t *testing.T, flags message.Flags, u *User, typ message.PDUType) *message.Message {
	t.Helper()
	k, err := u.Localize(c.engine)
	if err != nil {
		t.Fatal(err)
	}
	boots, seconds, _ := c.remote.Now(time.Now())
	m := &message.Message{Version: message.V3, V3: &message.Secure{ID: 9, MaxSize: 65507, Flags: flags, Model: message.ModelUSM,
		Security: message.Security{EngineID: c.engine, Boots: boots, Time: seconds, User: u.Name}, ContextEngine: c.engine},
		PDU: &message.PDU{Type: typ, RequestID: 7, Vars: message.Ask(sysServices)}}
	b, err := Seal(m, k, c.salts.Next())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.conn.Write(b); err != nil {
		t.Fatal(err)
	}
	room := make([]byte, 65536)
	c.conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	n, err := c.conn.Read(room)
	if err != nil {
		t.Fatalf("%s: %v", u.Name, err)
	}
	answer, err := message.Decode(room[:n])
	if err != nil {
		t.Fatal(err)
	}
	if answer.PDU == nil || answer.PDU.Type != message.Report {
		if err := Verify(answer, k, func(b, s int32) error { return c.remote.Check(b, s, time.Now()) }); err != nil {
			t.Fatalf("%s: %v", u.Name, err)
		}
	}
	return answer
}

// ofPeer is a user of snmptest's in our words.
func ofPeer(t *testing.T, p snmptest.User) *User {
	t.Helper()
	u := &User{Name: p.Name, AuthPassword: p.AuthPassword, PrivPassword: p.PrivPassword}
	var ok bool
	if p.Auth != "" {
		if u.Auth, ok = ParseAuth(p.Auth); !ok {
			t.Fatalf("auth %s", p.Auth)
		}
	}
	if p.Priv != "" {
		if u.Priv, ok = ParsePriv(p.Priv); !ok {
			t.Fatalf("priv %s", p.Priv)
		}
	}
	return u
}

// reederUsers are those whose keys are Cisco's.
func reederUsers() (users []snmptest.User) {
	for _, auth := range []string{"MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"} {
		for _, priv := range []string{"AES-192-C", "AES-256-C"} {
			users = append(users, snmptest.User{Name: strings.ToLower(auth + priv), Auth: auth, AuthPassword: "authpass12", Priv: priv, PrivPassword: "privpass12"})
		}
	}
	return users
}

// TestSnmpd gets a variable of net-snmp's agent as each user that it can have.
func TestSnmpd(t *testing.T) {
	t.Parallel()
	users := append(reederUsers(), snmptest.Users...)
	agent := snmptest.SnmpdOf(t, users, "sysServices 72")
	c := dial(t, agent.Addr)
	for _, p := range users {
		u := ofPeer(t, p)
		m := c.exchange(t, u.Level().Flags()|message.Reportable, u, message.Get)
		if m.PDU.Type != message.Response || m.PDU.Vars[0].Value.Int() != 72 {
			t.Errorf("%s: %+v", p.Name, m.PDU)
		}
	}
}

// TestSnmpdRefuses compares what net-snmp's agent says of faults with what an engine of ours says.
func TestSnmpdRefuses(t *testing.T) {
	t.Parallel()
	sha := snmptest.FindUser("sha")
	agent := snmptest.SnmpdOf(t, []snmptest.User{sha, snmptest.FindUser("sha+aes")})
	for name, tt := range map[string]struct {
		change func(c *client, u *User)
		want   Statistic
	}{
		"engine": {func(c *client, _ *User) { c.engine = []byte("another engine") }, UnknownEngineIDs},
		"user":   {func(_ *client, u *User) { u.Name = "nobody" }, UnknownUserNames},
		"level":  {func(_ *client, u *User) { u.Priv, u.PrivPassword = AES, "privpass12" }, UnsupportedSecLevels},
		"digest": {func(_ *client, u *User) { u.AuthPassword = "inauthentic" }, WrongDigests},
		"boots":  {func(c *client, _ *User) { c.remote.Set(77, 0, time.Now()) }, NotInTimeWindows},
		"time":   {func(c *client, _ *User) { c.remote.Set(1, 10000, time.Now()) }, NotInTimeWindows},
	} {
		c, u := dial(t, agent.Addr), ofPeer(t, sha)
		tt.change(c, u)
		m := c.exchange(t, u.Level().Flags()|message.Reportable, u, message.Get)
		if m.PDU.Type != message.Report {
			t.Errorf("%s: no report but %+v", name, m.PDU)
		} else if s, ok := StatisticOf(m.PDU.Vars[0].Name); !ok || s != tt.want {
			t.Errorf("%s: %v, want %v", name, m.PDU.Vars[0], tt.want)
		}
	}
}
