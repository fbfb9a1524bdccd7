package manager_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// The users of the agents in these tests.
var (
	signed  = usm.User{Name: "signed", Auth: usm.SHA256, AuthPassword: "authentic"}
	strong  = usm.User{Name: "strong", Auth: usm.SHA, AuthPassword: "authentic", Priv: usm.AES256, PrivPassword: "private!"}
	unknown = usm.User{Name: "unknown"}
)

// newAgent is an agent of ours with two users.
func newAgent(t *testing.T, faults ...agent.Fault) *agent.Agent {
	t.Helper()
	tree := agent.NewTree(nil)
	if err := tree.Set(sample(3)...); err != nil {
		t.Fatal(err)
	}
	a, err := agent.New(t.Context(), agent.Options{Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, UDP: true, Trees: map[string]*agent.Tree{"": tree},
		Users: []agent.User{{User: &signed, Rules: []agent.Rule{agent.ReadOnly}}, {User: &strong, Rules: []agent.Rule{{Prefix: true, Level: usm.AuthPriv, Read: agent.Everything}}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	a.SetFaults(faults...)
	return a
}

// as opens a session of a user.
func as(t *testing.T, a *agent.Agent, u usm.User, change ...func(*manager.Options)) *manager.Session {
	t.Helper()
	return open(t, a.Addresses()[0].String(), append(change, func(o *manager.Options) { o.Version, o.User = message.V3, &u })...)
}

func TestVersion3(t *testing.T) {
	t.Parallel()
	a := newAgent(t)
	for _, u := range []usm.User{signed, strong} {
		s := as(t, a, u)
		if _, known := s.Engine(); known {
			t.Error("the engine is known before anything was sent")
		}
		if vars, err := s.Get(t.Context(), sysName); err != nil || vars[0].Value.String() != "R2" {
			t.Errorf("%s: %v, %v", u.Name, vars, err)
		}
		if e, known := s.Engine(); !known || e.ID.String() != a.Engine().ID().String() || e.Boots != 1 {
			t.Errorf("%s: engine %+v", u.Name, e)
		}
		if n := s.Stats(); n.Sent != 2 || n.Reports != 1 {
			t.Errorf("%s: %+v", u.Name, n)
		}
	}
}

// TestHealing has an agent begin anew, with its old id and with another: a session goes on, with one question more.
func TestHealing(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]usm.EngineID{"the same id": nil, "another id": usm.NewEngineID("another")} {
		a := newAgent(t)
		s := as(t, a, strong)
		if _, err := s.Get(t.Context(), sysName); err != nil {
			t.Fatal(err)
		}
		a.Reboot(id)
		if _, err := s.Get(t.Context(), sysName); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e, _ := s.Engine()
		if n := s.Stats(); e.Boots != 2 || e.ID.String() != a.Engine().ID().String() || n.Timeouts+n.Retries > 0 || n.Reports > 3 {
			t.Errorf("%s: engine %s boots %d, %+v", name, e.ID.Describe(), e.Boots, n)
		}
	}
}

// TestRefusalsNameTheCause has each reason why an engine refuses.
func TestRefusalsNameTheCause(t *testing.T) {
	t.Parallel()
	a := newAgent(t)
	for name, tt := range map[string]struct {
		user   usm.User
		change func(u *usm.User, o *manager.Options)
		kind   string
		parts  string // that the text has, parted by bars
	}{
		"user":     {unknown, nil, decl.UnknownUser, "has no user 'unknown'"},
		"password": {signed, func(u *usm.User, _ *manager.Options) { u.AuthPassword = "wrong one" }, decl.WrongDigest, "the user 'signed' exists, the password is wrong|not SHA256|diagnose"},
		"level":    {signed, func(u *usm.User, _ *manager.Options) { u.Priv, u.PrivPassword = usm.AES, "private!" }, decl.SecurityLevel, "the user 'signed' exists, and may not ask with authPriv"},
		"cipher":   {strong, func(u *usm.User, _ *manager.Options) { u.Priv = usm.AES256C }, decl.Decryption, "could not decrypt|AES256"},
		"privacy":  {strong, func(u *usm.User, _ *manager.Options) { u.PrivPassword = "wrong one" }, decl.Decryption, "the privacy password of 'strong' is wrong"},
		"access":   {strong, func(u *usm.User, _ *manager.Options) { u.Priv, u.PrivPassword = 0, "" }, decl.AuthorizationError, "the community or user has no access"},
		"engine": {signed, func(_ *usm.User, o *manager.Options) { o.Engine = usm.NewEngineID("elsewhere") }, decl.UnknownEngine,
			"the agent's engine is not|leave engine out"},
		"context": {signed, func(_ *usm.User, o *manager.Options) { o.Context = "nowhere" }, decl.NotFound, "the agent has no such context"},
	} {
		u := tt.user
		o := manager.Options{}
		if tt.change != nil {
			tt.change(&u, &o)
		}
		s := as(t, a, u, func(x *manager.Options) { x.Engine, x.Context = o.Engine, o.Context })
		_, err := s.Get(t.Context(), sysName)
		if decl.KindOf(err) != tt.kind {
			t.Errorf("%s: %s, want %s: %v", name, decl.KindOf(err), tt.kind, err)
			continue
		}
		for part := range strings.SplitSeq(tt.parts, "|") {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q is not in %q", name, part, err)
			}
		}
	}
}

// TestSilenceOfVersion3 has an agent that drops what it can't decrypt, as net-snmp's does.
func TestSilenceOfVersion3(t *testing.T) {
	t.Parallel()
	a := newAgent(t, agent.Fault{Drop: true}) // discovery is answered all the same
	_, err := as(t, a, strong, quick).Get(t.Context(), sysName)
	for _, part := range []string{"no answer", "the privacy password is wrong", "the cipher is not AES256", "AES256C", "snmp.diagnose"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %v", part, err)
		}
	}
}
