//go:build interop

package agent_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
	"moonwire/host/snmp/usm"
)

func variable(name string, value message.Value) message.Var {
	return message.Var{Name: oid.MustParse(name), Value: value}
}

// start runs an agent on loopback.
func start(t *testing.T, o agent.Options) (*agent.Agent, string) {
	t.Helper()
	o.Addresses, o.UDP, o.TCP = []netip.Addr{netip.MustParseAddr("127.0.0.1")}, true, true
	a, err := agent.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, a.Addresses()[0].String()
}

func tree(t *testing.T, vars ...message.Var) map[string]*agent.Tree {
	t.Helper()
	table, err := agent.NewTable(vars)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*agent.Tree{"": agent.NewTree(table)}
}

// users are those of snmptest, with all rights.
func users(t *testing.T) (list []agent.User) {
	t.Helper()
	for _, u := range snmptest.Users {
		user := &usm.User{Name: u.Name, AuthPassword: u.AuthPassword, PrivPassword: u.PrivPassword}
		var ok bool
		if user.Auth, ok = usm.ParseAuth(u.Auth); !ok && u.Auth != "" {
			t.Fatal(u.Auth)
		}
		if user.Priv, ok = usm.ParsePriv(u.Priv); !ok && u.Priv != "" {
			t.Fatal(u.Priv)
		}
		list = append(list, agent.User{User: user, Rules: []agent.Rule{agent.Full}})
	}
	return list
}

// TestEveryPair gets by every version, and by every pair of digest and cipher that net-snmp has.
func TestEveryPair(t *testing.T) {
	t.Parallel()
	_, addr := start(t, agent.Options{Trees: tree(t, variable("1.3.6.1.2.1.1.5.0", message.Text("R2"))), Users: users(t),
		Communities: []agent.Community{{Name: "public", Rules: []agent.Rule{agent.ReadOnly}}}})
	ask := func(args ...string) {
		t.Helper()
		text := snmptest.Run(t, "snmpget", append(args, "-r0", "-On", addr, ".1.3.6.1.2.1.1.5.0")...)
		if text != ".1.3.6.1.2.1.1.5.0 = STRING: \"R2\"\n" {
			t.Errorf("%s: %s", strings.Join(args, " "), text)
		}
	}
	ask("-v1", "-c", "public")
	ask("-v2c", "-c", "public")
	for _, u := range snmptest.Users {
		ask(u.Args()...)
	}
	addr = "tcp:" + addr
	ask("-v2c", "-c", "public")
	ask(snmptest.FindUser("sha-512+aes-256").Args()...)
}
