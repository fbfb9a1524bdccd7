package agent_test

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"testing"

	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

func openAgent(tb testing.TB, o agent.Options) *agent.Agent {
	tb.Helper()
	o.Addresses, o.UDP = []netip.Addr{netip.MustParseAddr("127.0.0.1")}, true
	if o.Communities == nil {
		o.Communities = []agent.Community{{Name: "public", Rules: []agent.Rule{agent.Full}}}
	}
	a, err := agent.New(context.Background(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { a.Close() })
	return a
}

// interfaces is a table with n variables.
func interfaces(tb testing.TB, n int) *agent.Table {
	vars := make([]message.Var, n)
	for i := range vars {
		vars[i] = message.Var{Name: oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, uint32(1 + i/1000), uint32(1 + i%1000)}, Value: message.Text(fmt.Sprintf("interface %d", i))}
	}
	t, err := agent.NewTable(vars)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// ask sends a request over and over and waits for each answer.
func ask(b *testing.B, a *agent.Agent, p *message.PDU) {
	b.Helper()
	c, err := net.Dial("udp", a.Addresses()[0].String())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	request, err := (&message.Message{Version: message.V2c, Community: []byte("public"), PDU: p}).Encode()
	if err != nil {
		b.Fatal(err)
	}
	buffer := make([]byte, 1<<16)
	for b.Loop() {
		if _, err := c.Write(request); err != nil {
			b.Fatal(err)
		}
		if _, err := c.Read(buffer); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	a := openAgent(b, agent.Options{Trees: map[string]*agent.Tree{"": agent.NewTree(interfaces(b, 20000))}})
	ask(b, a, &message.PDU{Type: message.Get, Vars: message.Ask(oid.MustParse("1.3.6.1.2.1.2.2.1.2.500"))})
}

func BenchmarkBulk(b *testing.B) {
	a := openAgent(b, agent.Options{Trees: map[string]*agent.Tree{"": agent.NewTree(interfaces(b, 20000))}})
	ask(b, a, message.NewBulk(0, 50, message.Ask(oid.MustParse("1.3.6.1.2.1.2.2.1.2.500"))...))
}
