package snmp

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

type agentArgs struct {
	Self *agentHandle `lua:"self"`
}

func agentMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "serve", Why: "calls the script's functions", Blocks: true, Run: serveAgent, Options: decl.OptionParams(serveOptions{}),
			Doc: "Serve in this task until a number of messages, a time, or the agent's end: functions of the script are called here. An agent " +
				"without functions answers at any time, and this only waits.",
			Results: []decl.Param{{Name: "count", Type: "integer", Doc: "messages that were answered or dropped meanwhile"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]=function(request) return "asked by " .. request.community end}})
local task = require "task"
task.daemon(function() a:serve() end)
assert(snmp.open{host=a.address, timeout=5}):get("sysName.0").value --> asked by public`},
		decl.Fn[agentArgs, decl.Done]{Name: "close", Doc: "End the agent. It may be called twice.",
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1"})
a:close() --> true`,
			Run: func(_ context.Context, a agentArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
	}
}

func agentFields() []decl.Reading[*agentHandle] {
	return []decl.Reading[*agentHandle]{
		{Param: decl.Param{Name: "address", Type: "string", Doc: "where to ask it on this machine, as ip:port"},
			Get: func(_ *lua.LState, h *agentHandle) lua.LValue { return lua.LString(h.address()) }},
		{Param: decl.Param{Name: "addresses", Type: "string[]", Doc: "where it listens, each as ip:port"},
			Get: func(L *lua.LState, h *agentHandle) lua.LValue { return decl.Push(L, h.Addresses()) }},
		{Param: decl.Param{Name: "port", Type: "integer", Doc: "its port"},
			Get: func(_ *lua.LState, h *agentHandle) lua.LValue { return lua.LNumber(h.Addresses()[0].Port()) }},
		{Param: decl.Param{Name: "engine", Type: "string", Doc: "id of its engine, in hexadecimal digits"},
			Get: func(_ *lua.LState, h *agentHandle) lua.LValue { return lua.LString(h.Engine().ID().String()) }},
	}
}
