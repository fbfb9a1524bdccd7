package snmp

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
)

// A wireMessage is a message as Lua has it.
type wireMessage struct {
	*message.Message
	tree   *mib.Tree
	closed string // why it could not be opened, "" when it was, or needs no opening
	owned  bool   // nobody else has it
}

// pushMessage is a message as Lua holds it.
func pushMessage(L *lua.LState, m *message.Message, closed string) lua.LValue {
	return decl.NewUserData(L, &wireMessage{Message: m, tree: treeOf(L), closed: closed})
}

// spell is a variable's name and the text of its value, as the MIB has them.
func (m *wireMessage) spell(v message.Var) (name, text string) {
	_, text = message.Spell(v)
	named := &variable{v, m.tree}
	if !v.Value.Type.Exception() && v.Value.Type != message.TypeNull {
		text = named.typ() + ": " + named.text()
	}
	return named.name(), text
}

// show is the message in lines, with the names of the MIB.
func (m *wireMessage) show() string {
	text := m.Lines(m.spell).String()
	if m.closed != "" {
		text += "  not opened: " + m.closed + "\n"
	}
	return text
}

// about says what the message asks or tells, and of which variable, in a few words.
func (m *wireMessage) about() string {
	p := m.PDU
	switch {
	case p == nil && m.V3 != nil && m.V3.Encrypted != nil:
		return "encrypted"
	case p == nil:
		return "without a PDU"
	}
	text := p.Type.String()
	if m.V3 != nil && len(m.V3.Security.EngineID) == 0 {
		text += " (discovery)"
	}
	if p.Type != message.GetBulk && p.ErrorStatus != message.NoError {
		text += " " + p.ErrorStatus.String()
	}
	if len(p.Vars) > 0 {
		text += " " + m.tree.Name(p.Vars[0].Name)
	}
	if n := len(p.Vars) - 1; n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	if m.V3 != nil && m.V3.Encrypted != nil {
		text += ", encrypted"
	}
	return text
}

// String is the message in one line.
func (m *wireMessage) String() string { return "snmp v" + m.Version.String() + " " + m.about() }

// own makes sure that nobody else has the message, before it is changed.
func (m *wireMessage) own() {
	if !m.owned {
		m.Message, m.owned = m.Clone(), true
	}
}

func messageFunctions() []decl.Function {
	return []decl.Function{decodeFunction(), makeMessageFunction()}
}

func messageClasses() []*decl.Class {
	return []*decl.Class{{Name: "snmp.message", Type: reflect.TypeFor[*wireMessage](), Methods: messageMethods(), Fields: messageParams(),
		Index: messageIndex,
		Doc:   "A message, as it was on the wire or as it shall be there: its fields can be set too. What only other versions or other PDUs have is nil.",
		Meta:  map[string]lua.LGFunction{"__tostring": decl.ToString, "__concat": decl.Concat, "__newindex": messageNewIndex}}}
}

// theMessage is argument 1 as a message.
func theMessage(L *lua.LState, method string) *wireMessage {
	return decl.Self[*wireMessage](L, "snmp.message:"+method, "snmp.message")
}
