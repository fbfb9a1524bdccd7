package snmp

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A row is one of a table, as Lua has it. Its variables are made when Lua asks.
type row struct {
	f    *fetch
	key  oid.OID       // the index
	vars []message.Var // of each column; one without a value isn't there
}

func rowClass() *decl.Class {
	return &decl.Class{Name: "snmp.row", Type: reflect.TypeFor[*row](),
		Doc: "A row of a table: row.ifDescr is its variable in that column, nil when there is none.",
		Fields: []decl.Param{
			{Name: "index", Type: "table|nil", Doc: "the index, decoded: by position, and by name as row.index.ifIndex"},
			{Name: "key", Type: "string", Doc: "the index in dotted numbers"},
		},
		Methods: []decl.Function{
			decl.Raw{Name: "variables", Why: "returns an iterator", Run: rowVariables, Doc: "Iterate over the row's columns in order, as name and variable.",
				Results: []decl.Param{{Name: "iterator", Type: "fun(): string, snmp.var", Doc: "for a generic for"}},
				Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["ifDescr.2"]="eth0", ["ifMtu.2"]=1500}})
local rows = assert(assert(snmp.open{host=a.address}):table("ifTable"))
local list = {}
for name, var in rows[1]:variables() do list[#list + 1] = name .. "=" .. var.text end
table.concat(list, " ") --> ifDescr=eth0 ifMtu=1500`},
		},
		Index: rowIndex,
		Plain: rowPlain,
		Meta:  map[string]lua.LGFunction{"__tostring": decl.ToString},
	}
}

// String lists the columns: 2: ifDescr=eth0 ifMtu=1500.
func (r *row) String() string {
	var b strings.Builder
	b.WriteString(r.key.String())
	b.WriteByte(':')
	for i, c := range r.f.columns {
		if v := r.variable(i); v != nil {
			fmt.Fprintf(&b, " %s=%s", c.name, v.text())
		}
	}
	return b.String()
}

// variable is the one in a column; nil when there is none.
func (r *row) variable(i int) *variable {
	if r.vars[i].Name == nil {
		return nil
	}
	return &variable{r.vars[i], r.f.s.tree}
}

// rowIndex is row.name.
func rowIndex(L *lua.LState, self any, name string) (lua.LValue, bool) {
	r := self.(*row)
	i := slices.IndexFunc(r.f.columns, func(c column) bool { return c.name == name })
	switch {
	case i >= 0:
		if v := r.variable(i); v != nil {
			return decl.NewUserData(L, v), true
		}
		return lua.LNil, true
	case name == "index":
		return r.index(L), true
	case name == "key":
		return lua.LString(r.key.String()), true
	}
	names := []string{"index", "key", "variables"}
	for _, c := range r.f.columns {
		names = append(names, c.name)
	}
	decl.RaiseUnknown(L, "snmp.row", name, names)
	return nil, false
}

// rowPlain is a row as data: its index, and in each column a number or a text.
func rowPlain(L *lua.LState, self any) lua.LValue {
	r := self.(*row)
	t := L.CreateTable(0, len(r.f.columns)+1)
	t.RawSetString("key", lua.LString(r.key.String()))
	for i, c := range r.f.columns {
		v := r.variable(i)
		if v == nil {
			continue
		}
		t.RawSetString(c.name, lua.LString(v.text()))
		if n, is := numberOf(v.Value); is && n.String() == v.text() {
			t.RawSetString(c.name, n)
		}
	}
	return t
}

// index is the decoded index.
func (r *row) index(L *lua.LState) lua.LValue {
	if r.f.row == nil {
		return lua.LNil
	}
	parts, _ := r.f.row.DecodeIndex(r.key)
	return indexTable(L, parts)
}

// rowVariables is row:variables().
func rowVariables(L *lua.LState) int {
	r := decl.Self[*row](L, "snmp.row:variables", "snmp.row")
	at := 0
	L.Push(L.NewFunction(func(L *lua.LState) int {
		for ; at < len(r.f.columns); at++ {
			if v := r.variable(at); v != nil {
				L.Push(lua.LString(r.f.columns[at].name))
				L.Push(decl.NewUserData(L, v))
				at++
				return 2
			}
		}
		return 0
	}))
	return 1
}

// rows makes the list of rows out of columns, in the order of their indices.
func (f *fetch) rows(L *lua.LState, found [][]message.Var) *lua.LTable {
	byKey := map[string]*row{}
	var all []*row
	for i, c := range f.columns {
		for _, v := range found[i] {
			key := v.Name[len(c.oid):]
			id := key.String()
			r := byKey[id]
			if r == nil {
				r = &row{f: f, key: key, vars: make([]message.Var, len(f.columns))}
				byKey[id] = r
				all = append(all, r)
			}
			r.vars[i] = v
		}
	}
	slices.SortFunc(all, func(a, b *row) int { return oid.Compare(a.key, b.key) })
	t := L.CreateTable(len(all), 0)
	place := make(map[string]int, len(all))
	for i, r := range all {
		t.RawSetInt(i+1, decl.NewUserData(L, r))
		place[r.key.String()] = i + 1
	}
	t.Metatable = f.meta(L, t, place)
	return t
}

// meta lets rows be found by their index, and tells the columns.
func (f *fetch) meta(L *lua.LState, rows *lua.LTable, place map[string]int) *lua.LTable {
	names := L.CreateTable(len(f.columns), 0)
	for i, c := range f.columns {
		names.RawSetInt(i+1, lua.LString(c.name))
	}
	meta := L.CreateTable(0, 1)
	meta.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
		key, _ := L.Get(2).(lua.LString)
		switch at := place[string(key)]; {
		case at > 0:
			L.Push(rows.RawGetInt(at))
		case key == "columns":
			L.Push(names)
		default:
			L.Push(lua.LNil)
		}
		return 1
	}))
	return meta
}

// indexTable is a decoded index: its parts by position and by name, nil when there is none. Numbers are numbers, all else is
// text: addresses, strings, enumerations by name.
func indexTable(L *lua.LState, parts []mib.Part) lua.LValue {
	if parts == nil {
		return lua.LNil
	}
	return names.Index(L, parts)
}
