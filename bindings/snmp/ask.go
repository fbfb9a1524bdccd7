package snmp

import (
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// askFails are the kinds of refusal of every question.
var askFails = []string{decl.Timeout, decl.Refused, decl.Unreachable, decl.Closed, decl.Malformed, decl.TooBig, decl.NoSuchName, decl.GenErr,
	decl.AuthorizationError, decl.UnknownUser, decl.WrongDigest, decl.Decryption, decl.NotInWindow, decl.UnknownEngine, decl.SecurityLevel}

var namesParam = decl.Param{Name: "names...", Type: "string|string[]", Variadic: true,
	Doc: "names as sysName.0, IF-MIB::ifDescr.2 or 1.3.6.1.2.1.1.5.0, or one list of them; a scalar's name alone is its only instance"}

var varResults = []decl.Param{{Name: "var", Type: "snmp.var", Doc: "a variable for each name, in their order; one list when a list was given"}}

func getFunction() decl.Function {
	return decl.Raw{Name: "get", Why: "takes names or a list, returns as many values", Blocks: true, Fails: askFails, Params: []decl.Param{namesParam},
		Results: varResults, Source: "RFC 3416 section 4.2.1",
		Doc: "Ask for variables, all in one message. One that the agent doesn't have is a variable with exception and no value; version 1 refuses " +
			"the whole question then (no_such_name).",
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["sysServices.0"]=72}})
local s = assert(snmp.open{host=a.address})
local name, services, none = s:get("sysName.0", "sysServices", "sysContact.0")
name.value, services.value, none.value, none.exception --> R2, 72, nil, noSuchObject`,
		Run: func(L *lua.LState) int { return askFor(L, "get", instance, (*manager.Session).Get) }}
}

func nextFunction() decl.Function {
	return decl.Raw{Name: "getnext", Why: "takes names or a list, returns as many values", Blocks: true, Fails: askFails, Params: []decl.Param{namesParam},
		Results: varResults, Source: "RFC 3416 section 4.2.2",
		Doc: "Ask for the variables that follow names in the agent's order. Behind the last one is exception endOfMibView.",
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["sysServices.0"]=72}})
local s = assert(snmp.open{host=a.address})
s:getnext("sysName.0").name --> sysServices.0`,
		Run: func(L *lua.LState) int { return askFor(L, "getnext", resolve, (*manager.Session).Next) }}
}

// namesFrom reads arguments from n on: names, or one list of them.
func namesFrom(L *lua.LState, s *session, method string, n int, read reader) (list []oid.OID, isList bool) {
	values := []lua.LValue{}
	if t, ok := L.Get(n).(*lua.LTable); ok {
		isList = true
		for i := 1; i <= t.Len(); i++ {
			values = append(values, t.RawGetInt(i))
		}
	} else {
		for i := n; i <= L.GetTop(); i++ {
			values = append(values, L.Get(i))
		}
	}
	for i, v := range values {
		text, ok := nameArg(v)
		if !ok {
			decl.RaiseArg(L, n-1+i, "snmp.session:"+method, "name expected, got "+decl.TypeName(v))
		}
		o, err := read(s.tree, text)
		if err != nil {
			decl.RaiseArg(L, n-1+i, "snmp.session:"+method, err.Error())
		}
		list = append(list, o)
	}
	if len(list) == 0 {
		decl.RaiseArg(L, n-1, "snmp.session:"+method, decl.Expected(L, n, "name"))
	}
	return list, isList
}

// askFor is s:get and s:getnext.
func askFor(L *lua.LState, method string, read reader, ask func(*manager.Session, context.Context, ...oid.OID) ([]message.Var, error)) int {
	s := theSession(L, method)
	list, isList := namesFrom(L, s, method, 2, read)
	return s.answer(L, method, isList, func(ctx context.Context) ([]message.Var, error) { return ask(s.Session, ctx, list...) })
}

// answer asks, and pushes the variables: each, or as a list.
func (s *session) answer(L *lua.LState, method string, isList bool, ask func(context.Context) ([]message.Var, error)) int {
	var vars []message.Var
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		vars, err = ask(ctx)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("snmp.session:%s: %w", method, err))
	}
	if isList {
		L.Push(varTable(L, s.tree, vars))
		return 1
	}
	list := pushVars(L, s.tree, vars)
	for i := range list {
		L.Push(&list[i])
	}
	return len(list)
}
