package snmp

import (
	"context"
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/usm"
)

type agentArgs struct {
	Self *agentHandle `lua:"self"`
}

func agentMethods() []decl.Function {
	return slices.Concat([]decl.Function{
		decl.Raw{Name: "serve", Why: "calls the script's functions", Blocks: true, Run: serveAgent, Options: decl.OptionParams(serveOptions{}),
			Doc: "Serve in this task until a number of messages, a time, or the agent's end: functions of the script are called here. An agent " +
				"without functions answers at any time, and this only waits.",
			Results: []decl.Param{{Name: "count", Type: "integer", Doc: "messages that were answered or dropped meanwhile"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]=function(request) return "asked by " .. request.community end}})
local task = require "task"
task.daemon(function() a:serve() end)
assert(snmp.open{host=a.address, timeout=5}):get("sysName.0").value --> asked by public`},
		decl.Raw{Name: "set", Why: "takes names as keys", Run: setValues,
			Doc:    "Give variables values, rows and functions, new ones or in place of others, as the option tree has them. false takes a variable away.",
			Params: []decl.Param{{Name: "tree", Type: "table", Doc: "names with values"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["sysContact.0"]="me"}})
a:set{["sysName.0"]="R3", ["sysServices.0"]=72, ["sysContact.0"]=false}
a:get("sysName.0"), a:get("sysServices"), a:get("sysContact.0") --> R3, 72, nil`},
		decl.Raw{Name: "get", Why: "the variable's type decides the result's", Run: getValue,
			Doc:     "Give the value of a variable that the tree holds itself, as a manager may have set it. nil where there is none, or functions answer.",
			Params:  []decl.Param{{Name: "name", Type: "string", Doc: "of the variable"}},
			Results: []decl.Param{{Name: "value", Type: "string|number|u64|nil", Doc: "as a variable's value"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", write_community="private", writable={"sysName"}, tree={["sysName.0"]="R2"}})
local s = assert(snmp.open{host=a.address, community="private", timeout=5})
assert(s:set{["sysName.0"]="R3"})
a:get("sysName.0") --> R3`},
		decl.Fn[agentArgs, decl.Done]{Name: "close", Doc: "End the agent. It may be called twice.",
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1"})
a:close() --> true`,
			Run: func(_ context.Context, a agentArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
	}, faultMethods(), agentEventMethods())
}

// setValues is agent:set{…}.
func setValues(L *lua.LState) int {
	h := theAgent(L, "set")
	list := L.CheckTable(2)
	read := treeReader{L: L, handle: h, names: h.names}
	tree := h.Tree("")
	if err := read.table(list); err != nil {
		decl.RaiseArg(L, 1, "snmp.agent:set", err.Error())
	}
	for _, v := range read.vars {
		tree.Unmount(v.Name)
	}
	tree.Remove(read.removed...)
	for _, name := range read.removed {
		tree.Unmount(name)
	}
	if err := tree.Set(read.vars...); err != nil {
		decl.RaiseArg(L, 1, "snmp.agent:set", err.Error())
	}
	tree.Mount(read.mounts...)
	for _, root := range read.writable {
		tree.Allow(root, agent.Permit{Check: fitsMIB(h.names)})
	}
	return 0
}

// getValue is agent:get(name).
func getValue(L *lua.LState) int {
	h := theAgent(L, "get")
	text, ok := nameArg(L.Get(2))
	if !ok {
		decl.RaiseArg(L, 1, "snmp.agent:get", decl.Expected(L, 2, "name"))
	}
	o, err := instance(h.names, text)
	if err != nil {
		decl.RaiseArg(L, 1, "snmp.agent:get", err.Error())
	}
	if v, ok := h.Tree("").Value(o); ok {
		L.Push(names.Lua(L, v))
	} else {
		L.Push(lua.LNil)
	}
	return 1
}

func agentFields() []decl.Reading[*agentHandle] {
	field := func(name, typ, doc string, get func(*agentHandle) lua.LValue) decl.Reading[*agentHandle] {
		return decl.Reading[*agentHandle]{Param: decl.Param{Name: name, Type: typ, Doc: doc}, Get: func(_ *lua.LState, h *agentHandle) lua.LValue { return get(h) }}
	}
	return []decl.Reading[*agentHandle]{
		field("address", "string", "where to ask it on this machine, as ip:port", func(h *agentHandle) lua.LValue { return lua.LString(h.address()) }),
		{Param: decl.Param{Name: "addresses", Type: "string[]", Doc: "where it listens, each as ip:port"},
			Get: func(L *lua.LState, h *agentHandle) lua.LValue { return decl.Push(L, h.Addresses()) }},
		field("port", "integer", "its port", func(h *agentHandle) lua.LValue { return lua.LNumber(h.Addresses()[0].Port()) }),
		field("engine", "string", "id of its engine, in hexadecimal digits", func(h *agentHandle) lua.LValue { return lua.LString(h.Engine().ID().String()) }),
		field("boots", "integer", "how often its engine started", func(h *agentHandle) lua.LValue {
			boots, _ := h.Engine().Now(h.Now())
			return lua.LNumber(boots)
		}),
		field("uptime", "number", "seconds since it began, or began anew", func(h *agentHandle) lua.LValue { return lua.LNumber(h.UpTime().Seconds()) }),
		{Param: decl.Param{Name: "stats", Type: "table<string, integer>", Doc: "counters by the names that MIBs have for them, as snmpInPkts and " +
			"usmStatsWrongDigests; handled: messages answered, refused or dropped; errors: of the script's functions; failed: answers that the system refused"},
			Get: func(L *lua.LState, h *agentHandle) lua.LValue { return h.stats(L) }},
		{Param: decl.Param{Name: "problems", Type: "string[]", Doc: "lines of recordings that were left out"},
			Get: func(L *lua.LState, h *agentHandle) lua.LValue { return decl.Push(L, h.problems) }},
	}
}

// stats are all counters.
func (h *agentHandle) stats(L *lua.LState) lua.LValue {
	t := L.CreateTable(0, 48)
	for _, c := range agent.Counters() {
		t.RawSetString(c.String(), lua.LNumber(h.Count(c)))
	}
	for _, s := range usm.Statistics {
		t.RawSetString(s.String(), lua.LNumber(h.Engine().Count(s)))
	}
	t.RawSetString("handled", lua.LNumber(h.Handled()))
	t.RawSetString("errors", lua.LNumber(h.errors.Load()))
	t.RawSetString("failed", lua.LNumber(h.Traffic().Failed))
	return t
}

// report tells of a recording that was not whole.
func (h *agentHandle) report(host decl.Host) {
	if len(h.problems) > 0 {
		fmt.Fprintf(host.Stderr(), "moonwire: %s: %d lines of its recording are left out, such as %s\n", h.Name, len(h.problems), h.problems[0])
	}
}
