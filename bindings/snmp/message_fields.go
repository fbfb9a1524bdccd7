package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// says is a field of a message; nil where the message has none.
func says(name, kind, doc string, get func(*wireMessage) any) decl.Reading[*wireMessage] {
	return decl.Reading[*wireMessage]{Param: decl.Param{Name: name, Type: kind, Optional: true, Doc: doc},
		Get: func(L *lua.LState, m *wireMessage) lua.LValue { return decl.Push(L, get(m)) }}
}

// says3 is a field that only version 3 has.
func says3(name, kind, doc string, get func(*message.Secure) any) decl.Reading[*wireMessage] {
	return says(name, kind, doc, func(m *wireMessage) any {
		if m.V3 == nil {
			return nil
		}
		return get(m.V3)
	})
}

// saysPDU is a field of the PDU, which is missing while it is encrypted.
func saysPDU(name, kind, doc string, get func(*message.PDU) any) decl.Reading[*wireMessage] {
	return says(name, kind, doc, func(m *wireMessage) any {
		if m.PDU == nil {
			return nil
		}
		return get(m.PDU)
	})
}

// saysTrap is a field of a trap of version 1.
func saysTrap(name, kind, doc string, get func(*wireMessage, *message.Trap) any) decl.Reading[*wireMessage] {
	return says(name, kind, doc, func(m *wireMessage) any {
		if m.PDU == nil || m.PDU.Trap == nil {
			return nil
		}
		return get(m, m.PDU.Trap)
	})
}

// problemRow is what is wrong at a place of a message.
type problemRow struct {
	Offset int    `lua:"offset" doc:"byte where it is, from 0"`
	What   string `lua:"what" doc:"what is wrong"`
}

func messageFields() []decl.Reading[*wireMessage] {
	bulk := func(p *message.PDU) bool { return p.Type == message.GetBulk }
	return []decl.Reading[*wireMessage]{
		says("version", "string", "1, 2c or 3", func(m *wireMessage) any { return m.Version.String() }),
		says("community", "string", "of versions 1 and 2c", func(m *wireMessage) any {
			if m.V3 != nil {
				return nil
			}
			return string(m.Community)
		}),
		saysPDU("type", "string", "what it asks or tells: get, next, bulk, set, response, trapv1, trapv2, inform or report; nil while it is encrypted",
			func(p *message.PDU) any { return p.Type.String() }),
		saysPDU("request_id", "integer", "same in question and answer", func(p *message.PDU) any {
			if p.Trap != nil {
				return nil
			}
			return p.RequestID
		}),
		saysPDU("error_status", "string", "noError, or what was refused", func(p *message.PDU) any {
			if bulk(p) || p.Trap != nil {
				return nil
			}
			return p.ErrorStatus.String()
		}),
		saysPDU("error_index", "integer", "which variable that is about, from 1; 0 for none", func(p *message.PDU) any {
			if bulk(p) || p.Trap != nil {
				return nil
			}
			return p.ErrorIndex
		}),
		saysPDU("non_repeaters", "integer", "of bulk: how many variables are asked for once", func(p *message.PDU) any {
			if !bulk(p) {
				return nil
			}
			return p.NonRepeaters()
		}),
		saysPDU("max_repetitions", "integer", "of bulk: how many successors of the others are asked for", func(p *message.PDU) any {
			if !bulk(p) {
				return nil
			}
			return p.MaxRepetitions()
		}),
		{Param: decl.Param{Name: "vars", Type: "snmp.var[]", Doc: "variables, in order; none while they are encrypted"},
			Get: func(L *lua.LState, m *wireMessage) lua.LValue {
				if m.PDU == nil {
					return L.CreateTable(0, 0)
				}
				return varTable(L, m.tree, m.PDU.Vars)
			}},
		saysTrap("enterprise", "string", "of a trap of version 1: what the agent is, by name", func(m *wireMessage, t *message.Trap) any { return m.tree.Name(t.Enterprise) }),
		saysTrap("agent", "string", "of such a trap: address that it is about", func(_ *wireMessage, t *message.Trap) any { return t.Agent }),
		saysTrap("generic", "integer", "of such a trap: its number, 6 for an enterprise's own", func(_ *wireMessage, t *message.Trap) any { return t.Generic }),
		saysTrap("specific", "integer", "of such a trap: its number below the enterprise", func(_ *wireMessage, t *message.Trap) any { return t.Specific }),
		saysTrap("uptime", "number", "of such a trap: seconds since the agent started", func(_ *wireMessage, t *message.Trap) any { return float64(t.Time) / 100 }),
		says3("message_id", "integer", "of version 3: same in question and answer", func(s *message.Secure) any { return s.ID }),
		says3("max_size", "integer", "of version 3: longest message that the sender takes, in bytes", func(s *message.Secure) any { return s.MaxSize }),
		says3("flags", "string", "of version 3: auth, priv and reportable, those that are set, joined by a plus", func(s *message.Secure) any { return s.Flags.String() }),
		says3("level", "string", "of version 3: noAuthNoPriv, authNoPriv or authPriv; nil for flags that make no sense", func(s *message.Secure) any {
			level, ok := usm.LevelOf(s.Flags)
			if !ok {
				return nil
			}
			return level.String()
		}),
		says3("engine", "string", "of version 3: id of the engine that has the say, in hexadecimal digits; empty in the question that discovers it",
			func(s *message.Secure) any { return usm.EngineID(s.Security.EngineID).String() }),
		says3("boots", "integer", "of version 3: how often that engine started", func(s *message.Secure) any { return s.Security.Boots }),
		says3("engine_time", "integer", "of version 3: seconds since it did", func(s *message.Secure) any { return s.Security.Time }),
		says3("user", "string", "of version 3", func(s *message.Secure) any { return s.Security.User }),
		says3("digest", "string", "of version 3: bytes that sign the message; empty when it isn't signed", func(s *message.Secure) any { return string(s.Security.Auth) }),
		says3("salt", "string", "of version 3: bytes that make the cipher text its own; empty when it isn't encrypted", func(s *message.Secure) any { return string(s.Security.Priv) }),
		says3("encrypted", "string", "of version 3: bytes of the cipher text; nil when it isn't encrypted", func(s *message.Secure) any {
			if s.Encrypted == nil {
				return nil
			}
			return string(s.Encrypted)
		}),
		says("context_engine", "string", "of version 3: engine that has the variables, in hexadecimal digits; nil while it is encrypted", func(m *wireMessage) any {
			if m.V3 == nil || m.PDU == nil {
				return nil
			}
			return usm.EngineID(m.V3.ContextEngine).String()
		}),
		says("context", "string", "of version 3: which of the engine's sets of variables; nil while it is encrypted", func(m *wireMessage) any {
			if m.V3 == nil || m.PDU == nil {
				return nil
			}
			return m.V3.Context
		}),
		says("refused", "string", "why it could not be opened; nil when it was, or needs no key", func(m *wireMessage) any {
			if m.closed == "" {
				return nil
			}
			return m.closed
		}),
		{Param: decl.Param{Name: "problems", Type: "table[]", Doc: "where it departs from the standard", Fields: decl.OptionParams(problemRow{})},
			Get: func(L *lua.LState, m *wireMessage) lua.LValue {
				t := L.CreateTable(len(m.Problems), 0)
				for _, p := range m.Problems {
					t.Append(decl.Push(L, problemRow{p.Offset, p.What}))
				}
				return t
			}},
	}
}
