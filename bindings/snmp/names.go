package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// treeOf is the runtime's tree of names.
func treeOf(L *lua.LState) *mib.Tree { return names.From(decl.HostOf(L).Context()) }

// resolve reads what scripts write for an object identifier: sysName.0, IF-MIB::ifDescr.2, 1.3.6.1.
func resolve(tree *mib.Tree, text string) (oid.OID, error) {
	o, _, err := tree.Resolve(text)
	return o, err
}

// instance is resolve for a variable: a bare name of a scalar is its only instance, sysName.0.
func instance(tree *mib.Tree, text string) (oid.OID, error) {
	o, n, err := tree.Resolve(text)
	if err == nil && n != nil && n.Kind == mib.Scalar && n.OID.Equal(o) && !numeric(text) {
		o = o.Append(0)
	}
	return o, err
}

// numeric says whether an identifier is written in numbers: it is meant to the letter.
func numeric(text string) bool {
	return text == "" || text[0] == '.' || text[0] >= '0' && text[0] <= '9'
}

// nameArg is a value that names something: text, or a variable or node with a name.
func nameArg(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case *lua.LUserData:
		switch x := v.Value.(type) {
		case *variable:
			return x.numbers(), true
		case *mib.Node:
			return x.OID.String(), true
		}
	}
	return "", false
}

// indexOf is the index behind a column's name, decoded; nil when there is none.
func indexOf(L *lua.LState, tree *mib.Tree, name oid.OID) lua.LValue {
	parts, _ := tree.Index(name)
	return indexTable(L, parts)
}

// A reader makes an identifier of text.
type reader = func(*mib.Tree, string) (oid.OID, error)
