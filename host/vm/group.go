package vm

import (
	"fmt"
	"sync/atomic"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// group is a scope that the current task waits for.
type group struct {
	*scope
	owner *Task
}

// maxGroups is how deep groups may stand in each other: a recursion without end gets an error instead of all memory.
const maxGroups = 200

func newGroup(L *lua.LState) *group {
	t := threadOf(L).task
	if t.inner.depth >= maxGroups {
		L.RaiseError("groups are nested more than %d deep", maxGroups)
	}
	t.rt.born++
	return &group{newScope(t.inner, t.rt.born), t}
}

// spawn starts fn in the group.
func (g *group) spawn(L *lua.LState, fn lua.LValue, args []lua.LValue) *Task {
	return threadOf(L).spawn(fn, args, taskOptions{scope: g.scope, site: siteOf(L, 1), lend: true})
}

// wait waits until the group is empty. Whatever happens, no task of the group outlives it.
func (g *group) wait(L *lua.LState) {
	defer g.end()
	if g.scope.empty() {
		return
	}
	w := g.owner.newWait()
	g.scope.owner = w
	g.owner.park(L, w, -1)
}

// waitFor is wait with a limit. Its timer stops the group itself: the owner can't while one of them never waits.
func (g *group) waitFor(L *lua.LState, d time.Duration) (inTime bool) {
	var late atomic.Bool
	g.owner.rt.timers++
	timer := network.ClockFrom(threadOf(L).Context()).AfterFunc(d, func() {
		late.Store(true)
		g.stop(&stop{text: "cancelled: time was up"})
	})
	defer func() {
		timer.Stop()
		g.owner.rt.timers--
	}()
	g.wait(L)
	return !late.Load()
}

// end stops what is left and waits for it.
func (g *group) end() {
	g.stop(&stop{text: "cancelled: the group has ended"})
	g.owner.outside(func() error { g.await(g.owner.rt.clock, g.empty); return nil })
	g.endCoroutines()
	g.leave(g.owner.inner)
}

// raise raises the group's first error in the task that waits for it.
func (g *group) raise(L *lua.LState) {
	if failed, _ := g.outcome(); failed != nil {
		g.owner.rethrow(L, failed)
	}
}

func taskGroup(L *lua.LState) int {
	fn, args := checkFunction(L, "task.group", 1), rest(L, 2)
	g := newGroup(L)
	body := g.spawn(L, fn, args)
	g.wait(L)
	g.raise(L)
	return body.hand(L, g.owner)
}

func taskTimeout(L *lua.LState) int {
	d, fn, args := checkSeconds(L, "task.timeout", 1), checkFunction(L, "task.timeout", 2), rest(L, 3)
	g := newGroup(L)
	body := g.spawn(L, fn, args)
	inTime := g.waitFor(L, d)
	g.raise(L)
	if !inTime {
		return decl.Fail(L, decl.Refuse(decl.Timeout, fmt.Errorf("no end within %s s", decl.FormatNumber(d.Seconds()))))
	}
	return body.hand(L, g.owner)
}

// spawnEach starts each function of the table in argument 1, in the table's order.
func (g *group) spawnEach(L *lua.LState, name string) (keys []lua.LValue, tasks []*Task) {
	fns, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "table of functions"))
	}
	decl.Each(fns, func(k, v lua.LValue) {
		if v.Type() != lua.LTFunction {
			decl.RaiseArg(L, 1, name, "functions expected, got "+decl.TypeName(v))
		}
		keys = append(keys, k)
	})
	for _, k := range keys {
		tasks = append(tasks, g.spawn(L, fns.RawGet(k), nil))
	}
	return keys, tasks
}

func taskAll(L *lua.LState) int {
	g := newGroup(L)
	keys, tasks := g.spawnEach(L, "task.all")
	g.wait(L)
	g.raise(L)
	values := L.CreateTable(0, len(keys))
	for i, t := range tasks {
		if len(t.results) > 0 {
			g.owner.rt.handles.move(t.results[0], g.owner)
			values.RawSet(keys[i], t.results[0])
		}
	}
	L.Push(values)
	return 1
}

func taskRace(L *lua.LState) int {
	g := newGroup(L)
	w := g.owner.newWait()
	keys, tasks := g.spawnEach(L, "task.race")
	if len(tasks) == 0 {
		decl.RaiseArg(L, 1, "task.race", "at least one function expected")
	}
	for i, t := range tasks {
		t.joiners = append(t.joiners, listener{w, i})
	}
	func() {
		defer g.end()
		g.owner.park(L, w, -1)
	}()
	g.raise(L)
	L.Push(keys[w.which])
	return 1 + tasks[w.which].hand(L, g.owner)
}
