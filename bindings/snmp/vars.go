package snmp

import (
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// varsOf are the variables that a table stands for: a list of {name, value[, type]} and of variables, in order; then values
// by name, in the order of their identifiers.
func varsOf(tree *mib.Tree, v lua.LValue) (vars []message.Var, err error) {
	if v == nil || v == lua.LNil {
		return nil, nil
	}
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil, fmt.Errorf("table expected, got %s", decl.TypeName(v))
	}
	for i := 1; i <= t.Len(); i++ {
		x, err := listed(tree, t.RawGetInt(i))
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
		vars = append(vars, x)
	}
	named := len(vars)
	decl.Each(t, func(k, v lua.LValue) {
		if name, ok := k.(lua.LString); ok && err == nil {
			var x message.Var
			x, err = assigned(tree, string(name), v, "")
			vars = append(vars, x)
		}
	})
	slices.SortFunc(vars[named:], func(a, b message.Var) int { return oid.Compare(a.Name, b.Name) })
	return vars, err
}

// listed is an item of a list of variables.
func listed(tree *mib.Tree, v lua.LValue) (message.Var, error) {
	switch v := v.(type) {
	case *lua.LTable:
		name, ok := nameArg(v.RawGetInt(1))
		if !ok {
			return message.Var{}, fmt.Errorf("{name, value[, type]} expected: the name is a %s", decl.TypeName(v.RawGetInt(1)))
		}
		typ := v.RawGetInt(3)
		if typ == lua.LNil {
			typ = lua.LString("")
		}
		return assigned(tree, name, v.RawGetInt(2), typ.String())
	case *lua.LUserData:
		if x, ok := v.Value.(*variable); ok {
			return x.Var, nil
		}
	}
	return message.Var{}, fmt.Errorf("{name, value[, type]} expected, got %s", decl.TypeName(v))
}

// assigned is a variable of a name and a value.
func assigned(tree *mib.Tree, name string, v lua.LValue, typ string) (x message.Var, err error) {
	if x.Name, err = instance(tree, name); err == nil {
		x.Value, err = names.Value(tree, x.Name, typ, v)
	}
	return x, err
}
