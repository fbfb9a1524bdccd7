package snmp

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
)

// A wireMessage is a message as Lua has it.
type wireMessage struct {
	*message.Message
	tree   *mib.Tree
	closed string // why it could not be opened, "" when it was, or needs no opening
}

// pushMessage is a message as Lua holds it.
func pushMessage(L *lua.LState, m *message.Message, closed string) lua.LValue {
	return decl.NewUserData(L, &wireMessage{m, treeOf(L), closed})
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

func messageFunctions() []decl.Function { return []decl.Function{decodeFunction()} }

func messageClasses() []*decl.Class {
	return []*decl.Class{decl.Reads(&decl.Class{Name: "snmp.message", Type: reflect.TypeFor[*wireMessage](), Methods: messageMethods(),
		Doc:  "A message as it was on the wire. What only other versions or other PDUs have is nil.",
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__concat": decl.Concat}}, messageFields())}
}

// theMessage is argument 1 as a message.
func theMessage(L *lua.LState, method string) *wireMessage {
	return decl.Self[*wireMessage](L, "snmp.message:"+method, "snmp.message")
}

func messageMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "show", Why: "called per message", Doc: "Show the fields, one a line. Behind what is encrypted stands what it says, if it was opened.",
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "the lines"}},
			Example: `snmp.decode(bytes.unhex "302602010104067075626c6963a01902012a020100020100300e300c06082b060102010105000500"):show():match("community[^\n]*") --> community      "public"`,
			Run: func(L *lua.LState) int {
				L.Push(lua.LString(theMessage(L, "show").show()))
				return 1
			}},
		decl.Raw{Name: "bytes", Why: "called per message", Doc: "Give the message's bytes.",
			Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "as they were on the wire"}},
			Example: `#snmp.decode(bytes.unhex "302602010104067075626c6963a01902012a020100020100300e300c06082b060102010105000500"):bytes() --> 40`,
			Run: func(L *lua.LState) int {
				L.Push(lua.LString(theMessage(L, "bytes").Whole))
				return 1
			}},
		decl.Raw{Name: "packet", Why: "called per message", Doc: "Give the message as a packet, with packet's ways to show and change it. What is encrypted stays so.",
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "whose first layer is snmp"}},
			Example: `snmp.decode(bytes.unhex "302602010104067075626c6963a01902012a020100020100300e300c06082b060102010105000500"):packet().snmp.community --> public`,
			Run:     func(L *lua.LState) int { return packets.PushDecoded(L, theMessage(L, "packet").Whole, "snmp") }},
	}
}
