package notify

import (
	"fmt"
	"net/netip"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// snmpTraps is above the names of the traps that version 1 has numbers for (RFC 3418).
var snmpTraps = oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 5}

// The generic traps (RFC 1157 section 4.1.6).
const (
	coldStart          = 0
	egpNeighborLoss    = 5
	enterpriseSpecific = 6
)

// fromV1 translates a trap of version 1 (RFC 3584 section 3.1). What version 2 has no place for becomes variables: the
// agent's address, the community and the enterprise, unless the trap has such variables already.
func fromV1(t *message.Trap, vars []message.Var, community []byte) (n Notification, problems []string) {
	n = Notification{Trap: NameOf(t), Uptime: t.Time, Vars: vars}
	if t.Generic < coldStart || t.Generic > enterpriseSpecific {
		problems = append(problems, fmt.Sprintf("there is no generic trap %d", t.Generic))
	}
	for _, more := range []message.Var{
		{Name: TrapAddress, Value: message.IPAddress(t.Agent)},
		{Name: TrapCommunity, Value: message.String(community)},
		{Name: TrapEnterprise, Value: message.OIDValue(t.Enterprise)},
	} {
		if _, has := n.Var(more.Name); !has {
			n.Vars = append(n.Vars[:len(n.Vars):len(n.Vars)], more)
		}
	}
	return n, problems
}

// NameOf is the name in version 2 of what a trap of version 1 has numbers for.
func NameOf(t *message.Trap) oid.OID {
	if t.Generic >= coldStart && t.Generic <= egpNeighborLoss {
		return snmpTraps.Append(uint32(t.Generic) + 1)
	}
	return t.Enterprise.Append(0, uint32(t.Specific))
}

// ToV1 translates to a trap of version 1 (RFC 3584 section 3.2). agent is the address that it is about and enterprise what
// is there, where no variable tells: the latter for generic traps only, the others have it in their names. A Counter64 has
// no form in version 1, and a notification with one can't be translated.
func (n *Notification) ToV1(agent netip.Addr, enterprise oid.OID) (*message.PDU, error) {
	t := &message.Trap{Time: n.Uptime, Generic: enterpriseSpecific, Agent: netip.IPv4Unspecified()}
	last := len(n.Trap) - 1
	switch {
	case last < 1:
		return nil, unsayable("the trap's name %s is too short for version 1", n.Trap)
	case n.generic(t, enterprise):
	case n.Trap[last-1] == 0 && last > 1:
		t.Enterprise, t.Specific = n.Trap[:last-1], int32(n.Trap[last])
	default:
		t.Enterprise, t.Specific = n.Trap[:last], int32(n.Trap[last])
	}
	if a, ok := n.Var(TrapAddress); ok && a.Addr().IsValid() {
		t.Agent = a.Addr()
	} else if agent.Unmap().Is4() {
		t.Agent = agent.Unmap()
	}
	for _, v := range n.Vars {
		if v.Value.Type == message.TypeCounter64 || v.Value.Type.Exception() {
			return nil, unsayable("version 1 has no %s, which %s is (RFC 3584 section 3.2)", v.Value.Type, v.Name)
		}
	}
	return &message.PDU{Type: message.TrapV1, Trap: t, Vars: n.Vars}, nil
}

// generic makes t one of the traps that version 1 has a number for, if n is.
func (n *Notification) generic(t *message.Trap, enterprise oid.OID) bool {
	last := len(n.Trap) - 1
	if last != len(snmpTraps) || !n.Trap.HasPrefix(snmpTraps) || n.Trap[last] < 1 || n.Trap[last] > egpNeighborLoss+1 {
		return false
	}
	t.Generic, t.Enterprise = int32(n.Trap[last])-1, snmpTraps
	if e, ok := n.Var(TrapEnterprise); ok && e.OID() != nil {
		t.Enterprise = e.OID()
	} else if enterprise != nil {
		t.Enterprise = enterprise
	}
	return true
}

// An Unsayable is a notification that a version has no form for.
type Unsayable struct{ text string }

func (e *Unsayable) Error() string { return e.text }

// Kind is the kind of refusal that scripts see.
func (e *Unsayable) Kind() string { return "unsupported" }

func unsayable(format string, args ...any) error { return &Unsayable{fmt.Sprintf(format, args...)} }
