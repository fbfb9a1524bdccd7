package snmp

import (
	"context"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/manager"
)

// A session is one agent as a script asks it.
type session struct {
	*manager.Session
	tree *mib.Tree
}

// String names the session, for leak reports too.
func (s *session) String() string { return "snmp.session " + s.Session.String() }

func sessionFunctions() []decl.Function { return []decl.Function{openFunction()} }

func sessionClasses() []*decl.Class {
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "snmp.session", Doc: "An agent to ask. Any number of tasks may ask by it at once.",
			Type: reflect.TypeFor[*session](), Methods: sessionMethods(),
			Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, sessionFields()),
		rowClass(),
	}
}

func sessionMethods() []decl.Function {
	return []decl.Function{
		getFunction(), nextFunction(), bulkFunction(), walkFunction(), tableFunction(), setFunction(),
		discoverMethod(),
		decl.Fn[sessionArgs, decl.Done]{Name: "close", Doc: "End the session and the questions under way. It may be called twice.",
			Example: `local s = assert(snmp.open{host="127.0.0.1"})
s:close() --> true
s:close() --> true`,
			Run: func(_ context.Context, a sessionArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
	}
}

type sessionArgs struct {
	Self *session `lua:"self"`
}

// theSession is argument 1 as a session.
func theSession(L *lua.LState, method string) *session {
	return decl.Self[*session](L, "snmp.session:"+method, "snmp.session")
}

func sessionFields() []decl.Reading[*session] {
	return []decl.Reading[*session]{
		{Param: decl.Param{Name: "address", Type: "string", Doc: "of the agent, as ip:port"},
			Get: func(_ *lua.LState, s *session) lua.LValue { return lua.LString(s.Addr().String()) }},
		{Param: decl.Param{Name: "version", Type: "string", Choices: []string{"1", "2c", "3"}, Doc: "of SNMP"},
			Get: func(_ *lua.LState, s *session) lua.LValue { return lua.LString(s.Options().Version.String()) }},
		engineField(), exchangeField(),
		{Param: decl.Param{Name: "stats", Type: "table", Doc: "what was sent and came so far", Fields: decl.OptionParams(statsTable{})},
			Get: func(L *lua.LState, s *session) lua.LValue { return decl.Push(L, statsTable(s.Stats())) }},
	}
}

// statsTable is what a session counted, as Lua sees it.
type statsTable struct {
	Sent         uint64 `lua:"sent" type:"integer" doc:"messages"`
	Received     uint64 `lua:"received" type:"integer" doc:"messages"`
	Retries      uint64 `lua:"retries" type:"integer" doc:"of those sent, such as were sent again"`
	Timeouts     uint64 `lua:"timeouts" type:"integer" doc:"questions that nobody answered"`
	Late         uint64 `lua:"late" type:"integer" doc:"answers that came too late, or twice"`
	WrongID      uint64 `lua:"wrong_id" type:"integer" doc:"of those late, such as answer what was never asked"`
	WrongAddress uint64 `lua:"wrong_address" type:"integer" doc:"answers from others than the agent"`
	Malformed    uint64 `lua:"malformed" type:"integer" doc:"what is no message"`
	Rejected     uint64 `lua:"rejected" type:"integer" doc:"answers that can't be true: of another type or version, or not authentic"`
	Reports      uint64 `lua:"reports" type:"integer" doc:"of an engine of version 3"`
}
