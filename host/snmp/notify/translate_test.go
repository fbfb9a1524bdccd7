package notify

import (
	"net/netip"
	"reflect"
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

var (
	agent    = netip.MustParseAddr("192.0.2.1")
	ifIndex7 = message.Var{Name: oid.MustParse("1.3.6.1.2.1.2.2.1.1.7"), Value: message.Integer(7)}
)

// TestTranslate has traps in both forms (RFC 3584 section 3), read in both directions. Vars are those beside ifIndex7.
func TestTranslate(t *testing.T) {
	t.Parallel()
	cisco := oid.MustParse("1.3.6.1.4.1.9.1.620")
	for _, tt := range []struct {
		trap, enterprise  string
		generic, specific int32
	}{
		{"1.3.6.1.6.3.1.1.5.1", "1.3.6.1.4.1.9.1.620", 0, 0}, // coldStart
		{"1.3.6.1.6.3.1.1.5.2", "1.3.6.1.4.1.9.1.620", 1, 0}, // warmStart
		{"1.3.6.1.6.3.1.1.5.3", "1.3.6.1.4.1.9.1.620", 2, 0}, // linkDown
		{"1.3.6.1.6.3.1.1.5.4", "1.3.6.1.6.3.1.1.5", 3, 0},   // linkUp
		{"1.3.6.1.6.3.1.1.5.5", "1.3.6.1.4.1.9.1.620", 4, 0}, // authenticationFailure
		{"1.3.6.1.6.3.1.1.5.6", "1.3.6.1.4.1.9.1.620", 5, 0}, // egpNeighborLoss
		{"1.3.6.1.4.1.8072.4.0.2", "1.3.6.1.4.1.8072.4", 6, 2},
		{"1.3.6.1.4.1.9.9.43.2.0.4294967295", "1.3.6.1.4.1.9.9.43.2", 6, -1},
	} {
		v1 := &message.Trap{Enterprise: oid.MustParse(tt.enterprise), Agent: agent, Generic: tt.generic, Specific: tt.specific, Time: 123}
		n, problems := fromV1(v1, []message.Var{ifIndex7}, []byte("public"))
		if n.Trap.String() != tt.trap || n.Uptime != 123 || problems != nil {
			t.Errorf("%+v is %s at %d, %v", v1, n.Trap, n.Uptime, problems)
		}
		want := []message.Var{ifIndex7, {Name: TrapAddress, Value: message.IPAddress(agent)}, {Name: TrapCommunity, Value: message.Text("public")},
			{Name: TrapEnterprise, Value: message.OIDValue(v1.Enterprise)}}
		if !reflect.DeepEqual(n.Vars, want) {
			t.Errorf("%s has variables\n%v, want\n%v", tt.trap, n.Vars, want)
		}
		back, err := n.ToV1(netip.Addr{}, nil)
		if err != nil || !reflect.DeepEqual(back.Trap, v1) || back.Type != message.TrapV1 {
			t.Errorf("%s is %+v in version 1, want %+v, %v", tt.trap, back.Trap, v1, err)
		}
	}
	// Without variables for it, the enterprise of a generic trap is snmpTraps, or what is given.
	n := Notification{Trap: oid.MustParse("1.3.6.1.6.3.1.1.5.3"), Vars: []message.Var{ifIndex7}}
	if p, err := n.ToV1(agent, nil); err != nil || !p.Trap.Enterprise.Equal(snmpTraps) || p.Trap.Agent != agent {
		t.Errorf("linkDown is %+v, %v", p.Trap, err)
	}
	if p, err := n.ToV1(agent, cisco); err != nil || !p.Trap.Enterprise.Equal(cisco) || len(p.Vars) != 1 {
		t.Errorf("linkDown is %+v, %v", p.Trap, err)
	}
	// Where the last number but one is no zero, the enterprise ends before the last.
	n.Trap = oid.MustParse("1.3.6.1.4.1.1271.3.2.12")
	if p, err := n.ToV1(agent, cisco); err != nil || p.Trap.Enterprise.String() != "1.3.6.1.4.1.1271.3.2" || p.Trap.Specific != 12 {
		t.Errorf("%s is %+v, %v", n.Trap, p.Trap, err)
	}
}

func TestUntranslatable(t *testing.T) {
	t.Parallel()
	n := Notification{Trap: oid.MustParse("1.3.6.1.6.3.1.1.5.3"), Vars: []message.Var{{Name: ifIndex7.Name, Value: message.Counter64(1)}}}
	if _, err := n.ToV1(agent, nil); err == nil || err.Error() != "version 1 has no Counter64, which 1.3.6.1.2.1.2.2.1.1.7 is (RFC 3584 section 3.2)" {
		t.Errorf("a Counter64: %v", err)
	}
	for _, short := range []oid.OID{nil, {1}} {
		if _, err := (&Notification{Trap: short}).ToV1(agent, nil); err == nil {
			t.Errorf("%v has been translated", short)
		}
	}
	if n, problems := fromV1(&message.Trap{Generic: 7, Enterprise: oid.OID{1, 3}, Specific: 2}, nil, nil); n.Trap.String() != "1.3.0.2" || len(problems) != 1 {
		t.Errorf("generic trap 7: %+v, %v", n, problems)
	}
}

// TestRead takes notifications whose first variables aren't where they should be.
func TestRead(t *testing.T) {
	t.Parallel()
	uptime := message.Var{Name: SysUpTime, Value: message.TimeTicks(5)}
	trap := message.Var{Name: TrapOID, Value: message.OIDValue(snmpTraps)}
	for _, tt := range []struct {
		vars     []message.Var
		problems int
	}{
		{[]message.Var{uptime, trap, ifIndex7}, 0},
		{[]message.Var{trap, uptime, ifIndex7}, 1},
		{[]message.Var{ifIndex7, uptime, trap}, 2},
		{[]message.Var{{Name: SysUpTime, Value: message.Integer(5)}, trap, ifIndex7}, 1},
	} {
		n, problems := read(tt.vars)
		if n.Uptime != 5 || !n.Trap.Equal(snmpTraps) || !reflect.DeepEqual(n.Vars, []message.Var{ifIndex7}) || len(problems) != tt.problems {
			t.Errorf("%v: %+v, %q", tt.vars, n, problems)
		}
	}
	n, problems := read([]message.Var{{Name: TrapOID, Value: message.Integer(1)}})
	if n.Trap != nil || len(problems) != 2 {
		t.Errorf("a trap without a name: %+v, %q", n, problems)
	}
}
