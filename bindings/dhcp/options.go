package dhcp

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// options is a message's options as Lua holds them.
type options dhcp4.Message

// optionIndex is options.name.
func optionIndex(L *lua.LState, self any, name string) (lua.LValue, bool) {
	d := option.ByName(name)
	if d == nil {
		decl.Raisef(L, "dhcp.message: %s", option.Unknown(name))
	}
	return packets.ToLua(L, (*dhcp4.Message)(self.(*options)).Value(d.Code)), true
}

// optionNth is options[code].
func optionNth(L *lua.LState, self any, code int) (lua.LValue, bool) {
	if code < 0 || code > 255 {
		decl.Raisef(L, "dhcp.message: codes of options are 0 to 255, got %d", code)
	}
	return packets.ToLua(L, (*dhcp4.Message)(self.(*options)).Value(uint8(code))), true
}

// optionNewIndex is options.name = v and options[code] = v.
func optionNewIndex(L *lua.LState) int {
	setOption(L, (*dhcp4.Message)(L.Get(1).(*lua.LUserData).Value.(*options)), L.Get(2), L.Get(3))
	return 0
}

func optionCount(L *lua.LState) int {
	L.Push(lua.LNumber(len(L.Get(1).(*lua.LUserData).Value.(*options).Options)))
	return 1
}

// setOption sets the option of a name or code, or raises; nil removes it, and so does false for one that is only there.
func setOption(L *lua.LState, m *dhcp4.Message, key, v lua.LValue) {
	code := codeOf(L, key)
	if v == lua.LFalse && option.KindOf(code) == option.Nothing {
		v = lua.LNil
	}
	if v == lua.LNil {
		m.Set(code, nil)
		return
	}
	m.Set(code, dataOf(L, code, v))
}

// codeOf is the code that a name or a number stands for, or raises.
func codeOf(L *lua.LState, v lua.LValue) uint8 {
	code, err := option.Code(valueOf(v))
	if err != nil {
		decl.Raisef(L, "dhcp.message: %s", err)
	}
	return code
}

// dataOf is a value as an option's data, or raises.
func dataOf(L *lua.LState, code uint8, v lua.LValue) []byte {
	data, err := dhcp4.DataOf(code, valueOf(v))
	if err != nil {
		decl.Raisef(L, "dhcp.message: %s", err)
	}
	return data
}

// optionsField is the view of the options; setting it replaces them all.
func optionsField() field {
	return field{"options", "dhcp.options", "options by name or code",
		func(L *lua.LState, m *dhcp4.Message) lua.LValue { return decl.NewUserData(L, (*options)(m)) }, nil}
}

// addOptions adds the options of a table: those by name in the order of their codes, what relay agents say last; those of a
// list in its own order, as {name, value}, {name, data=bytes} or {name}, which is true.
func addOptions(L *lua.LState, m *dhcp4.Message, v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		if _, isList := v.RawGetInt(1).(*lua.LTable); isList && plainList(v) {
			for i := 1; i <= v.Len(); i++ {
				addEntry(L, m, i, v.RawGetInt(i))
			}
			return
		}
		addNamed(L, m, v)
		return
	case *lua.LUserData:
		if o, ok := v.Value.(*options); ok {
			for _, o := range o.Options {
				m.Insert(lastOf(m, o), o)
			}
			return
		}
	}
	decl.Raisef(L, "dhcp.message: options: table expected, got %s", decl.TypeName(v))
}

// lastOf is where an option is put that comes behind all that are there: an end and what is in other areas at the very end.
func lastOf(m *dhcp4.Message, o dhcp4.Option) int {
	if o.Code == option.End || o.In != dhcp4.Options {
		return len(m.Options)
	}
	return m.Last()
}

// plainList says whether a table has positions and no names, and no value that could be option 1's.
func plainList(t *lua.LTable) bool {
	only := true
	decl.Each(t, func(k, v lua.LValue) {
		n, ok := k.(lua.LNumber)
		_, isTable := v.(*lua.LTable)
		only = only && ok && int(n) <= t.Len() && isTable
	})
	return only
}

// addNamed adds options by their names or codes.
func addNamed(L *lua.LState, m *dhcp4.Message, t *lua.LTable) {
	type one struct {
		code  uint8
		value lua.LValue
	}
	all := []one{}
	decl.Each(t, func(k, v lua.LValue) { all = append(all, one{codeOf(L, k), v}) })
	rank := func(code uint8) int {
		if code == option.RelayAgentInformation {
			return 256
		}
		return int(code)
	}
	slices.SortStableFunc(all, func(a, b one) int { return cmp.Compare(rank(a.code), rank(b.code)) })
	for _, o := range all {
		setOption(L, m, lua.LNumber(o.code), o.value)
	}
}

// addEntry adds the option of one entry of a list; a name alone may be a string.
func addEntry(L *lua.LState, m *dhcp4.Message, i int, v lua.LValue) {
	t, ok := v.(*lua.LTable)
	if !ok {
		decl.Raisef(L, "dhcp.message: options: entry %d: {name, value} expected, got %s", i, decl.TypeName(v))
	}
	o := entryOf(L, t)
	m.Insert(lastOf(m, o), o)
}

// entryOf is the option of {name, value}, or of a row of message.list.
func entryOf(L *lua.LState, t *lua.LTable) dhcp4.Option {
	name, value := t.RawGetInt(1), t.RawGetInt(2)
	if name == lua.LNil {
		name, value = t.RawGetString("code"), t.RawGetString("value")
	}
	o := dhcp4.Option{Code: codeOf(L, name), In: areaOf(L, t.RawGetString("area"))}
	data, isData := t.RawGetString("data").(lua.LString)
	switch {
	case o.Code == option.Pad || o.Code == option.End:
	case isData && (value == lua.LNil || unchanged(o.Code, []byte(data), value)):
		o.Data = []byte(data)
	case value == lua.LNil:
		o.Data = dataOf(L, o.Code, lua.LTrue)
	default:
		o.Data = dataOf(L, o.Code, value)
	}
	return o
}

// unchanged says whether a row's value is still that of its data.
func unchanged(code uint8, data []byte, v lua.LValue) bool {
	was := dhcp4.Option{Code: code, Data: data}
	value, _ := was.Value()
	before, err := dhcp4.DataOf(code, value)
	if err != nil {
		return v == lua.LString(data)
	}
	after, err := dhcp4.DataOf(code, valueOf(v))
	return err == nil && bytes.Equal(before, after)
}

// areaOf is the place of an option.
func areaOf(L *lua.LState, v lua.LValue) dhcp4.Area {
	switch v.String() {
	case "nil", "options":
		return dhcp4.Options
	case "file":
		return dhcp4.File
	case "sname":
		return dhcp4.SName
	}
	decl.Raisef(L, "dhcp.message: area: options, file or sname expected, got %s", v.String())
	return 0
}

// listOf is message.list.
func listOf(L *lua.LState, m *dhcp4.Message) lua.LValue {
	t := L.CreateTable(len(m.Options), 0)
	for i := range m.Options {
		o := &m.Options[i]
		row := L.CreateTable(0, 7)
		row.RawSetString("code", lua.LNumber(o.Code))
		row.RawSetString("name", lua.LString(option.NameOf(o.Code)))
		row.RawSetString("area", lua.LString(o.In.String()))
		if o.Offset > 0 {
			row.RawSetString("offset", lua.LNumber(o.Offset))
		}
		if o.Code != option.Pad && o.Code != option.End {
			v, err := o.Value()
			row.RawSetString("value", packets.ToLua(L, v))
			row.RawSetString("text", lua.LString(o.Text()))
			row.RawSetString("data", lua.LString(o.Data))
			if err != nil {
				row.RawSetString("problem", lua.LString(err.Error()))
			}
		}
		t.Append(row)
	}
	return t
}

// problemsOf is message.problems.
func problemsOf(L *lua.LState, m *dhcp4.Message) lua.LValue {
	all := m.Check()
	t := L.CreateTable(len(all), 0)
	for _, p := range all {
		t.Append(lua.LString(p.String()))
	}
	return t
}

func tooLong(most, got int) error { return fmt.Errorf("at most %d bytes expected, got %d", most, got) }
