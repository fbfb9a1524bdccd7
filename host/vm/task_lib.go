package vm

import (
	"context"
	"strings"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// self is the receiver of a method, which messages call as name says.
func self[T any](L *lua.LState, name string) T {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if v, ok := ud.Value.(T); ok {
			return v
		}
	}
	class, _, _ := strings.Cut(name, ":")
	decl.RaiseArg(L, 1, name, decl.Expected(L, 1, class))
	panic("unreachable")
}

// checkSeconds is the duration in argument n.
func checkSeconds(L *lua.LState, name string, n int) time.Duration {
	s := decl.Number(L, name, n)
	if s != s || s < 0 {
		decl.RaiseArg(L, n, name, "number of seconds from 0 on expected, got "+decl.FormatNumber(s))
	}
	return decl.Seconds(s)
}

// checkFunction is the function in argument n.
func checkFunction(L *lua.LState, name string, n int) *lua.LFunction {
	fn, ok := L.Get(n).(*lua.LFunction)
	if !ok {
		decl.RaiseArg(L, n, name, decl.Expected(L, n, "function"))
	}
	return fn
}

func taskSpawn(L *lua.LState) int { return spawnFrom(L, "task.spawn", taskOptions{}) }

func taskDaemon(L *lua.LState) int { return spawnFrom(L, "task.daemon", taskOptions{daemon: true}) }

func spawnFrom(L *lua.LState, name string, o taskOptions) int {
	h := threadOf(L)
	fn, args := checkCall(L, name, &o)
	o.site = siteOf(L, 1)
	L.Push(decl.NewUserData(L, h.spawn(fn, args, o)))
	return 1
}

// checkCall is a function and its arguments, or one table that has both and options.
func checkCall(L *lua.LState, name string, o *taskOptions) (*lua.LFunction, []lua.LValue) {
	t, ok := L.Get(1).(*lua.LTable)
	if !ok || L.GetTop() > 1 {
		return checkFunction(L, name, 1), rest(L, 2)
	}
	fn, ok := t.RawGetInt(1).(*lua.LFunction)
	if !ok {
		decl.RaiseArg(L, 1, name, "function expected as the table's first entry, got "+decl.TypeName(t.RawGetInt(1)))
	}
	var args []lua.LValue
	decl.Each(t, func(k, v lua.LValue) {
		switch k := k.(type) {
		case lua.LNumber:
		case lua.LString:
			o.set(L, name, string(k), v)
		default:
			decl.RaiseArg(L, 1, name, "option names expected, got a "+decl.TypeName(k))
		}
	})
	for i := 2; i <= t.Len(); i++ {
		args = append(args, t.RawGetInt(i))
	}
	return fn, args
}

// set sets an option of spawn.
func (o *taskOptions) set(L *lua.LState, name, option string, v lua.LValue) {
	text, isText := v.(lua.LString)
	number, isNumber := v.(lua.LNumber)
	switch {
	case option == "name" && isText:
		o.name = string(text)
	case option == "depth" && isNumber && number >= 1 && number <= deepest:
		o.depth = int(number)
	case option == "name", option == "depth":
		decl.Raisef(L, "bad option '%s' to '%s' (name: string, depth: 1 to %d)", option, name, deepest)
	default:
		decl.Raisef(L, "bad option '%s' to '%s' (expected one of: name, depth)", option, name)
	}
}

// deepest is the highest depth that a spawn may ask for.
const deepest = 200000

func taskSleep(L *lua.LState) int {
	d := checkSeconds(L, "task.sleep", 1)
	threadOf(L).Block(L, func(ctx context.Context) error { return network.ClockFrom(ctx).Sleep(ctx, d) })
	return 0
}

func taskJoin(L *lua.LState) int {
	t, me := self[*Task](L, "task:join"), threadOf(L).task
	if t == me {
		decl.Raise(L, "a task can't join itself")
	}
	if !t.ended {
		w := me.newWait()
		t.joiners = append(t.joiners, listener{w, 0})
		me.park(L, w, -1)
	}
	return t.hand(L, me)
}

// hand gives an ended task's results to who joins it, or raises its error there.
func (t *Task) hand(L *lua.LState, to *Task) int {
	if t.why != nil {
		L.Push(lua.LNil)
		L.Push(lua.LString(t.why.text))
		L.Push(lua.LString(decl.Cancelled))
		return 3
	}
	if t.err != nil {
		to.rethrow(L, t.err)
	}
	for _, v := range t.results {
		to.rt.handles.move(v, to)
	}
	return push(L, t.results)
}

// rethrow raises an error of another task, or of a coroutine, in this one, whose report will show both tracebacks.
func (t *Task) rethrow(L *lua.LState, err *Error) {
	t.rethrew = err
	L.Error(err.Value, 0)
}

func taskCancel(L *lua.LState) int {
	t := self[*Task](L, "task:cancel")
	text := "cancelled"
	if L.Get(2) != lua.LNil {
		text += ": " + decl.String(L, "task:cancel", 2)
	}
	t.stopNow(&stop{text: text})
	threadOf(L).Poll(L)
	return 0
}

func taskStatus(L *lua.LState) int {
	L.Push(lua.LString(self[*Task](L, "task:status").Status()))
	return 1
}

func taskCurrent(L *lua.LState) int {
	L.Push(decl.NewUserData(L, threadOf(L).task))
	return 1
}

func taskDefer(L *lua.LState) int {
	t := threadOf(L).task
	t.cleanups = append(t.cleanups, cleanup{checkFunction(L, "task.defer", 1), rest(L, 2)})
	return 0
}
