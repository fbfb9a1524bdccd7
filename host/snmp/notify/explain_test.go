package notify

import (
	"testing"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// plain are names without a MIB.
type plain struct{}

func (plain) Name(o oid.OID) string     { return o.String() }
func (plain) Text(v message.Var) string { return v.Value.String() }

func TestExplain(t *testing.T) {
	t.Parallel()
	at := func(column oid.OID, v message.Value) message.Var {
		return message.Var{Name: column.Append(2), Value: v}
	}
	index, descr, down := at(ifIndex, message.Integer(2)), at(ifDescr, message.Text("eth1")), at(ifOperStatus, message.Integer(2))
	for _, tt := range []struct {
		trap string
		vars []message.Var
		want string
	}{
		{"1.3.6.1.6.3.1.1.5.3", []message.Var{index, at(ifAdminStatus, message.Integer(2)), down, descr},
			"interface eth1 (index 2) is down, set down by the administrator"},
		{"1.3.6.1.6.3.1.1.5.3", []message.Var{index, at(ifAdminStatus, message.Integer(1)), at(ifOperStatus, message.Integer(7)), descr},
			"interface eth1 (index 2) is down (lowerLayerDown), though the administrator wants it up: look at the cable and the far end"},
		{"1.3.6.1.6.3.1.1.5.4", []message.Var{descr, at(ifAlias, message.Text("to R1"))}, `interface eth1 "to R1" (index 2) is up`},
		{"1.3.6.1.6.3.1.1.5.3", []message.Var{index}, "interface 2 is down"},
		{"1.3.6.1.6.3.1.1.5.3", nil, "an interface is down"},
		{"1.3.6.1.6.3.1.1.5.1", []message.Var{index}, "the agent has started, and what it is configured for may have changed"},
		{"1.3.6.1.4.1.9.0.1", []message.Var{index, {Name: TrapCommunity, Value: message.Text("public")}}, "1.3.6.1.2.1.2.2.1.1.2 = 2"},
		{"1.3.6.1.4.1.9.0.1", nil, "it says no more than its name"},
	} {
		n := Notification{Trap: oid.MustParse(tt.trap), Vars: tt.vars}
		if got := n.Explain(plain{}); got != tt.want {
			t.Errorf("%s %v: %s, want %s", tt.trap, tt.vars, got, tt.want)
		}
	}
	nameless := Notification{}
	if got := nameless.Explain(plain{}); got != "it says nothing" {
		t.Errorf("a notification without anything is told as %q", got)
	}
}
