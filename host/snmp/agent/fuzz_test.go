package agent

import (
	"net/netip"
	"testing"

	"moonwire/host/network"
	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// FuzzHandle gives an agent any bytes: each message is counted once, and what may be in it is bounded.
func FuzzHandle(f *testing.F) {
	name := oid.MustParse("1.3.6.1.2.1.1.5.0")
	table, err := NewTable([]message.Var{{Name: name, Value: message.Text("R2")}, {Name: oid.MustParse("1.3.6.1.2.1.1.7.0"), Value: message.Integer(72)}})
	if err != nil {
		f.Fatal(err)
	}
	tree := NewTree(table)
	tree.Allow(nil, Permit{New: true})
	user := &usm.User{Name: "u", Auth: usm.SHA, AuthPassword: "authpass12"}
	a, err := New(f.Context(), Options{Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, UDP: true, Trees: map[string]*Tree{"": tree},
		Communities: []Community{{Name: "public", Rules: []Rule{Full}}}, Users: []User{{user, []Rule{Full}}, {&usm.User{Name: "open"}, []Rule{Full}}},
		Engine: usm.EngineID("\x80\x00\x1f\x88\x04abc")})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { a.Close() })
	tree.Mount(a.Own()...)
	for _, m := range []*message.Message{
		{Version: message.V2c, Community: []byte("public"), PDU: &message.PDU{Type: message.Get, Vars: message.Ask(name)}},
		{Version: message.V1, Community: []byte("public"), PDU: &message.PDU{Type: message.GetNext, Vars: message.Ask(name, oid.MustParse("1.3"))}},
		{Version: message.V2c, Community: []byte("public"), PDU: message.NewBulk(1, 1<<30, message.Ask(name, oid.MustParse("1.3"), oid.MustParse("2.999"))...)},
		{Version: message.V2c, Community: []byte("public"), PDU: &message.PDU{Type: message.Set, Vars: []message.Var{{Name: name, Value: message.Text("x")}}}},
		{Version: message.V3, PDU: &message.PDU{Type: message.Get}, V3: &message.Secure{MaxSize: 1500, Flags: message.Reportable, Model: message.ModelUSM}},
		{Version: message.V3, PDU: &message.PDU{Type: message.Get, Vars: message.Ask(name)}, V3: &message.Secure{MaxSize: 484, Flags: message.Reportable,
			Model: message.ModelUSM, Security: message.Security{EngineID: a.engine.ID(), Boots: 1, User: "open"}, ContextEngine: a.engine.ID()}},
	} {
		b, err := m.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	clock := network.Kernel().Clock()
	f.Fuzz(func(t *testing.T, b []byte) {
		in, handled := a.Count(InPkts), a.Handled()
		a.handle(&inlet.Message{Bytes: b, Time: clock.Now(), Reply: func(out []byte) error {
			m, err := message.Decode(out)
			if err != nil || m.Err() != nil {
				t.Errorf("an answer that can't be read: %x", out)
			}
			return nil
		}})
		if a.Count(InPkts) != in+1 || a.Handled() != handled+1 {
			t.Errorf("%d messages counted, %d handled", a.Count(InPkts)-in, a.Handled()-handled)
		}
	})
}
