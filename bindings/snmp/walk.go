package snmp

import (
	"context"
	"fmt"
	"io"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
)

// walkOptions are those of s:walk.
type walkOptions struct {
	Bulk        bool `lua:"bulk?" doc:"ask for many variables at once, where the version has that; else for one after the other"`
	Repetitions int  `lua:"max_repetitions?" range:"0..2147483647" doc:"variables to ask for at once; else the session's"`
}

func walkFunction() decl.Function {
	return decl.Raw{Name: "walk", Why: "returns an iterator", Run: walk, Blocks: true, Source: "RFC 3416 section 4.2.3; for the halving, RFC 3416 section 4.2.3 tooBig",
		Fails: append([]string{decl.Loop}, askFails...),
		Doc: "Iterate over the variables of a subtree, in the agent's order. The loop ends at the end of the subtree; any other end raises an error " +
			"with message and kind, loop for an agent that goes in circles. An answer that is too big for the agent is asked for again with half " +
			"the repetitions. A name below which nothing is, but which is a variable, gives that variable.",
		Params:  []decl.Param{{Name: "root", Type: "string", Doc: "name of the subtree, as system or 1.3.6.1.2.1.1"}},
		Options: decl.OptionParams(walkOptions{Bulk: true}),
		Results: []decl.Param{{Name: "iterator", Type: "fun(): snmp.var", Doc: "for a generic for"}},
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["ifDescr.1"]="lo", ["ifDescr.2"]="eth0", ["ifMtu.1"]=1500}})
local s = assert(snmp.open{host=a.address})
local list = {}
for v in s:walk("ifDescr") do list[#list + 1] = tostring(v) end
table.concat(list, ", ") --> ifDescr.1 = lo, ifDescr.2 = eth0`}
}

// walk is s:walk(root, options).
func walk(L *lua.LState) int {
	const method = "snmp.session:walk"
	s := theSession(L, "walk")
	o := walkOptions{Bulk: true}
	decl.Options(L, method, 3, &o)
	text, ok := nameArg(L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, method, decl.Expected(L, 2, "name"))
	}
	root, err := resolve(s.tree, text)
	if err != nil {
		decl.RaiseArg(L, 1, method, err.Error())
	}
	it := &walking{self: L.Get(1), s: s, w: s.Walker(root, manager.WalkOptions{Next: !o.Bulk, MaxRepetitions: o.Repetitions})}
	L.Push(L.NewFunction(it.next))
	return 1
}

// walking is a walk that a script iterates over, an answer at a time.
type walking struct {
	self lua.LValue // the session: a script that holds the iterator alone has not lost it
	s    *session
	w    *manager.Walker
	list []lua.LUserData // of the last answer, what the script has not got yet
}

// next gives the loop one more variable, or its end.
func (i *walking) next(L *lua.LState) int {
	if len(i.list) == 0 {
		var vars []message.Var
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			vars, err = i.w.Next(ctx)
			return err
		})
		if err == io.EOF {
			return 0
		}
		if err != nil {
			decl.RaiseFailure(L, fmt.Errorf("snmp.session:walk: %w", err))
		}
		i.list = pushVars(L, i.s.tree, vars)
	}
	L.Push(&i.list[0])
	i.list = i.list[1:]
	return 1
}
