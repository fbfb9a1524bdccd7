package notify

import (
	"fmt"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Names of variables that say something of the notification itself (RFC 3418, RFC 3584).
var (
	SysUpTime      = oid.OID{1, 3, 6, 1, 2, 1, 1, 3, 0}
	TrapOID        = oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0}
	TrapEnterprise = oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0}
	TrapAddress    = oid.OID{1, 3, 6, 1, 6, 3, 18, 1, 3, 0}
	TrapCommunity  = oid.OID{1, 3, 6, 1, 6, 3, 18, 1, 4, 0}
)

// A Notification is what a trap or an inform says, in the form of version 2.
type Notification struct {
	Trap   oid.OID       // what happened: the value of snmpTrapOID.0
	Uptime uint32        // hundredths of a second: the value of sysUpTime.0
	Vars   []message.Var // all others
}

// Bindings are all variables of the PDU (RFC 3416 section 4.2.6).
func (n *Notification) Bindings() []message.Var {
	return append([]message.Var{{Name: SysUpTime, Value: message.TimeTicks(n.Uptime)}, {Name: TrapOID, Value: message.OIDValue(n.Trap)}}, n.Vars...)
}

// Var is the value of a variable, if it is there.
func (n *Notification) Var(name oid.OID) (message.Value, bool) {
	for _, v := range n.Vars {
		if v.Name.Equal(name) {
			return v.Value, true
		}
	}
	return message.Value{}, false
}

// read takes what a trap or an inform of version 2 says. The time and the trap's name have to come first, in that order;
// where they don't, they are looked for, and problems say what was wrong.
func read(vars []message.Var) (n Notification, problems []string) {
	n.Vars = vars
	uptime, at := n.take(SysUpTime)
	switch {
	case at < 0:
		problems = append(problems, "there is no sysUpTime.0")
	case at > 0:
		problems = append(problems, "sysUpTime.0 isn't the first variable")
	}
	if n.Uptime = uint32(uptime.Uint()); at >= 0 && uptime.Type != message.TypeTimeTicks {
		problems = append(problems, fmt.Sprintf("sysUpTime.0 is of type %s, not TimeTicks", uptime.Type))
	}
	trap, at := n.take(TrapOID)
	switch {
	case at < 0:
		problems = append(problems, "there is no snmpTrapOID.0")
	case at > 0:
		problems = append(problems, "snmpTrapOID.0 isn't the second variable")
	}
	if n.Trap = trap.OID(); at >= 0 && n.Trap == nil {
		problems = append(problems, "snmpTrapOID.0 holds no object identifier")
	}
	return n, problems
}

// take takes the first variable of a name out of n.Vars; at is where it stood, -1 when it isn't there.
func (n *Notification) take(name oid.OID) (v message.Value, at int) {
	for i := range n.Vars {
		if n.Vars[i].Name.Equal(name) {
			v = n.Vars[i].Value
			rest := make([]message.Var, 0, len(n.Vars)-1)
			n.Vars = append(append(rest, n.Vars[:i]...), n.Vars[i+1:]...)
			return v, i
		}
	}
	return v, -1
}
