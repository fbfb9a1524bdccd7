package snmp

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// pollOptions are snmp.poll's.
type pollOptions struct {
	Concurrency int     `lua:"concurrency?" range:"1..1048576" doc:"agents asked at once"`
	Rate        float64 `lua:"rate?" range:"0..10000000" doc:"messages sent a second at most; 0: no limit"`
	asking
}

func usualPoll() pollOptions {
	return pollOptions{Concurrency: manager.UsualConcurrency, asking: usualAsking()}
}

func pollFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "poll", Why: "takes targets in two shapes, returns an iterator", Run: poll, Blocks: true, Options: decl.OptionParams(usualPoll()),
			Fails: []string{decl.Denied},
			Doc: "Ask many agents for the same variables, over one socket, and iterate over the results as they come. Each target has one result: " +
				"what went wrong with it is in there, and ends nothing. The loop ends when every target has one.",
			Params: []decl.Param{
				{Name: "targets", Type: "(string|table)[]", Doc: "agents: names or addresses, with ports if need be, or tables {host=, port=, community=}, whose " +
					"other entries are left alone"},
				{Name: "names", Type: "string|string[]|nil", Doc: "what to ask each of them for; with version 3 and no user there are none: the agents " +
					"are asked for their engines, which needs no password"},
			},
			Results: []decl.Param{{Name: "results", Type: "snmp.poll", Doc: "for a generic for, which gets a table each time: target (as it was given), index " +
				"(its place in the list), address, vars (a list) or error and kind, engine (of version 3), duration (from the last sending to the answer, in seconds), sendings"}},
			Example: `local agents = {}
for i = 1, 3 do agents[i] = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R" .. i}}) end
local names = {}
for r in snmp.poll({agents[1].address, agents[2].address, {host=agents[3].address}}, "sysName.0", {timeout=5}) do
  names[r.index] = assert(r.vars, r.error)[1].value
end
table.concat(names, " ") --> R1 R2 R3`},
	}
}

func pollClasses() []*decl.Class {
	stats := decl.Reading[*polling]{Param: decl.Param{Name: "stats", Type: "table", Doc: "what was sent and came so far", Fields: decl.OptionParams(statsTable{})},
		Get: func(L *lua.LState, p *polling) lua.LValue { return decl.Push(L, tableOfStats(p.Stats())) }}
	return []*decl.Class{
		decl.Reads(&decl.Class{Name: "snmp.poll", Type: reflect.TypeFor[*polling](), Doc: "The results of many agents, for a generic for.",
			Methods: []decl.Function{
				decl.Fn[pollArgs, decl.Done]{Name: "close", Doc: "End the poll; what is under way has no result.",
					Example: `snmp.poll({"127.0.0.1"}, "sysName.0"):close() --> true`,
					Run:     func(_ context.Context, a pollArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
			},
			Meta:      map[string]lua.LGFunction{"__call": nextResult, "__tostring": decl.ToString},
			Operators: []string{"call: table"}}, []decl.Reading[*polling]{stats}),
	}
}

type pollArgs struct {
	Self *polling `lua:"self"`
}

// A polling is a poll as a script iterates over it.
type polling struct {
	manager.Poller
	tree    *mib.Tree
	targets *lua.LTable
	count   int
	list    []manager.Result // that the script has not got yet
}

// String names the poll, for leak reports too.
func (p *polling) String() string { return fmt.Sprintf("snmp.poll of %d agents", p.count) }

const pollName = "snmp.poll"

// poll is snmp.poll(targets, names, options).
func poll(L *lua.LState) int {
	o := usualPoll()
	decl.Options(L, pollName, 3, &o)
	tree := treeOf(L)
	options := manager.PollOptions{Options: o.asking.options(L, pollName), Concurrency: o.Concurrency, Rate: o.Rate}
	options.Name = tree.Name
	if options.Network[:3] != "udp" {
		decl.Raisef(L, "bad option 'transport' to '%s' (a poll is by UDP: udp, udp4 or udp6 expected)", pollName)
	}
	list, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, pollName, decl.Expected(L, 1, "table"))
	}
	targets := targetsOf(L, list, o.Port)
	var names []oid.OID
	if options.Version != message.V3 || options.User != nil {
		names = pollNames(L, tree)
	}
	p := &polling{tree: tree, targets: list, count: len(targets)}
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		p.Poller, err = manager.Poll(ctx, targets, names, options)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", pollName, err))
	}
	decl.HostOf(L).Own(L, p)
	L.Push(decl.NewUserData(L, p))
	return 1
}

// targetsOf reads the list of agents.
func targetsOf(L *lua.LState, list *lua.LTable, port uint16) []manager.Target {
	targets := make([]manager.Target, list.Len())
	for i := range targets {
		t := &targets[i]
		switch v := list.RawGetInt(i + 1).(type) {
		case lua.LString:
			t.Addr = hostPort(string(v), port)
		case *lua.LTable:
			host, ok := v.RawGetString("host").(lua.LString)
			if !ok {
				decl.RaiseArg(L, 1, pollName, fmt.Sprintf("item %d: field 'host': string expected, got %s", i+1, decl.TypeName(v.RawGetString("host"))))
			}
			own := port
			if n, ok := v.RawGetString("port").(lua.LNumber); ok && n >= 1 && n <= 65535 {
				own = uint16(n)
			}
			t.Addr = hostPort(string(host), own)
			if c, ok := v.RawGetString("community").(lua.LString); ok {
				t.Community = []byte(c)
			}
		default:
			decl.RaiseArg(L, 1, pollName, fmt.Sprintf("item %d: string or table expected, got %s", i+1, decl.TypeName(v)))
		}
	}
	return targets
}

// pollNames reads what to ask for.
func pollNames(L *lua.LState, tree *mib.Tree) (names []oid.OID) {
	values := []lua.LValue{L.Get(2)}
	if t, ok := L.Get(2).(*lua.LTable); ok {
		values = values[:0]
		for i := 1; i <= t.Len(); i++ {
			values = append(values, t.RawGetInt(i))
		}
	}
	for _, v := range values {
		text, ok := nameArg(v)
		if !ok {
			decl.RaiseArg(L, 2, pollName, "name expected, got "+decl.TypeName(v))
		}
		o, err := instance(tree, text)
		if err != nil {
			decl.RaiseArg(L, 2, pollName, err.Error())
		}
		names = append(names, o)
	}
	if len(names) == 0 {
		decl.RaiseArg(L, 2, pollName, "name expected, got an empty list")
	}
	return slices.Clip(names)
}

// nextResult gives the loop one more result, or its end.
func nextResult(L *lua.LState) int {
	p := decl.Self[*polling](L, pollName, pollName)
	if len(p.list) == 0 {
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			p.list, err = p.Next(ctx)
			return err
		})
		if err == io.EOF {
			decl.HostOf(L).Disown(p)
			p.Close()
			return 0
		}
		if err != nil {
			decl.RaiseFailure(L, fmt.Errorf("%s: %w", pollName, err))
		}
	}
	r := &p.list[0]
	p.list = p.list[1:]
	L.Push(p.result(L, r))
	return 1
}

// result is a target's result as a table.
func (p *polling) result(L *lua.LState, r *manager.Result) *lua.LTable {
	t := L.CreateTable(0, 8)
	t.RawSetString("target", p.targets.RawGetInt(r.Index+1))
	t.RawSetString("index", lua.LNumber(r.Index+1))
	t.RawSetString("sendings", lua.LNumber(r.Sendings))
	if r.Addr.IsValid() {
		t.RawSetString("address", lua.LString(r.Addr.String()))
	}
	if r.Engine != nil {
		t.RawSetString("engine", decl.Push(L, tableOfEngine(*r.Engine)))
	}
	if r.Err == nil {
		t.RawSetString("vars", varTable(L, p.tree, r.Vars))
		t.RawSetString("duration", lua.LNumber(r.Duration.Seconds()))
		return t
	}
	t.RawSetString("error", lua.LString(r.Err.Error()))
	if kind := decl.KindOf(r.Err); kind != "" {
		t.RawSetString("kind", lua.LString(kind))
	}
	return t
}
