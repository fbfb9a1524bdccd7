package snmp

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A treeReader makes variables and sources of a script's table.
type treeReader struct {
	L      *lua.LState
	handle *agentHandle
	names  *mib.Tree

	vars     []message.Var
	mounts   []agent.Mount
	writable []oid.OID
	removed  []oid.OID
}

// table reads all entries.
func (t *treeReader) table(list *lua.LTable) (err error) {
	decl.Each(list, func(k, v lua.LValue) {
		if err == nil {
			if err = t.entry(k, v); err != nil {
				err = fmt.Errorf("entry '%s': %w", k, err)
			}
		}
	})
	return err
}

// entry reads a name and what it has: rows of a table, functions, or a value.
func (t *treeReader) entry(k, v lua.LValue) error {
	text, ok := nameArg(k)
	if !ok {
		return fmt.Errorf("name expected, got %s", decl.TypeName(k))
	}
	o, n, err := t.names.Resolve(text)
	if err != nil {
		return err
	}
	if row := t.rowOf(n, o); row != nil {
		if list, isTable := v.(*lua.LTable); isTable && !isFunctions(list) {
			return t.rows(row, list)
		}
	}
	if f, isFunction := v.(*lua.LFunction); isFunction && n != nil && n.Kind != mib.Scalar && n.OID.Equal(o) && !numeric(text) {
		t.mount(o, &scriptSource{agent: t.handle, root: o, get: f, next: f})
		return nil
	}
	if o, err = instance(t.names, text); err != nil {
		return err
	}
	if v == lua.LFalse && !t.truth(o) {
		t.removed = append(t.removed, o)
		return nil
	}
	return t.cell(o, v)
}

// truth says whether false is a value of a variable.
func (t *treeReader) truth(o oid.OID) bool {
	n, _ := t.names.Prefix(o)
	return n != nil && n.Syntax != nil && n.Syntax.EnumName(2) == "false"
}

// rowOf is the row of a table that a name stands for, nil when it stands for none.
func (t *treeReader) rowOf(n *mib.Node, o oid.OID) *mib.Node {
	if n == nil || !n.OID.Equal(o) || n.Kind != mib.Table && n.Kind != mib.Row {
		return nil
	}
	return t.names.Row(n)
}

// cellTable is a value of which more is said.
type cellTable struct {
	Type     string     `lua:"type?"`
	Value    lua.LValue `lua:"value?"`
	Writable bool       `lua:"writable?"`
}

// cell reads what one variable has: a value, a type with a value, or functions.
func (t *treeReader) cell(o oid.OID, v lua.LValue) error {
	switch v := v.(type) {
	case *lua.LFunction:
		t.mount(o, &scriptSource{agent: t.handle, root: o, leaf: true, get: v})
		return nil
	case *lua.LTable:
		if isFunctions(v) {
			return t.functions(o, v)
		}
		if v.Len() == 2 {
			return t.value(o, lua.LVAsString(v.RawGetInt(1)), v.RawGetInt(2))
		}
		if v.Len() == 0 {
			var c cellTable
			if err := decl.Read(t.L, v, &c); err != nil {
				return err
			}
			if c.Writable {
				t.writable = append(t.writable, o)
			}
			return t.value(o, c.Type, c.Value)
		}
	}
	return t.value(o, "", v)
}

// value adds a variable.
func (t *treeReader) value(o oid.OID, typ string, v lua.LValue) error {
	if v == nil {
		v = lua.LNil
	}
	value, err := names.Value(t.names, o, typ, v)
	if err != nil {
		return err
	}
	t.vars = append(t.vars, message.Var{Name: o, Value: value})
	return nil
}

// functionTable is functions that answer for what is below a name.
type functionTable struct {
	Get  *lua.LFunction `lua:"get?"`
	Next *lua.LFunction `lua:"next?"`
	Test *lua.LFunction `lua:"test?"`
	Set  *lua.LFunction `lua:"set?"`
	Undo *lua.LFunction `lua:"undo?"`
}

// isFunctions says whether a table holds functions rather than a value or rows.
func isFunctions(t *lua.LTable) bool {
	for _, name := range []string{"get", "next", "set", "test"} {
		if _, ok := t.RawGetString(name).(*lua.LFunction); ok {
			return true
		}
	}
	return false
}

func (t *treeReader) functions(o oid.OID, v *lua.LTable) error {
	var f functionTable
	if err := decl.Read(t.L, v, &f); err != nil {
		return err
	}
	s := &scriptSource{agent: t.handle, root: o, leaf: f.Next == nil, get: f.Get, next: f.Next}
	if f.Set == nil {
		t.mount(o, s)
		return nil
	}
	t.mount(o, &scriptSetter{scriptSource: s, test: f.Test, set: f.Set, undo: f.Undo})
	return nil
}

func (t *treeReader) mount(o oid.OID, s agent.Source) {
	t.handle.scripted = true
	t.mounts = append(t.mounts, agent.Mount{Root: o, Source: s})
}
