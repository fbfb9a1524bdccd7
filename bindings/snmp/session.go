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
			Get: func(L *lua.LState, s *session) lua.LValue { return decl.Push(L, tableOfStats(s.Stats())) }},
	}
}

// statsTable is what a session counted, as Lua sees it.
type statsTable struct {
	Sent         int64 `lua:"sent" doc:"messages"`
	Received     int64 `lua:"received" doc:"messages"`
	Retries      int64 `lua:"retries" doc:"of those sent, such as were sent again"`
	Timeouts     int64 `lua:"timeouts" doc:"questions that nobody answered"`
	Late         int64 `lua:"late" doc:"answers that came too late, or twice"`
	WrongID      int64 `lua:"wrong_id" doc:"of those late, such as answer what was never asked"`
	WrongAddress int64 `lua:"wrong_address" doc:"answers from others than the agent"`
	Malformed    int64 `lua:"malformed" doc:"what is no message"`
	Rejected     int64 `lua:"rejected" doc:"answers that can't be true: of another type or version, or not authentic"`
	Reports      int64 `lua:"reports" doc:"of an engine of version 3"`
}

func tableOfStats(s manager.Stats) statsTable {
	return statsTable{int64(s.Sent), int64(s.Received), int64(s.Retries), int64(s.Timeouts), int64(s.Late), int64(s.WrongID), int64(s.WrongAddress),
		int64(s.Malformed), int64(s.Rejected), int64(s.Reports)}
}
