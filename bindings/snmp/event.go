package snmp

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// An event is a notification that came, or a message that was refused, as Lua has it.
type event struct {
	*notify.Event
	tree *mib.Tree
}

func newEvent(ctx context.Context, e *notify.Event) *event { return &event{e, names.From(ctx)} }

// Name makes an identifier readable.
func (e *event) Name(o oid.OID) string { return e.tree.Name(o) }

// Text makes a value readable.
func (e *event) Text(v message.Var) string { return names.Text(e.tree, v.Name, v.Value) }

// trapName is what happened.
func (e *event) trapName() string {
	if e.Trap == nil {
		return ""
	}
	return e.tree.Name(e.Trap)
}

// explain says what happened in a sentence. More variables than the event carries may help.
func (e *event) explain(more ...*variable) string {
	if e.Refused != nil {
		return e.Refused.String()
	}
	n := e.Notification
	for _, v := range more {
		n.Vars = append(n.Vars[:len(n.Vars):len(n.Vars)], v.Var)
	}
	return n.Explain(e)
}

// String tells the event in a line.
func (e *event) String() string {
	from := e.Source.Addr().String()
	if about := e.Agent(); about != e.Source.Addr() && e.Refused == nil {
		from = fmt.Sprintf("%s (by %s)", about, from)
	}
	head := e.trapName()
	switch {
	case e.Refused != nil:
		head = "refused (" + e.Refused.Reason + ")"
	case head == "":
		head = e.Kind() + " without a name"
	}
	return head + " from " + from + ": " + e.explain()
}

// secure is what only version 3 has; nil for the others.
func (e *event) secure() *message.Secure {
	if e.Message == nil {
		return nil
	}
	return e.Message.V3
}

// old is what only a trap of version 1 has; nil for others.
func (e *event) old() *message.Trap {
	if e.Message == nil || e.Message.PDU == nil {
		return nil
	}
	return e.Message.PDU.Trap
}

// eventClass declares what a listener gives.
func eventClass() *decl.Class {
	c := &decl.Class{Name: "snmp.event", Doc: "A trap or an inform that came; tostring tells it in a line.", Type: reflect.TypeFor[*event](),
		Methods: []decl.Function{decl.Fn[explainArgs, string]{Name: "explain",
			Doc: "Say what happened in a sentence: for the traps that every agent knows in words, for others by their variables; of a refused message why.",
			Example: `local l = snmp.listen{port = 0, address = "127.0.0.1"}
snmp.trap{host = "127.0.0.1", port = l.port, trap = "linkDown", vars = {{"ifIndex.2", 2}, {"ifAdminStatus.2", "down"}, {"ifDescr.2", "eth1"}}}
local event = l()
event:explain() --> interface eth1 (index 2) is down, set down by the administrator
tostring(event) --> linkDown from 127.0.0.1: interface eth1 (index 2) is down, set down by the administrator`,
			Run: func(_ context.Context, a explainArgs) (string, error) { return a.Self.explain(a.More...), nil }}},
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}
	return decl.Reads(c, eventFields)
}

type explainArgs struct {
	Self *event      `lua:"self"`
	More []*variable `lua:"more..." type:"snmp.var" doc:"variables that the event doesn't carry and that help, such as ifDescr of its interface"`
}

// told is a field of an event; what is empty is nil.
func told(name, kind, doc string, get func(e *event) any) decl.Reading[*event] {
	return decl.Reading[*event]{Param: decl.Param{Name: name, Type: kind, Optional: true, Doc: doc},
		Get: func(L *lua.LState, e *event) lua.LValue {
			v := decl.Push(L, get(e))
			if v == lua.LString("") {
				return lua.LNil
			}
			return v
		}}
}

// told1 is a field that traps of version 1 have.
func told1(name, kind, doc string, get func(*message.Trap) any) decl.Reading[*event] {
	return told(name, kind, doc, func(e *event) any {
		if t := e.old(); t != nil {
			return get(t)
		}
		return nil
	})
}

// told3 is a field that version 3 has.
func told3(name, kind, doc string, get func(*message.Secure) any) decl.Reading[*event] {
	return told(name, kind, doc, func(e *event) any {
		if s := e.secure(); s != nil {
			return get(s)
		}
		return nil
	})
}

var eventFields = []decl.Reading[*event]{
	told("kind", "string", "trap, inform or refused", func(e *event) any { return e.Kind() }),
	told("version", "string", "1, 2c or 3; nil for what is no message", func(e *event) any {
		if e.Message == nil {
			return nil
		}
		return e.Version().String()
	}),
	told("trap", "string", "what happened, by name: linkDown; numbers where no name is known", func(e *event) any { return e.trapName() }),
	told("trap_oid", "string", "the same in numbers", func(e *event) any { return e.Trap.String() }),
	told("uptime", "number", "seconds since the sender started", func(e *event) any {
		if e.Refused != nil {
			return nil
		}
		return float64(e.Uptime) / 100
	}),
	{Param: decl.Param{Name: "vars", Type: "table", Doc: "the other variables, in order; each also by its name, with and without the instance: vars[1], vars.ifIndex, vars[\"ifIndex.2\"]"},
		Get: varsTable},
	told("sender", "string", "address that it came from", func(e *event) any { return e.Source.Addr() }),
	told("source", "string", "the same with the port, as ip:port", func(e *event) any { return e.Source }),
	told("address", "string", "own address that it was sent to, as ip:port", func(e *event) any { return e.Local }),
	told("transport", "string", "udp or tcp", func(e *event) any { return map[bool]string{false: "udp", true: "tcp"}[e.Stream] }),
	told("agent", "string", "address that it is about: of version 1 the agent's, else snmpTrapAddress.0's, else the sender", func(e *event) any { return e.Agent() }),
	told("enterprise", "string", "what the agent is, by name, where the notification says: of version 1 always", func(e *event) any {
		if o := e.Enterprise(); o != nil {
			return e.tree.Name(o)
		}
		return nil
	}),
	told1("generic", "integer", "version 1's number of the trap, 6 for an enterprise's own", func(t *message.Trap) any { return t.Generic }),
	told1("specific", "integer", "version 1's number below the enterprise", func(t *message.Trap) any { return t.Specific }),
	told("community", "string", "of versions 1 and 2c", func(e *event) any {
		if e.Message == nil || e.Message.V3 != nil {
			return nil
		}
		return string(e.Message.Community)
	}),
	told3("user", "string", "of version 3", func(s *message.Secure) any { return s.Security.User }),
	told("level", "string", "of version 3: noAuthNoPriv, authNoPriv or authPriv", func(e *event) any {
		if e.secure() == nil {
			return nil
		}
		return e.Level.String()
	}),
	told3("engine", "string", "of version 3, in hexadecimal digits: the sender's engine for a trap, the own one for an inform", func(s *message.Secure) any { return usm.EngineID(s.Security.EngineID).String() }),
	told3("boots", "integer", "that engine's starts", func(s *message.Secure) any { return s.Security.Boots }),
	told3("engine_time", "integer", "seconds since its last start", func(s *message.Secure) any { return s.Security.Time }),
	told3("context", "string", "of version 3", func(s *message.Secure) any { return s.Context }),
	told3("context_engine", "string", "of version 3, in hexadecimal digits: the engine that the notification is from", func(s *message.Secure) any { return usm.EngineID(s.ContextEngine).String() }),
	told("request_id", "integer", "of the PDU; version 1 has none", func(e *event) any {
		if e.Message == nil || e.Message.PDU == nil || e.old() != nil {
			return nil
		}
		return e.Message.PDU.RequestID
	}),
	told("repeated", "boolean", "whether it is an inform that was given before: its sender didn't hear the answer", func(e *event) any { return e.Repeated }),
	told("reason", "string", "why it was refused", func(e *event) any {
		if e.Refused == nil {
			return nil
		}
		return e.Refused.String()
	}),
	told("refused", "string", "why in a word, as stats.refused counts", func(e *event) any {
		if e.Refused == nil {
			return nil
		}
		return e.Refused.Reason
	}),
	told("problems", "string[]", "how it departs from the standard", func(e *event) any { return e.Problems }),
	told("time", "number", "when it came, in seconds since 1970", func(e *event) any { return e.Time }),
	{Param: decl.Param{Name: "message", Type: "snmp.message|nil", Doc: "the whole message, decrypted; nil for what is none"},
		Get: func(L *lua.LState, e *event) lua.LValue {
			if e.Message == nil {
				return lua.LNil
			}
			why := ""
			if e.Refused != nil && e.Message.PDU == nil {
				why = e.Refused.String()
			}
			return pushMessage(L, e.Message, why)
		}},
	{Param: decl.Param{Name: "bytes", Type: "string", Doc: "as on the wire"},
		Get: func(_ *lua.LState, e *event) lua.LValue { return lua.LString(e.Bytes) }},
}

// varsTable makes the variables, by place and by name.
func varsTable(L *lua.LState, e *event) lua.LValue {
	t := L.CreateTable(len(e.Vars), 2*len(e.Vars))
	list := pushVars(L, e.tree, e.Vars)
	for i := range list {
		t.RawSetInt(i+1, &list[i])
		full := e.tree.Name(e.Vars[i].Name)
		short, _, _ := strings.Cut(full, ".")
		for _, name := range []string{full, short} {
			if t.RawGetString(name) == lua.LNil {
				t.RawSetString(name, &list[i])
			}
		}
	}
	return t
}
