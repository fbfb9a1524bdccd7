package snmp

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
)

// bulkOptions are those of s:getbulk; the names stand beside them.
type bulkOptions struct {
	NonRepeaters int32 `lua:"non_repeaters?" range:"0..2147483647" doc:"so many of the first names are asked for once, as getnext does"`
	Repetitions  int32 `lua:"max_repetitions?" range:"0..2147483647" doc:"successors of each of the other names"`
}

var usualBulk = bulkOptions{Repetitions: 10}

func bulkFunction() decl.Function {
	return decl.Raw{Name: "getbulk", Why: "names and options stand in one table", Run: getBulk, Blocks: true, Source: "RFC 3416 section 4.2.3",
		Fails: append([]string{decl.Unsupported}, askFails...),
		Doc: "Ask for many successors of names in one message. The answer holds the non-repeaters' successors, then a row for each repetition " +
			"with a variable for each other name; it may end early, when it gets too long for the agent.",
		Params:  []decl.Param{{Name: "names", Type: "string|string[]", Doc: "a name, or a list of names; the options may stand in that list"}},
		Options: decl.OptionParams(usualBulk),
		Results: []decl.Param{{Name: "vars", Type: "snmp.var[]", Doc: "in the agent's order"}},
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["ifDescr.1"]="lo", ["ifDescr.2"]="eth0"}})
local s = assert(snmp.open{host=a.address})
local vars = s:getbulk({"sysName", "ifDescr"}, {non_repeaters=1, max_repetitions=2})
vars[1].name, vars[2].value, vars[3].value --> sysName.0, lo, eth0`}
}

// getBulk is s:getbulk{names, options} and s:getbulk(names, options).
func getBulk(L *lua.LState) int {
	const method = "getbulk"
	s := theSession(L, method)
	if t, ok := L.Get(2).(*lua.LTable); ok && L.Get(3) == lua.LNil {
		L.SetTop(3)
		parted, options := part(L, t)
		L.Replace(2, parted)
		L.Replace(3, options)
	}
	o := usualBulk
	decl.Options(L, "snmp.session:"+method, 3, &o)
	L.SetTop(2)
	list, _ := namesFrom(L, s, method, 2, resolve)
	return s.answer(L, method, true, func(ctx context.Context) ([]message.Var, error) {
		return s.Bulk(ctx, o.NonRepeaters, o.Repetitions, list...)
	})
}

// part parts the list in a table from its named entries.
func part(L *lua.LState, t *lua.LTable) (list, named *lua.LTable) {
	list, named = L.CreateTable(t.Len(), 0), L.CreateTable(0, 2)
	decl.Each(t, func(k, v lua.LValue) {
		if _, ok := k.(lua.LNumber); ok {
			list.RawSet(k, v)
		} else {
			named.RawSet(k, v)
		}
	})
	return list, named
}
