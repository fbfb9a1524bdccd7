package vm

import (
	"reflect"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	"context"

	lua "github.com/yuin/gopher-lua"
)

// Modules are those that belong to the runtime itself.
func Modules() []*decl.Module {
	return []*decl.Module{taskModule()}
}

func taskModule() *decl.Module {
	return &decl.Module{
		Name: "task",
		Doc:  "Tasks run side by side in blocking style; only a call that waits lets another one run.",
		Funcs: []decl.Function{
			decl.Raw{Name: "spawn", Doc: "Start a function as a task.",
				Params:  []decl.Param{{Name: "fn", Type: "function"}, {Name: "...", Type: "any", Variadic: true}},
				Results: []decl.Param{{Name: "task", Type: "task"}},
				Example: `task.spawn(function(x) return x + 1 end, 41):join() --> 42`,
				Why:     "takes a function", Run: taskSpawn},
			decl.Raw{Name: "sleep", Doc: "Wait; other tasks go on.",
				Params:  []decl.Param{{Name: "seconds", Type: "number"}},
				Blocks:  true,
				Example: `task.sleep(0.01) --> `,
				Why:     "called often", Run: taskSleep},
		},
		Classes: []*decl.Class{taskClass()},
	}
}

func taskClass() *decl.Class {
	return &decl.Class{
		Name: "task",
		Doc:  "A task that was spawned.",
		Type: reflect.TypeFor[*Task](),
		Methods: []decl.Function{
			decl.Raw{Name: "join", Doc: "Wait for the task's end and return what it returned; raise what it raised.",
				Results: []decl.Param{{Name: "...", Type: "any", Variadic: true}},
				Fails:   []string{decl.Cancelled}, Blocks: true, Why: "returns what the function returned", Run: taskJoin},
			decl.Raw{Name: "cancel", Doc: "End the task: whatever it waits for raises.",
				Params: []decl.Param{{Name: "reason", Type: "string", Optional: true}},
				Why:    "the receiver is the runtime's", Run: taskCancel},
			decl.Raw{Name: "status", Doc: "Say how the task is: running, waiting, done, failed or cancelled.",
				Results: []decl.Param{{Name: "status", Type: "string"}},
				Why:     "the receiver is the runtime's", Run: taskStatus},
		},
		Fields: []decl.Param{{Name: "name", Type: "string", Doc: "what reports call the task"}},
		Index: func(_ *lua.LState, self any, key string) (lua.LValue, bool) {
			if key == "name" {
				return lua.LString(self.(*Task).name), true
			}
			return nil, false
		},
	}
}

func taskSpawn(L *lua.LState) int {
	h := threadOf(L)
	t := h.rt.spawn(h.task, L.CheckFunction(1), rest(L, 2), taskOptions{site: siteOf(L, 1)})
	L.Push(decl.NewUserData(L, t))
	return 1
}

func taskSleep(L *lua.LState) int {
	d := time.Duration(float64(L.CheckNumber(1)) * float64(time.Second))
	threadOf(L).Block(L, func(ctx context.Context) error { return network.ClockFrom(ctx).Sleep(ctx, d) })
	return 0
}

func checkTask(L *lua.LState) *Task {
	if t, ok := L.CheckUserData(1).Value.(*Task); ok {
		return t
	}
	L.ArgError(1, "task expected")
	return nil
}

func taskJoin(L *lua.LState) int {
	t, me := checkTask(L), threadOf(L).task
	if t == me {
		L.RaiseError("a task can't join itself")
	}
	if !t.ended {
		w := me.newWait()
		t.joiners = append(t.joiners, w)
		me.park(L, w)
	}
	switch {
	case t.why != nil:
		L.Push(lua.LNil)
		L.Push(lua.LString("cancelled: " + t.why.text))
		L.Push(lua.LString(decl.Cancelled))
		return 3
	case t.err != nil:
		L.Error(t.err.Value, 0)
	}
	for _, v := range t.results {
		me.rt.handles.move(v, me)
	}
	return push(L, t.results)
}

func taskCancel(L *lua.LState) int {
	t := checkTask(L)
	t.stopNow(&stop{kind: stopCancelled, text: L.OptString(2, "by another task")})
	threadOf(L).Poll(L)
	return 0
}

func taskStatus(L *lua.LState) int {
	L.Push(lua.LString(checkTask(L).Status()))
	return 1
}
