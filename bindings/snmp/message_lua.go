package snmp

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
)

// messageLua is message:lua().
func messageLua(L *lua.LState) int {
	m := theMessage(L, "lua")
	b := encodedMessage(L, m, "lua")
	short := m.Clone()
	short.Whole = nil
	if plain, err := short.Encode(); err != nil || !bytes.Equal(plain, b) {
		L.Push(lua.LString("snmp.decode(" + quoted(string(b)) + ")"))
		return 1
	}
	L.Push(lua.LString("snmp.message{" + strings.Join(messageSource(L, m), ", ") + "}"))
	return 1
}

// messageSource are the fields that are there, as Lua writes them. Cipher text stands for what was decrypted.
func messageSource(L *lua.LState, m *wireMessage) (fields []string) {
	if m.V3 != nil && m.V3.Encrypted != nil {
		closed := *m.Message
		closed.PDU = nil
		m = &wireMessage{Message: &closed, tree: m.tree}
	}
	for _, f := range messageFields {
		if f.set == nil {
			continue
		}
		if text := fieldSource(L, m, f); text != "" {
			fields = append(fields, f.name+"="+text)
		}
	}
	return fields
}

// fieldSource is the value of a field; "" for one that isn't there.
func fieldSource(L *lua.LState, m *wireMessage, f messageField) string {
	switch {
	case f.name == "vars" && m.PDU != nil:
		return "{" + strings.Join(varSources(m.PDU.Vars), ", ") + "}"
	case f.name == "enterprise" && m.PDU != nil && m.PDU.Trap != nil:
		return quoted(m.PDU.Trap.Enterprise.String())
	}
	switch v := f.get(L, m).(type) {
	case lua.LString:
		return quoted(string(v))
	case lua.LNumber:
		return decl.FormatNumber(float64(v))
	}
	return ""
}

// varSources are variables as Lua writes them.
func varSources(vars []message.Var) []string {
	list := make([]string, len(vars))
	for i, v := range vars {
		list[i] = "{" + quoted(v.Name.String()) + valueSource(v.Value) + "}"
	}
	return list
}

// valueSource is a value with its type; by its tag and its contents where Lua has no other way to write it exactly.
func valueSource(v message.Value) string {
	if text, ok := exactSource(v); ok {
		return text
	}
	tag := v.Type
	if tag > math.MaxUint8 { // one that net-snmp puts in an Opaque
		tag = message.TypeOpaque
	}
	return ", " + quoted(string(v.Raw())) + ", " + decl.FormatNumber(float64(tag))
}

// exactSource is a value with its type, for those that are encoded as their type always is.
func exactSource(v message.Value) (string, bool) {
	typ, n := ", "+quoted(v.Type.String()), v.Int()
	switch t := v.Type; {
	case v.Malformed():
		return "", false
	case t == message.TypeNull:
		return "", true
	case t.Exception():
		return ", false" + typ, true
	case t == message.TypeOctetString:
		return ", " + quoted(string(v.Bytes())) + typ, true
	case t == message.TypeObjectIdentifier:
		return ", " + quoted(v.String()) + typ, v.Equal(message.OIDValue(v.OID()))
	case t == message.TypeIPAddress:
		return ", " + quoted(v.String()) + typ, true
	case t == message.TypeCounter64:
		return ", " + quoted(v.String()) + typ, v.Equal(message.Counter64(v.Uint()))
	case t == message.TypeInteger && int64(int32(n)) == n, n == int64(uint32(n)) && t >= message.TypeCounter32 && t <= message.TypeTimeTicks:
		return ", " + decl.FormatNumber(float64(n)) + typ, v.Equal(message.Number(t, v.Uint()))
	}
	return "", false
}

// quoted is a string as every Lua reads it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, "\\%03d", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
