package snmp

import (
	"context"
	"fmt"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// An asked is one variable of a request, as the script's functions see it.
type asked struct {
	*agent.Request
	names *mib.Tree
	op    string
	name  oid.OID
	value message.Value
}

// String says what is asked for.
func (a *asked) String() string {
	return fmt.Sprintf("%s %s from %s", a.op, a.names.Name(a.name), a.Source)
}

func requestClass() *decl.Class {
	return decl.Reads(&decl.Class{Name: "snmp.request", Doc: "A variable that a manager asks for or sets, as the functions of an agent see it.",
		Type: reflect.TypeFor[*asked](), Methods: requestMethods(), Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, requestFields())
}

func requestFields() []decl.Reading[*asked] {
	text := func(name, doc string, get func(*asked) string) decl.Reading[*asked] {
		return decl.Reading[*asked]{Param: decl.Param{Name: name, Type: "string", Doc: doc},
			Get: func(_ *lua.LState, a *asked) lua.LValue { return lua.LString(get(a)) }}
	}
	return []decl.Reading[*asked]{
		text("op", "get, next or set; the successor of name is wanted for next", func(a *asked) string { return a.op }),
		text("name", "name and instance, as ifDescr.2", func(a *asked) string { return a.names.Name(a.name) }),
		text("oid", "dotted numbers", func(a *asked) string { return a.name.String() }),
		{Param: decl.Param{Name: "value", Type: "string|number|u64|nil", Doc: "of a set: the new one; for on_get: what the tree has"},
			Get: func(L *lua.LState, a *asked) lua.LValue { return names.Lua(L, a.value) }},
		{Param: decl.Param{Name: "type", Type: "string|nil", Doc: "of the value"}, Get: func(_ *lua.LState, a *asked) lua.LValue {
			if a.value.Type == 0 {
				return lua.LNil
			}
			return lua.LString(a.value.Type.String())
		}},
		{Param: decl.Param{Name: "index", Type: "table|nil", Doc: "of an instance in a table, decoded"},
			Get: func(L *lua.LState, a *asked) lua.LValue { return indexOf(L, a.names, a.name) }},
		text("version", "1, 2c or 3", func(a *asked) string { return a.Version.String() }),
		text("community", "of versions 1 and 2c", func(a *asked) string { return a.Community }),
		text("user", "of version 3", func(a *asked) string { return a.User }),
		text("level", "noAuthNoPriv, authNoPriv or authPriv", func(a *asked) string { return a.Level.String() }),
		text("context", "which of the agent's sets of variables", func(a *asked) string { return a.Context }),
		text("source", "who asks, as ip:port", func(a *asked) string { return a.Source.String() }),
	}
}

type delayArgs struct {
	Self  *asked        `lua:"self"`
	Later time.Duration `lua:"seconds" range:"0..86400" doc:"how much later the answer leaves"`
}

type askedArgs struct {
	Self *asked `lua:"self"`
}

// How the examples begin, and go on.
const (
	answering = `local a = assert(snmp.agent{port=0, address="127.0.0.1", community="public", tree={["sysName.0"]=function(request) `
	served    = `task.daemon(function() a:serve() end)` + "\n"
)

func requestMethods() []decl.Function {
	return []decl.Function{
		decl.Fn[delayArgs, struct{}]{Name: "delay", Doc: "Have the answer to the whole request sent later.",
			Example: answering + `request:delay(0.01); return "slow" end}})` + "\n" + served + `snmp.open{host=a.address, timeout=5}:get("sysName.0").value --> slow`,
			Run: func(_ context.Context, a delayArgs) (struct{}, error) {
				a.Self.Delay(a.Later)
				return struct{}{}, nil
			}},
		decl.Fn[askedArgs, struct{}]{Name: "drop", Doc: "Have no answer sent to the whole request.",
			Example: answering + `request:drop() end}})` + "\n" + served + `select(3, snmp.open{host=a.address, timeout=0.1, retries=0}:get("sysName.0")) --> timeout`,
			Run:     func(_ context.Context, a askedArgs) (struct{}, error) { a.Self.Drop(); return struct{}{}, nil }},
	}
}
