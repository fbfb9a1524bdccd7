package snmp

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
)

// A variable is a name and what an agent holds under it. Lua asks for few of its fields, so none is made before.
type variable struct {
	message.Var
	tree *mib.Tree // that names it
}

func varClasses() []*decl.Class {
	c := decl.Reads(&decl.Class{Name: "snmp.var", Type: reflect.TypeFor[*variable](),
		Doc: "A variable of an agent: its name and its value. tostring gives both as text: sysName.0 = R2.", Methods: varMethods(),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__concat": decl.Concat}}, varFields())
	c.Shortcuts.Get, c.Plain = varShortcut, varPlain
	return []*decl.Class{c}
}

func varFields() []decl.Reading[*variable] {
	field := func(name, typ, doc string, get func(*lua.LState, *variable) lua.LValue) decl.Reading[*variable] {
		return decl.Reading[*variable]{Param: decl.Param{Name: name, Type: typ, Doc: doc}, Get: get}
	}
	text := func(name, doc string, get func(*variable) string) decl.Reading[*variable] {
		return field(name, "string", doc, func(_ *lua.LState, v *variable) lua.LValue { return lua.LString(get(v)) })
	}
	return []decl.Reading[*variable]{
		text("name", "name and instance, as ifDescr.2; dotted numbers where no MIB names it", (*variable).name),
		text("qualified", "name with its module, as IF-MIB::ifDescr.2", (*variable).qualified),
		text("oid", "dotted numbers", (*variable).numbers),
		text("type", "type of the value on the wire, as OctetString or Counter64", (*variable).typ),
		field("value", "string|number|u64|nil", "what it holds: a number; a u64 for a Counter64; bytes; for an ObjectIdentifier dotted numbers, for an "+
			"IpAddress its text; nil for an exception", func(L *lua.LState, v *variable) lua.LValue { return names.Lua(L, v.Value) }),
		text("text", "the value for people: enumerations by name, strings as their display hint says", (*variable).text),
		text("raw", "bytes of the value as they came, behind tag and length", func(v *variable) string { return string(v.Value.Raw()) }),
		field("exception", "string|nil", "noSuchObject, noSuchInstance or endOfMibView where there is no value", exceptionOf),
		field("index", "table|nil", "what stands behind the column's name, decoded: by position, and by name as index.ifIndex; nil outside of tables",
			func(L *lua.LState, v *variable) lua.LValue { return indexOf(L, v.tree, v.Name) }),
		field("node", "mib.node|nil", "what the MIB says of it; nil where no MIB names it", func(L *lua.LState, v *variable) lua.LValue {
			if n := v.node(); n != nil {
				return decl.NewUserData(L, n)
			}
			return lua.LNil
		}),
	}
}

// varPlain is a variable as data: its names, type and value. Bytes have their text.
func varPlain(L *lua.LState, self any) lua.LValue {
	v := self.(*variable)
	t := L.CreateTable(0, 6)
	t.RawSetString("name", lua.LString(v.name()))
	t.RawSetString("oid", lua.LString(v.numbers()))
	t.RawSetString("type", lua.LString(v.typ()))
	value := names.Lua(L, v.Value)
	if value.Type() == lua.LTString && v.Value.Type == message.TypeOctetString {
		value = lua.LString(v.text())
	}
	t.RawSetString("value", value)
	t.RawSetString("text", lua.LString(v.text()))
	t.RawSetString("exception", exceptionOf(L, v))
	return t
}

// varShortcut answers for the fields that loops ask for.
func varShortcut(self any, key string) (lua.LValue, lua.LNumber, bool) {
	v := self.(*variable)
	switch key {
	case "name":
		return lua.LString(v.name()), 0, true
	case "oid":
		return lua.LString(v.numbers()), 0, true
	case "text":
		return lua.LString(v.text()), 0, true
	case "type":
		return lua.LString(v.typ()), 0, true
	case "value":
		if v.Value.Type == message.TypeOctetString {
			return lua.LString(v.Value.Bytes()), 0, true
		}
		if n, ok := numberOf(v.Value); ok {
			return nil, n, true
		}
	}
	return nil, 0, false
}

func (v *variable) name() string      { return v.tree.Name(v.Name) }
func (v *variable) qualified() string { return v.tree.Qualified(v.Name) }
func (v *variable) numbers() string   { return v.Name.String() }
func (v *variable) typ() string       { return v.Value.Type.String() }

// String is name and value: sysName.0 = R2.
func (v *variable) String() string { return fmt.Sprintf("%s = %s", v.name(), v.text()) }

// node is what the MIB says of the variable; nil when it says nothing.
func (v *variable) node() *mib.Node {
	n, rest := v.tree.Prefix(v.Name)
	if n == nil || len(rest) > 0 && !n.Kind.Object() {
		return nil
	}
	return n
}

// text is the value for people.
func (v *variable) text() string { return names.Text(v.tree, v.Name, v.Value) }

// numberOf is a value as Lua's number; false for those that are none, and for a Counter64, which may pass 2^53.
func numberOf(v message.Value) (lua.LNumber, bool) {
	if v.Malformed() {
		return 0, false
	}
	switch v.Type {
	case message.TypeInteger, message.TypeOpaqueInteger64:
		return lua.LNumber(v.Int()), true
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks:
		return lua.LNumber(v.Uint()), true
	case message.TypeOpaqueFloat, message.TypeOpaqueDouble:
		return lua.LNumber(v.Float()), true
	}
	return 0, false
}

// exceptionOf is the name of an exception, or nil.
func exceptionOf(_ *lua.LState, v *variable) lua.LValue {
	if v.Value.Type.Exception() {
		return lua.LString(v.Value.String())
	}
	return lua.LNil
}

// pushVars makes variables for Lua, all in two pieces of memory.
func pushVars(L *lua.LState, tree *mib.Tree, vars []message.Var) []lua.LUserData {
	values := make([]variable, len(vars))
	list := make([]lua.LUserData, len(vars))
	meta := decl.Metatable(L, reflect.TypeFor[*variable]())
	for i, v := range vars {
		values[i] = variable{v, tree}
		list[i] = lua.LUserData{Value: &values[i], Env: L.Env}
		if meta != nil {
			list[i].Metatable = meta
		}
	}
	return list
}

// varTable is a list of variables.
func varTable(L *lua.LState, tree *mib.Tree, vars []message.Var) *lua.LTable {
	t := L.CreateTable(len(vars), 0)
	list := pushVars(L, tree, vars)
	for i := range list {
		t.RawSetInt(i+1, &list[i])
	}
	return t
}
