package vm

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Task is a Lua function that runs on its own goroutine while it holds the baton.
type Task struct {
	rt     *Runtime
	id     int
	name   string
	site   site // where it was spawned
	daemon bool
	thread *thread
	scope  *scope // it belongs to
	inner  *scope // new tasks belong to
	ctx    context.Context
	cancel context.CancelCauseFunc

	stop    atomic.Pointer[stop]
	closing atomic.Bool // its cleanups run; it can't be cancelled any more

	mu          sync.Mutex
	interrupter decl.Interrupter // what its wait listens to

	at         *lua.LState // the thread that waits
	wake       chan struct{}
	joiners    []*wait
	ended      bool
	results    []lua.LValue
	err        *Error
	why        *stop                   // why it ended early
	owned      *owned                  // handles it answers for; guarded by handles.mu
	coroutines map[*coroutine]struct{} // suspended ones; guarded by mu
}

// taskOptions are what spawn takes beside the function.
type taskOptions struct {
	name   string
	depth  int // of calls; 0: taskDepth
	daemon bool
	site   site
	ctx    context.Context // nil: the scope's
	scope  *scope          // nil: the spawning task's
}

// spawn starts fn as a task. It needs the baton.
func (rt *Runtime) spawn(parent *Task, fn lua.LValue, args []lua.LValue, o taskOptions) *Task {
	if o.depth == 0 {
		o.depth = taskDepth
	}
	if o.scope == nil {
		o.scope = rt.root
		if parent != nil {
			o.scope = parent.inner
		}
	}
	if o.ctx == nil {
		o.ctx = o.scope.ctx
	}
	rt.ids++
	t := &Task{rt: rt, id: rt.ids, name: o.name, site: o.site, daemon: o.daemon, scope: o.scope, inner: o.scope}
	if t.name == "" {
		t.name = "task " + strconv.Itoa(t.id)
	}
	t.ctx, t.cancel = context.WithCancelCause(o.ctx)
	t.thread = rt.newThread(t, o.depth)
	t.scope.add(t)
	L := t.thread.L
	L.Push(fn)
	for _, a := range args {
		rt.handles.move(a, t)
		L.Push(a)
	}
	go t.run(len(args))
	return t
}

// run is the task's goroutine.
func (t *Task) run(nargs int) {
	t.rt.enter(t)
	defer t.rt.leave()
	results, err := t.thread.call(nargs)
	t.finish(results, err)
}

// finish ends the task: cleanups, coroutines, handles, then whoever waits for it.
func (t *Task) finish(results []lua.LValue, err *Error) {
	t.why = t.stop.Load()
	t.closing.Store(true)
	t.results, t.err = results, err
	t.endCoroutines()
	for _, v := range results {
		t.rt.handles.move(v, nil)
	}
	if left := t.rt.handles.takeFrom(t); len(left) > 0 {
		t.outside(func() error { closeHandles(left); return nil })
	}
	t.ended = true
	t.cancel(nil)
	t.thread = nil
	joined := false
	for _, w := range t.joiners {
		joined = w.fire(0) || joined
	}
	t.scope.remove(t)
	if t.failed() && !joined {
		t.scope.fail(err)
	}
}

// failed says whether the task ended by an error of its own.
func (t *Task) failed() bool { return t.err != nil && t.why == nil }

// Status is running, waiting, done, failed or cancelled.
func (t *Task) Status() string {
	switch {
	case !t.ended && t.at != nil:
		return "waiting"
	case !t.ended:
		return "running"
	case t.why != nil:
		return "cancelled"
	case t.err != nil:
		return "failed"
	}
	return "done"
}
