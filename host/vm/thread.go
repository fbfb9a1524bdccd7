package vm

import (
	"cmp"
	"context"
	"io"
	"time"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// thread is the context of one Lua thread, a task's own or a coroutine's: the machine counts its instructions by its
// Meter. It is also the decl.Host of bindings called on that thread.
type thread struct {
	rt    *Runtime
	task  *Task // whose turn it is on this thread; a coroutine's changes with who resumes it
	L     *lua.LState
	co    *coroutine // nil on a task's own thread
	world *world     // where it runs for the time being; nil: where its task does
}

// world is a context to run in: a network, and what else bindings find there.
type world struct {
	values context.Context // never cancelled, for tasks spawned from here
	ctx    context.Context
}

var _ interface {
	context.Context
	decl.Host
	machine.Metered
} = (*thread)(nil)

// Meter is the runtime's: its count of instructions until the next tick.
func (h *thread) Meter() *machine.Meter { return &h.rt.meter }

// Done is nil: the machine asks by Meter, which stays spent once the task must stop, so no pcall can swallow the end.
func (h *thread) Done() <-chan struct{} { return nil }

// Err is why the task must stop.
func (h *thread) Err() error {
	if s := h.task.stopping(); s != nil {
		return s
	}
	return nil
}

// Deadline is never known to Lua.
func (h *thread) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value looks a key up in the current context.
func (h *thread) Value(key any) any { return h.Context().Value(key) }

// Context is the current task's, or that of the world the thread is in.
func (h *thread) Context() context.Context {
	if h.world != nil {
		return h.world.ctx
	}
	return h.task.ctx
}

// values is Context without its end.
func (h *thread) values() context.Context {
	if h.world != nil {
		return h.world.values
	}
	return h.task.values
}

// With calls fn in another world, such as a lab's host, and returns its results. Tasks and coroutines that it starts
// live there too.
func (h *thread) With(L *lua.LState, in func(context.Context) context.Context, fn *lua.LFunction, args ...lua.LValue) []lua.LValue {
	before := h.world
	h.world = &world{in(h.values()), in(h.Context())}
	defer func() { h.world = before }()
	top := L.GetTop()
	L.CallByParam(lua.P{Fn: fn, NRet: lua.MultRet}, args...)
	results := rest(L, top+1)
	L.SetTop(top)
	return results
}

// Stdin is the script's standard input.
func (h *thread) Stdin() io.Reader { return h.rt.opt.Stdin }

// Stdout is the script's standard output.
func (h *thread) Stdout() io.Writer { return h.rt.opt.Stdout }

// Stderr is the script's standard error.
func (h *thread) Stderr() io.Writer { return h.rt.opt.Stderr }

// Spawn starts fn as a task in the current task's scope.
func (h *thread) Spawn(L *lua.LState, fn *lua.LFunction, args ...lua.LValue) {
	h.spawn(fn, args, taskOptions{site: siteOf(L, 1)})
}

// Task is the current task's name.
func (h *thread) Task() string { return h.task.name }

// Iface is the interface that the script was told to use.
func (h *thread) Iface() string { return h.rt.opt.Script.Iface }

// Poll raises when the current task must stop. Loops in Go ask every few thousand steps, which count as instructions.
func (h *thread) Poll(L *lua.LState) {
	h.rt.used += pollCost
	h.step(L)
}

// pollCost is how many instructions count for the steps of a loop in Go between two polls.
const pollCost = 10 * quantum

// step raises when the current task must stop.
func (h *thread) step(L *lua.LState) {
	if h.tick() {
		h.task.raiseStop(L)
	}
}

// threadOf is the thread behind a state that this package runs.
func threadOf(L *lua.LState) *thread { return L.Context().(*thread) }

// newThread makes a Lua thread with room for depth nested calls.
func (rt *Runtime) newThread(task *Task, depth int) *thread {
	h := &thread{rt: rt, task: task}
	if depth == mainDepth {
		h.L = rt.newMainThread(h)
	} else {
		h.L = machine.NewThread(rt.base, depth, h)
	}
	return h
}

// depth is how deep the main task may call.
func (rt *Runtime) depth() int { return cmp.Or(rt.opt.Limits.Depth, mainDepth) }

// newMainThread makes a thread whose call stack is in one piece. The state it comes from has no context, or gopher-lua
// would derive one for the thread. The options are set after NewState, which would replace a small registry by 5120 slots.
func (rt *Runtime) newMainThread(ctx context.Context) *lua.LState {
	rt.base.Options = lua.Options{CallStackSize: mainDepth, RegistrySize: 32, RegistryMaxSize: 1 << 20, RegistryGrowStep: 64}
	L, _ := rt.base.NewThread()
	L.SetContext(ctx)
	machine.Attach(L)
	return L
}

// Call depths. The main task has what the reference interpreter has (LUAI_MAXCALLS), in one piece, which makes calls
// cheaper; the others grow theirs as they need it.
const (
	mainDepth = 20000
	taskDepth = 500
)
