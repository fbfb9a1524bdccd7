package agent

import (
	"slices"
	"sync/atomic"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// Roots of what an agent tells of itself.
var (
	sysUpTime   = oid.OID{1, 3, 6, 1, 2, 1, 1, 3, 0}
	engineGroup = oid.OID{1, 3, 6, 1, 6, 3, 10, 2, 1}
	usmStats    = oid.OID{1, 3, 6, 1, 6, 3, 15, 1, 1}
	setSerialNo = oid.OID{1, 3, 6, 1, 6, 3, 1, 1, 6, 1, 0}
)

// Own is what the agent tells of itself: sysUpTime, the groups snmp and snmpEngine, the statistics of messages, users and
// contexts, and snmpSetSerialNo (RFC 3418, RFC 3411 to RFC 3414).
func (a *Agent) Own() []Mount {
	return []Mount{
		{sysUpTime, NewLive(a.upTime)},
		{snmpGroup, NewLive(a.countersBelow(snmpGroup))},
		{mpdStats, NewLive(a.countersBelow(mpdStats))},
		{targetObjects, NewLive(a.countersBelow(targetObjects))},
		{engineGroup, NewLive(a.engineVars)},
		{usmStats, NewLive(a.usmVars)},
		{setSerialNo, &serial{}},
	}
}

func (a *Agent) upTime(*Request) Vars {
	return Vars{{Name: sysUpTime, Value: message.TimeTicks(uint32(a.UpTime() / (10 * time.Millisecond)))}}
}

// countersBelow lists counters of one place.
func (a *Agent) countersBelow(root oid.OID) func(*Request) Vars {
	return func(*Request) (list Vars) {
		for _, c := range Counters() {
			if name := c.OID(); name.HasPrefix(root) {
				list = append(list, message.Var{Name: name, Value: message.Counter32(a.Count(c))})
			}
		}
		slices.SortFunc(list, func(a, b message.Var) int { return oid.Compare(a.Name, b.Name) })
		return list
	}
}

func (a *Agent) engineVars(*Request) Vars {
	boots, seconds := a.engine.Now(a.clock.Now())
	return Vars{
		{Name: engineGroup.Append(1, 0), Value: message.String(a.engine.ID())},
		{Name: engineGroup.Append(2, 0), Value: message.Integer(int64(boots))},
		{Name: engineGroup.Append(3, 0), Value: message.Integer(int64(seconds))},
		{Name: engineGroup.Append(4, 0), Value: message.Integer(int64(a.options.MaxSize))},
	}
}

func (a *Agent) usmVars(*Request) (list Vars) {
	for _, s := range usm.Statistics {
		list = append(list, message.Var{Name: s.OID(), Value: message.Counter32(a.engine.Count(s))})
	}
	return list
}

// serial is snmpSetSerialNo, by which managers set in turn: it takes only the value that it has, and then has the next
// (RFC 3418).
type serial struct{ n atomic.Int32 }

func (s *serial) vars() Vars {
	return Vars{{Name: setSerialNo, Value: message.Integer(int64(s.n.Load()))}}
}

func (s *serial) Get(r *Request, name oid.OID) (message.Value, error) { return s.vars().Get(r, name) }

func (s *serial) Next(r *Request, name oid.OID) (message.Var, error) { return s.vars().Next(r, name) }

func (s *serial) Test(_ *Request, v message.Var) (Change, error) {
	switch {
	case !v.Name.Equal(setSerialNo):
		return nil, Refuse(message.NoCreation)
	case v.Value.Type != message.TypeInteger:
		return nil, Refuse(message.WrongType)
	case v.Value.Int() != int64(s.n.Load()):
		return nil, Refuse(message.InconsistentValue)
	}
	return serialChange{s, s.n.Load()}, nil
}

type serialChange struct {
	*serial
	last int32
}

func (c serialChange) Commit() error {
	c.n.Store(max(0, c.last+1)) // from 2147483647 to 0
	return nil
}

func (c serialChange) Undo() error {
	c.n.Store(c.last)
	return nil
}
