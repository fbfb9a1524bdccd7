package snmp

import (
	"errors"
	"fmt"
	"math"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// inPDU is a place in PDUs of some kinds.
func inPDU[T any](has func(*message.PDU) bool, at func(*message.PDU) *T) place[T] {
	return func(m *message.Message) *T {
		if m.PDU == nil || !has(m.PDU) {
			return nil
		}
		return at(m.PDU)
	}
}

func numbered(p *message.PDU) bool { return p.Trap == nil }
func bulky(p *message.PDU) bool    { return p.Type == message.GetBulk }
func statused(p *message.PDU) bool { return p.Trap == nil && p.Type != message.GetBulk }
func trapped(p *message.PDU) bool  { return p.Trap != nil }

// pduFields are what the message asks or tells (RFC 3416 section 3, RFC 1157 section 4.1.6).
func pduFields() []messageField {
	const bulk, trap = "a bulk", "a trapv1"
	return []messageField{
		{"type", "string|nil", "what it asks or tells: get, next, bulk, set, response, trapv1, trapv2, inform or report; nil while it is encrypted",
			func(_ *lua.LState, m *wireMessage) lua.LValue {
				if m.PDU == nil {
					return lua.LNil
				}
				return lua.LString(m.PDU.Type.String())
			}, setPDU},
		numberField("request_id", "the same in question and answer", "a PDU other than a trapv1", inPDU(numbered, func(p *message.PDU) *int32 { return &p.RequestID })),
		statusField(),
		numberField("error_index", "which variable that is about, from 1; 0 for none", "a PDU other than bulk and trapv1", inPDU(statused, func(p *message.PDU) *int32 { return &p.ErrorIndex })),
		numberField("non_repeaters", "of bulk: how many variables are asked for once", bulk, inPDU(bulky, func(p *message.PDU) *message.ErrorStatus { return &p.ErrorStatus })),
		numberField("max_repetitions", "of bulk: how many successors of the others are asked for", bulk, inPDU(bulky, func(p *message.PDU) *int32 { return &p.ErrorIndex })),
		{"enterprise", "string|nil", "of a trap of version 1: what the agent is, by name", getEnterprise, setEnterprise},
		{"agent", "string|nil", "of such a trap: address that it is about", getAgent, setAgent},
		genericField(),
		numberField("specific", "of such a trap: its number below the enterprise", trap, inPDU(trapped, func(p *message.PDU) *int32 { return &p.Trap.Specific })),
		{"uptime", "number|nil", "of such a trap: seconds since the agent started, with two decimals", getUptime, setUptime},
		{"vars", "snmp.var[]", "variables, in order; none while they are encrypted. To set: names to ask for, or {name, value[, type]} as session:set takes them; with a type the value is " +
			"meant to the letter, and a number for a type is a tag with the bytes of contents; {} for none", getMessageVars, setMessageVars},
	}
}

var errNoPDU = errors.New("the message has no PDU: set type first")

// setPDU changes what a message asks or tells.
func setPDU(_ *lua.LState, m *wireMessage, v lua.LValue) error {
	kind, ok := message.PDUNamed(v.String())
	if !ok {
		return fmt.Errorf("get, next, bulk, set, response, trapv1, trapv2, inform or report expected, got '%s'", v)
	}
	if m.PDU == nil {
		m.PDU = new(message.PDU)
	}
	if m.PDU.Type = kind; kind != message.TrapV1 {
		m.PDU.Trap = nil
	} else if m.PDU.Trap == nil {
		m.PDU.Trap = &message.Trap{Enterprise: oid.OID{0, 0}, Agent: netip.IPv4Unspecified()}
	}
	return nil
}

func getEnterprise(_ *lua.LState, m *wireMessage) lua.LValue {
	if m.PDU == nil || m.PDU.Trap == nil {
		return lua.LNil
	}
	return lua.LString(m.tree.Name(m.PDU.Trap.Enterprise))
}

func setEnterprise(L *lua.LState, m *wireMessage, v lua.LValue) error {
	if m.PDU == nil || m.PDU.Trap == nil {
		return errAbsent("a trapv1")
	}
	name, ok := nameArg(v)
	if !ok {
		return fmt.Errorf("name expected, got %s", decl.TypeName(v))
	}
	o, err := resolve(m.tree, name)
	if err == nil {
		m.PDU.Trap.Enterprise = o
	}
	return err
}

// statusField is the error status: by name where it has one, else its number. Both can be set.
func statusField() messageField {
	at := inPDU(statused, func(p *message.PDU) *message.ErrorStatus { return &p.ErrorStatus })
	f := numberField("error_status", "noError, or what was refused: noSuchName …; a number where it has no name", "a PDU other than bulk and trapv1", at)
	f.typ = "string|integer|nil"
	number, setNumber := f.get, f.set
	f.get = func(L *lua.LState, m *wireMessage) lua.LValue {
		if p := at(m.Message); p != nil {
			if _, named := message.StatusNamed(p.String()); named {
				return lua.LString(p.String())
			}
		}
		return number(L, m)
	}
	f.set = func(L *lua.LState, m *wireMessage, v lua.LValue) error {
		if name, ok := v.(lua.LString); ok {
			s, known := message.StatusNamed(string(name))
			if !known {
				return fmt.Errorf("no such status: '%s'", name)
			}
			v = lua.LNumber(s)
		}
		return setNumber(L, m, v)
	}
	return f
}

// genericField is version 1's number of a trap; its name can be set too.
func genericField() messageField {
	at := inPDU(trapped, func(p *message.PDU) *int32 { return &p.Trap.Generic })
	f := numberField("generic", "of such a trap: its number, 6 for an enterprise's own; names as linkDown can be set", "a trapv1", at)
	number := f.set
	f.set = func(L *lua.LState, m *wireMessage, v lua.LValue) error {
		if name, ok := v.(lua.LString); ok {
			if g, known := message.GenericNamed(string(name)); known {
				v = lua.LNumber(g)
			}
		}
		return number(L, m, v)
	}
	return f
}

func getUptime(_ *lua.LState, m *wireMessage) lua.LValue {
	if m.PDU == nil || m.PDU.Trap == nil {
		return lua.LNil
	}
	return lua.LNumber(float64(m.PDU.Trap.Time) / 100)
}

func setUptime(_ *lua.LState, m *wireMessage, v lua.LValue) error {
	n, ok := v.(lua.LNumber)
	hundredths := math.Round(float64(n) * 100)
	switch {
	case m.PDU == nil || m.PDU.Trap == nil:
		return errAbsent("a trapv1")
	case !ok || !(hundredths >= 0 && hundredths <= math.MaxUint32):
		return fmt.Errorf("seconds from 0 to %d expected, got %s", math.MaxUint32/100, shown(v))
	}
	m.PDU.Trap.Time = uint32(hundredths)
	return nil
}

func getAgent(_ *lua.LState, m *wireMessage) lua.LValue {
	if m.PDU == nil || m.PDU.Trap == nil || !m.PDU.Trap.Agent.IsValid() {
		return lua.LNil
	}
	return lua.LString(m.PDU.Trap.Agent.String())
}

func setAgent(_ *lua.LState, m *wireMessage, v lua.LValue) error {
	if m.PDU == nil || m.PDU.Trap == nil {
		return errAbsent("a trapv1")
	}
	a, err := netip.ParseAddr(v.String())
	if err != nil || !a.Is4() {
		return fmt.Errorf("IPv4 address expected, got '%s'", v)
	}
	m.PDU.Trap.Agent = a
	return nil
}

func getMessageVars(L *lua.LState, m *wireMessage) lua.LValue {
	if m.PDU == nil {
		return L.CreateTable(0, 0)
	}
	return varTable(L, m.tree, m.PDU.Vars)
}

func setMessageVars(L *lua.LState, m *wireMessage, v lua.LValue) error {
	t, ok := v.(*lua.LTable)
	switch {
	case m.PDU == nil:
		return errNoPDU
	case !ok:
		return fmt.Errorf("list of names or of {name, value} expected, got %s", decl.TypeName(v))
	case empty(t):
		m.PDU.Vars, m.PDU.Encoded = nil, nil
		return nil
	}
	vars, err := contents(m.tree, t, m.PDU.Type)
	if err == nil {
		m.PDU.Vars, m.PDU.Encoded = vars, nil
	}
	return err
}

// contents reads the variables of a message: names, {name, value[, type]}, variables, or values by name.
func contents(tree *mib.Tree, t *lua.LTable, kind message.PDUType) ([]message.Var, error) {
	if t.Len() == 0 {
		return wishes(tree, t)
	}
	vars := make([]message.Var, t.Len())
	for i := range vars {
		v, err := content(tree, t.RawGetInt(i+1), kind)
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
		vars[i] = v
	}
	return vars, nil
}

// content reads one variable. A name that stands for its only instance is itself where successors are asked for.
func content(tree *mib.Tree, v lua.LValue, pdu message.PDUType) (read message.Var, err error) {
	name, value, kind := v, lua.LValue(lua.LNil), lua.LValue(lua.LNil)
	switch x := v.(type) {
	case *lua.LTable:
		name, value, kind = x.RawGetInt(1), x.RawGetInt(2), x.RawGetInt(3)
	case *lua.LUserData:
		if from, ok := x.Value.(*variable); ok {
			return from.Var, nil
		}
	}
	text, ok := nameArg(name)
	if !ok {
		return read, fmt.Errorf("name or {name, value} expected, got %s", decl.TypeName(name))
	}
	find := instance
	if pdu == message.GetNext || pdu == message.GetBulk {
		find = resolve
	}
	if read.Name, err = find(tree, text); err != nil {
		return read, err
	}
	switch kind := kind.(type) {
	case lua.LNumber:
		read.Value, err = tagged(kind, value)
		return read, err
	case lua.LString:
		read.Value, err = literal(tree, string(kind), value)
		return read, err
	}
	if value == lua.LNil {
		read.Value = message.Null
		return read, nil
	}
	return wish(tree, text, value, kind)
}

// tagged is a value of any tag and contents.
func tagged(tag lua.LNumber, contents lua.LValue) (message.Value, error) {
	b, ok := contents.(lua.LString)
	if n := int(tag); n < 0 || n > 0xff || n&0x1f == 0x1f || lua.LNumber(n) != tag {
		return message.Value{}, fmt.Errorf("tag of one byte expected, got %v", tag)
	}
	if !ok {
		return message.Value{}, fmt.Errorf("bytes expected beside a tag, got %s", decl.TypeName(contents))
	}
	return message.Contents(byte(tag), append([]byte{}, b...)), nil
}

// literal is a value of a type, whatever the MIB says of its variable.
func literal(tree *mib.Tree, typ string, v lua.LValue) (message.Value, error) {
	if t, ok := message.TypeNamed(typ); ok && t.Exception() {
		return message.Value{Type: t}, nil
	}
	return names.Value(tree, nil, typ, v)
}
