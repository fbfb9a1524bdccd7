package vm

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// Task is a Lua function that runs on its own goroutine while it holds the baton.
type Task struct {
	rt     *Runtime
	age    uint64 // what was spawned before has a lower one
	name   string
	site   site // where it was spawned
	daemon bool
	keeps  bool // what it leaves open stays open until the runtime is closed
	thread *thread
	scope  *scope // it belongs to
	inner  *scope // that its own tasks belong to

	values context.Context // what ctx is made of: the network, and never an end
	ctx    context.Context
	stop   atomic.Pointer[stop]

	mu          sync.Mutex // guards what stopNow needs without the baton
	cancel      context.CancelFunc
	closing     bool             // its cleanups run: it can't be stopped any more
	interrupter decl.Interrupter // what its wait listens to
	waits       uint64           // how often that changed

	at       *lua.LState // the thread that waits; nil while it runs
	last     *sight      // of when it was told to stop; nil before
	warned   bool        // that it keeps others waiting
	cleanups []cleanup
	owned    *owned // handles it answers for; guarded by handles.mu

	joiners []listener
	ended   bool
	results []lua.LValue
	err     *Error
	why     *stop  // why it ended early
	rethrew *Error // the last error from elsewhere that was raised here
}

// A sight is what was seen of a task when it was told to stop.
type sight struct {
	doing string
	at    site
	trace string
}

// sight is the task's last sight, to be filled in.
func (t *Task) sight() *sight {
	if t.last == nil {
		t.last = &sight{}
	}
	return t.last
}

// seen is the task's last sight, an empty one before it was told to stop.
func (t *Task) seen() *sight {
	if t.last == nil {
		return &sight{}
	}
	return t.last
}

// taskOptions are what spawn takes beside the function.
type taskOptions struct {
	name   string
	depth  int // of calls; 0: taskDepth
	daemon bool
	keeps  bool
	site   site
	scope  *scope // nil: the spawning task's
	lend   bool   // handles among the arguments stay the spawning task's, which waits
}

// spawn starts fn as a task of the current one's scope and world. It needs the baton.
func (h *thread) spawn(fn lua.LValue, args []lua.LValue, o taskOptions) *Task {
	if o.scope == nil {
		o.scope = h.task.inner
	}
	return h.rt.spawn(h.values(), fn, args, o)
}

func (rt *Runtime) spawn(values context.Context, fn lua.LValue, args []lua.LValue, o taskOptions) *Task {
	rt.live++
	rt.born++
	if !o.keeps { // inputs of a prompt are not counted
		rt.spawned++
	}
	if o.name == "" {
		o.name = "task " + strconv.Itoa(rt.spawned)
	}
	if o.depth == 0 {
		o.depth = taskDepth
	}
	t := &Task{rt: rt, age: rt.born, name: o.name, site: o.site, daemon: o.daemon, keeps: o.keeps, scope: o.scope, inner: o.scope,
		values: values}
	t.ctx, t.cancel = network.WithCancel(values)
	t.thread = rt.newThread(t, o.depth)
	t.scope.add(t)
	t.thread.L.Push(fn)
	for _, a := range args {
		if !o.lend {
			rt.handles.move(a, t)
		}
		t.thread.L.Push(a)
	}
	rt.begin(t)
	return t
}

// run is the task's goroutine, which has the baton.
func (t *Task) run() {
	defer t.rt.callers.enter(t.thread)()
	t.rt.enterAs(t)
	defer t.rt.leave()
	t.work(t.thread.L, Runs)
	results, err := t.thread.call(t.thread.L.GetTop() - 1)
	t.finish(results, err)
}

// finish ends the task: cleanups, coroutines, handles, then whoever waits for it.
func (t *Task) finish(results []lua.LValue, err *Error) {
	t.close()
	t.results, t.err = results, err
	t.runCleanups()
	for _, v := range results {
		t.rt.handles.move(v, nil)
	}
	if !t.keeps {
		t.dismissDaemons()
		t.closeHandles()
	}
	t.work(t.thread.L, Ends)
	t.ended, t.thread = true, nil
	t.cancel()
	t.rt.live--
	heard := false
	for _, j := range t.joiners {
		heard = j.wait.fire(j.which) || heard
	}
	if t.failed() && !heard {
		t.rt.uncaught(t)
	}
	t.scope.remove(t)
	t.rt.checkDeadlock()
}

// dismissDaemons stops the daemons of a scope when its last other task ends: before that task's sockets are closed, or
// a server in a loop would go on with a closed one.
func (t *Task) dismissDaemons() {
	if _, running := t.rt.running[t.scope]; !running && t.scope.owner == nil || !t.scope.last(t) {
		return
	}
	for _, d := range t.scope.daemons() {
		d.stopNow(&stop{text: "all other tasks have ended"})
	}
}

// close shields the task from being stopped while it cleans up.
func (t *Task) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closing = true
	t.why = t.stop.Swap(nil)
}

// failed says whether the task ended by an error of its own.
func (t *Task) failed() bool { return t.err != nil && t.why == nil }

// uncaught is the end of a task whose error nobody waits for: it ends the scope.
func (rt *Runtime) uncaught(t *Task) {
	if rt.opt.OnFailure != nil && t.scope == rt.root {
		rt.opt.OnFailure(t.err)
		return
	}
	t.scope.fail(t.err)
}

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

// String names the task and the line that spawned it.
func (t *Task) String() string {
	if t.site.file == "" {
		return t.name
	}
	return t.name + " (spawned at " + t.site.String() + ")"
}
