package snmp

import (
	"context"
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

func setFunction() decl.Function {
	return decl.Raw{Name: "set", Why: "takes variables in two shapes", Run: setVars, Blocks: true, Source: "RFC 3416 section 4.2.5",
		Fails: append([]string{decl.BadValue, decl.ReadOnly, decl.NoAccess, decl.WrongType, decl.WrongLength, decl.WrongEncoding, decl.WrongValue,
			decl.NoCreation, decl.InconsistentValue, decl.ResourceUnavailable, decl.CommitFailed, decl.UndoFailed, decl.NotWritable,
			decl.InconsistentName}, askFails...),
		Doc: "Set variables, all or none of them. The type is the one that is given, else the MIB's, else it follows from the value: Integer, " +
			"OctetString, Counter64 for a u64. Text is read as the MIB has it: enumerations by name, addresses, display hints. A variable that was " +
			"read can be set as it is.",
		Params: []decl.Param{{Name: "values", Type: "table", Doc: "values by name, {[\"sysName.0\"]=\"R2\"}, set in the order of their identifiers; or in " +
			"order and, if need be, with types: {{\"sysName.0\", \"R2\"}, {\"1.3.6.1.4.1.1.1.0\", \"10.0.0.1\", \"IpAddress\"}}; or variables"}},
		Results: varResults,
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", write_community="private", writable=true, tree={["sysName.0"]="R1", ["ifAdminStatus.2"]=1}})
local s = assert(snmp.open{host=a.address, community="private"})
s:set{["sysName.0"]="R2"}.value --> R2
s:set{{"ifAdminStatus.2", "down"}, {"sysName.0", "R3", "OctetString"}} --> ifAdminStatus.2 = down, sysName.0 = R3`}
}

// setVars is s:set{…}.
func setVars(L *lua.LState) int {
	const method = "snmp.session:set"
	s := theSession(L, "set")
	t, ok := L.Get(2).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, method, decl.Expected(L, 2, "table"))
	}
	vars, err := wishes(s.tree, t)
	if err != nil {
		decl.RaiseArg(L, 1, method, err.Error())
	}
	return s.answer(L, "set", false, func(ctx context.Context) ([]message.Var, error) { return s.Set(ctx, vars...) })
}

// wishes reads variables with values: by name, or in order.
func wishes(tree *mib.Tree, t *lua.LTable) (vars []message.Var, err error) {
	add := func(v message.Var, bad error) {
		if err == nil {
			vars, err = append(vars, v), bad
		}
	}
	decl.Each(t, func(k, v lua.LValue) {
		if name, ok := k.(lua.LString); ok {
			add(wish(tree, string(name), v, lua.LNil))
		}
	})
	slices.SortFunc(vars, func(a, b message.Var) int { return oid.Compare(a.Name, b.Name) })
	for i := 1; i <= t.Len(); i++ {
		switch v := t.RawGetInt(i).(type) {
		case *lua.LTable:
			name, ok := nameArg(v.RawGetInt(1))
			if !ok {
				return nil, fmt.Errorf("item %d: name expected, got %s", i, decl.TypeName(v.RawGetInt(1)))
			}
			add(wish(tree, name, v.RawGetInt(2), v.RawGetInt(3)))
		case *lua.LUserData:
			x, ok := v.Value.(*variable)
			if !ok {
				return nil, fmt.Errorf("item %d: {name, value} expected, got %s", i, decl.TypeName(v))
			}
			add(x.Var, nil)
		default:
			return nil, fmt.Errorf("item %d: {name, value} expected, got %s", i, decl.TypeName(v))
		}
	}
	if err == nil && len(vars) == 0 {
		err = fmt.Errorf("no variables to set")
	}
	return vars, err
}

// wish is one variable with its value.
func wish(tree *mib.Tree, name string, value, typ lua.LValue) (v message.Var, err error) {
	if v.Name, err = instance(tree, name); err != nil {
		return v, err
	}
	word := ""
	if typ != lua.LNil {
		text, ok := typ.(lua.LString)
		if !ok {
			return v, fmt.Errorf("%s: name of a type expected, got %s", name, decl.TypeName(typ))
		}
		word = string(text)
	}
	if x, ok := value.(*lua.LUserData); ok {
		if from, ok := x.Value.(*variable); ok && word == "" {
			v.Value = from.Value
			return v, nil
		}
	}
	v.Value, err = names.Value(tree, v.Name, word, value)
	return v, err
}
