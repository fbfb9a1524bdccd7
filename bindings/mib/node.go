package mib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
)

// nodeFields are what a script may read of a node.
var nodeFields = []decl.Reading[*mib.Node]{
	nodeText("name", "string", "name without its module", func(n *mib.Node) string { return n.Name }),
	nodeText("qualified", "string", "name with its module: IF-MIB::ifDescr", (*mib.Node).String),
	nodeText("module", "string", "module that defines it", func(n *mib.Node) string { return n.Module }),
	nodeText("oid", "string", "dotted numbers", func(n *mib.Node) string { return n.OID.String() }),
	nodeText("kind", "string", "scalar, table, row, column, notification, identifier, identity, module, object group, notification group, compliance, capabilities",
		func(n *mib.Node) string { return n.Kind.String() }),
	nodeText("type", "string|nil", "type that values have in SNMP: Integer32, OctetString, Counter64 …; Bits for an OctetString of named bits",
		func(n *mib.Node) string { return syntaxOf(n).Base.String() }),
	nodeText("syntax", "string|nil", "type as the module has it: a textual convention's name, or the type",
		func(n *mib.Node) string { return syntaxOf(n).String() }),
	nodeText("hint", "string|nil", "display hint (RFC 2579 section 3.1)", func(n *mib.Node) string { return syntaxOf(n).Hint }),
	nodeText("access", "string|nil", "read-only, read-write, read-create, not-accessible, accessible-for-notify",
		func(n *mib.Node) string { return n.Access.String() }),
	nodeText("status", "string|nil", "current, deprecated, obsolete; nil where the table of facts doesn't have it",
		func(n *mib.Node) string { return n.Status.String() }),
	nodeText("units", "string|nil", "what the number counts", func(n *mib.Node) string { return n.Units }),
	{Param: decl.Param{Name: "enum", Type: "table<string, integer>|nil", Doc: "numbers by name, of an enumeration or of bits"}, Get: enum},
	{Param: decl.Param{Name: "ranges", Type: "table[]|nil", Doc: "which values a number may have", Fields: rangeFields},
		Get: func(L *lua.LState, n *mib.Node) lua.LValue { return intervals(L, syntaxOf(n).Ranges) }},
	{Param: decl.Param{Name: "sizes", Type: "table[]|nil", Doc: "how many bytes a string may have", Fields: rangeFields},
		Get: func(L *lua.LState, n *mib.Node) lua.LValue { return intervals(L, syntaxOf(n).Sizes) }},
	{Param: decl.Param{Name: "index", Type: "string[]|nil", Doc: "names of a row's index, also of the row's columns and table"}, Get: indexNames},
	{Param: decl.Param{Name: "implied", Type: "boolean", Doc: "whether the last part of the index stands without its length"},
		Get: func(L *lua.LState, n *mib.Node) lua.LValue {
			row := rowOf(L, n)
			return lua.LBool(row != nil && len(row.Index) > 0 && row.Index[len(row.Index)-1].Implied)
		}},
	nodeText("augments", "string|nil", "the row whose rows this one extends, with its module", func(n *mib.Node) string {
		if n.Augments == (mib.Ref{}) {
			return ""
		}
		return n.Augments.String()
	}),
	{Param: decl.Param{Name: "objects", Type: "string[]|nil", Doc: "what a notification carries, in order, with their modules"}, Get: objects},
	{Param: decl.Param{Name: "parent", Type: "mib.node|nil", Doc: "the next node above"},
		Get: func(L *lua.LState, n *mib.Node) lua.LValue { return push(L, tree(L).Parent(n.OID)) }},
}

var rangeFields = []decl.Param{{Name: "min", Type: "integer", Doc: "least"}, {Name: "max", Type: "integer", Doc: "greatest"}}

// nodeText is a field that is text; an empty one is nil.
func nodeText(name, luaType, doc string, get func(*mib.Node) string) decl.Reading[*mib.Node] {
	return decl.Reading[*mib.Node]{Param: decl.Param{Name: name, Type: luaType, Doc: doc},
		Get: func(_ *lua.LState, n *mib.Node) lua.LValue {
			if s := get(n); s != "" {
				return lua.LString(s)
			}
			return lua.LNil
		}}
}

// syntaxOf is a node's type; one without anything where it has none.
func syntaxOf(n *mib.Node) *mib.Syntax {
	if n.Syntax == nil {
		return &mib.Syntax{}
	}
	return n.Syntax
}

// tree is the runtime's.
func tree(L *lua.LState) *mib.Tree { return names.From(decl.HostOf(L).Context()) }

func push(L *lua.LState, n *mib.Node) lua.LValue {
	if n == nil {
		return lua.LNil
	}
	return decl.NewUserData(L, n)
}

func enum(L *lua.LState, n *mib.Node) lua.LValue {
	enums := syntaxOf(n).Enums
	if len(enums) == 0 {
		return lua.LNil
	}
	t := L.CreateTable(0, len(enums))
	for _, e := range enums {
		t.RawSetString(e.Name, lua.LNumber(e.Value))
	}
	return t
}

func intervals(L *lua.LState, ranges []mib.Range) lua.LValue {
	if len(ranges) == 0 {
		return lua.LNil
	}
	list := L.CreateTable(len(ranges), 0)
	for _, r := range ranges {
		row := L.CreateTable(0, 2)
		row.RawSetString("min", lua.LNumber(r.Min))
		row.RawSetString("max", lua.LNumber(r.Max))
		list.Append(row)
	}
	return list
}

// rowOf is the row that a node belongs to; nil when it belongs to none.
func rowOf(L *lua.LState, n *mib.Node) *mib.Node { return tree(L).Row(n) }

func indexNames(L *lua.LState, n *mib.Node) lua.LValue {
	row := rowOf(L, n)
	if row == nil || len(row.Index) == 0 {
		return lua.LNil
	}
	list := L.CreateTable(len(row.Index), 0)
	for _, i := range row.Index {
		list.Append(lua.LString(i.Name))
	}
	return list
}

func objects(L *lua.LState, n *mib.Node) lua.LValue {
	if n.Kind != mib.Notification {
		return lua.LNil
	}
	list := L.CreateTable(len(n.Objects), 0)
	for _, r := range n.Objects {
		list.Append(lua.LString(r.String()))
	}
	return list
}

// sameNode is a == b.
func sameNode(L *lua.LState) int {
	a, _ := L.Get(1).(*lua.LUserData)
	b, _ := L.Get(2).(*lua.LUserData)
	x, isNode := a.Value.(*mib.Node)
	y, alsoNode := b.Value.(*mib.Node)
	L.Push(lua.LBool(isNode && alsoNode && x.String() == y.String() && strings.Compare(x.OID.String(), y.OID.String()) == 0))
	return 1
}
