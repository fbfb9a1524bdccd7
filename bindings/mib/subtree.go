package mib

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// A subtree is what mib.tree gives.
type subtree struct {
	tree  *mib.Tree
	root  oid.OID
	depth int
}

// String is the drawing.
func (s *subtree) String() string { return s.tree.Draw(s.root, s.depth) }

type treeArgs struct {
	Root  string `lua:"root" doc:"name or OID of the topmost node"`
	Depth int    `lua:"opts.depth" doc:"levels below it; 0: all" range:"0.."`
}

type treeResult struct {
	Tree *subtree `lua:"ret.tree" type:"mib.subtree" doc:"the nodes"`
}

func subtreeOf(ctx context.Context, a treeArgs) (treeResult, error) {
	t := names.From(ctx)
	o, n, err := t.Resolve(a.Root)
	if err == nil && n == nil && len(t.Below(o)) == 0 {
		err = decl.Refuse(decl.NotFound, &nameless{oid: o})
	}
	if err != nil {
		return treeResult{}, refuse("mib.tree", err)
	}
	return treeResult{&subtree{t, o, a.Depth}}, nil
}

var subtreeFields = []decl.Reading[*subtree]{
	{Param: decl.Param{Name: "root", Type: "string", Doc: "the topmost OID, in dotted numbers"},
		Get: func(_ *lua.LState, s *subtree) lua.LValue { return lua.LString(s.root.String()) }},
}

func subtreeMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "each", Run: each, Why: "returns an iterator", Doc: "Iterate over the nodes in the order of their OIDs. Places without a name are left out.",
			Results: []decl.Param{{Name: "iterator", Type: "fun(): mib.node", Doc: "for a generic for"}},
			Example: "local names = {}\nfor n in mib.tree(\"ifStackTable\"):each() do names[#names + 1] = n.name end\n" +
				"names[2], names[5] --> \"ifStackEntry\", \"ifStackStatus\""},
	}
}

// each is subtree:each().
func each(L *lua.LState) int {
	s := decl.Self[*subtree](L, "mib.subtree:each", "mib.subtree")
	w := s.tree.Walker(s.root, s.depth)
	L.Push(L.NewFunction(func(L *lua.LState) int {
		L.Push(push(L, w.Next()))
		return 1
	}))
	return 1
}
