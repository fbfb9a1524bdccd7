package test

import (
	"fmt"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm"
	"moonwire/host/vm/lua51"

	lua "github.com/yuin/gopher-lua"
)

// patience is how long, by the test's clock, tasks may go on when their test has ended.
const patience = time.Second

// core is what stdlib's test asks of the command: the module test.core of one state.
type core struct {
	*play
	declared *lua.LTable    // the tests
	perform  *lua.LFunction // runs one
	cases    []Case         // they, when the job is to load them
	err      *vm.Error      // the first
	skip     string
	world    network.Network // that the file is loaded in
}

// module is for one state alone; no page shows it.
func (c *core) module() *decl.Module {
	return &decl.Module{Name: "test.core", Doc: "What module test asks of the command.", Funcs: []decl.Function{
		decl.Raw{Name: "main", Run: c.main},
		decl.Raw{Name: "offer", Run: c.offer},
		decl.Raw{Name: "caught", Run: c.caught},
		decl.Raw{Name: "skipped", Run: c.skipped},
		decl.Raw{Name: "run", Run: c.nested},
	}}
}

// offer takes the list of tests that the file is going to declare, and the function that runs one.
func (c *core) offer(L *lua.LState) int {
	c.declared, c.perform = L.CheckTable(1), L.CheckFunction(2)
	return 0
}

// globals are those that a test finds, beside Lua's own.
var globals = []string{"describe", "it", "before_each", "after_each"}

// main loads the file and does the job.
func (c *core) main(L *lua.LState) int {
	test := c.required(L, "test")
	for _, name := range globals {
		L.SetGlobal(name, L.GetField(test, name))
	}
	L.SetGlobal("test", test)
	L.SetGlobal("expect", c.required(L, "expect"))
	c.world = network.From(decl.HostOf(L).Context())
	s := c.stage.Script
	c.rt.Note(s.Name, s.Source)
	proto, err := lua51.Compile("@"+s.Name, s.Source)
	if err != nil {
		L.Error(lua.LString(err.Error()), 0) // it has its place already
	}
	L.Push(L.NewFunctionFromProto(proto))
	L.Call(0, 0)
	if c.job.Case == 0 {
		c.list(L)
		return 0
	}
	c.playOne(L)
	return 0
}

// required is require for a module that is there.
func (c *core) required(L *lua.LState, name string) lua.LValue {
	L.Push(L.GetGlobal("require"))
	L.Push(lua.LString(name))
	L.Call(1, 1)
	v := L.Get(-1)
	L.Pop(1)
	return v
}

// list notes which tests there are. A file without any was one, and its tasks may go on.
func (c *core) list(L *lua.LState) {
	decl.Each(c.declared, func(_, v lua.LValue) {
		t := v.(*lua.LTable)
		one := Case{Line: int(lua.LVAsNumber(t.RawGetString("line")))}
		decl.Each(t.RawGetString("words").(*lua.LTable), func(_, w lua.LValue) { one.Words = append(one.Words, w.String()) })
		decl.Each(t.RawGetString("groups").(*lua.LTable), func(_, l lua.LValue) { one.Groups = append(one.Groups, int(lua.LVAsNumber(l))) })
		if skip, ok := t.RawGetString("skip").(lua.LString); ok {
			one.Skip = string(skip)
		}
		c.cases = append(c.cases, one)
	})
	if len(c.cases) > 0 {
		c.rt.Settle(L, 0)
	}
}

// playOne runs the job's test, and sees what it leaves running.
func (c *core) playOne(L *lua.LState) {
	c.same(L)
	L.Push(c.perform)
	L.Push(lua.LNumber(c.job.Case))
	L.Call(1, 0)
	for _, t := range c.rt.Settle(L, patience) {
		c.leak(fmt.Sprintf("%s, which is %s, spawned at %s", t.Name, t.Doing, t.Made))
	}
}

// same refuses a file that declares other tests than when it was loaded first.
func (c *core) same(L *lua.LState) {
	t, ok := c.declared.RawGetInt(c.job.Case).(*lua.LTable)
	if ok {
		words := t.RawGetString("words").(*lua.LTable)
		ok = words.RawGetInt(words.Len()).String() == c.job.Name
	}
	if !ok {
		L.RaiseError("%s declares other tests each time it is loaded: '%s' was number %d", c.job.File, c.job.Name, c.job.Case)
	}
}

// caught takes an error where it was raised; the first one is the test's.
func (c *core) caught(L *lua.LState) int {
	if c.err == nil {
		c.err = vm.Caught(L, L.Get(1))
	}
	return 0
}

// skipped ends a test that said so.
func (c *core) skipped(L *lua.LState) int {
	c.skip = L.CheckString(1)
	return 0
}
