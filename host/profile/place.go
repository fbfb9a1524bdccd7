package profile

import (
	"fmt"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// A node is a line that was reached by one way: by the calls of the nodes above it.
type node struct {
	parent *node
	fn     function
	line   int
	kids   map[key]*node
	cost   Cost
}

type key struct {
	fn   any // a *lua.FunctionProto, or the name of a Go function
	line int
}

// A function is one of Lua, or one of Go by the name that it was called by.
type function struct {
	proto *lua.FunctionProto
	name  string
}

func (f function) key() any {
	if f.proto != nil {
		return f.proto
	}
	return f.name
}

func (f function) file() string {
	if f.proto == nil {
		return ""
	}
	return f.proto.SourceName
}

// kid is the node of a line below n.
func (n *node) kid(f function, line int) *node {
	k := key{f.key(), line}
	if n.kids == nil {
		n.kids = map[key]*node{}
	}
	kid := n.kids[k]
	if kid == nil {
		kid = &node{parent: n, fn: f, line: line}
		n.kids[k] = kid
	}
	return kid
}

// deepest is how many calls a place keeps; what called those is left out.
const deepest = 64

// place is the node of a line that is reached by the calls at a level.
func (p *Profile) place(at machine.Level, line int) *node {
	var calls [deepest]machine.Level
	n := 0
	for level, ok := at, true; ok && n < deepest; level, ok = level.Caller() {
		calls[n] = level
		n++
	}
	where := &p.root
	if n > 1 && calls[n-1].Fn != nil && calls[n-1].Fn.IsG {
		n-- // what starts a task
	}
	for ; n > 1; n-- {
		where = where.kid(functionOf(calls[n-1]), max(calls[n-1].Line(), 0))
	}
	return where.kid(functionOf(at), line)
}

// functionOf names a level's function.
func functionOf(l machine.Level) function {
	name, _ := l.Name()
	if l.Fn == nil || l.Fn.IsG {
		if name == "" {
			name = "[Go]"
		}
		return function{name: name}
	}
	p := l.Fn.Proto
	switch {
	case p.LineDefined == 0:
		name = "main chunk"
	case name == "":
		name = fmt.Sprintf("function <%s:%d>", p.SourceName, p.LineDefined)
	}
	return function{p, name}
}
