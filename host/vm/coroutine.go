package vm

import (
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
	"weak"

	lua "github.com/yuin/gopher-lua"
)

// coroutine runs a Lua function on a goroutine of its own, so that a yield works wherever it stands: under pcall, in a
// metamethod, an iterator, a sort or a require. Resume and yield switch goroutines directly (iter.Pull); the task's
// turn goes with them.
//
// What Lua holds is a shell, a state that runs nothing: the goroutine doesn't refer to it, so the collector finds a
// coroutine that nobody can resume any more, and its goroutine ends.
type coroutine struct {
	thread *thread
	shell  weak.Pointer[lua.LState]
	state  coState
	resume *thread // who resumed it
	depth  int     // of coroutines that resumed each other

	next  func() (struct{}, bool)
	stop  func()
	yield func(struct{}) bool
	ended sync.Once

	values []lua.LValue // on their way in or out
	err    *Error

	owner *scope // it dies with
}

type coState int

const (
	suspended coState = iota
	running
	normal
	dead
)

func (s coState) String() string { return [...]string{"suspended", "running", "normal", "dead"}[s] }

// maxNesting bounds coroutines that resume coroutines (LUAI_MAXCCALLS).
const maxNesting = 200

// newCoroutine makes a suspended coroutine of fn.
func (h *thread) newCoroutine(fn *lua.LFunction) *lua.LState {
	th := h.rt.newThread(h.task, taskDepth)
	th.world = h.world
	co := &coroutine{thread: th}
	th.co = co
	th.L.Push(fn)
	shell := &lua.LState{G: th.L.G, Env: th.L.Env}
	shell.SetContext(shellContext{th})
	co.shell = weak.Make(shell)
	h.task.inner.adopt(co)
	runtime.AddCleanup(shell, func(co *coroutine) { go co.abandon() }, co)
	return shell
}

// shellContext lets those who are given a coroutine as a value find the state that runs it.
type shellContext struct{ *thread }

// Running is the state that a coroutine's Lua value stands for.
func (s shellContext) Running() *lua.LState { return s.thread.L }

// enter resumes the coroutine until it yields or ends.
func (co *coroutine) enter(from *thread, args []lua.LValue) ([]lua.LValue, *Error) {
	if co.next == nil {
		co.next, co.stop = iter.Pull(co.run)
	}
	co.resume, co.depth = from, from.depth()+1
	co.thread.task = from.task
	if from.co != nil {
		from.co.state = normal
	}
	co.state, co.values = running, args
	_, alive := co.next()
	if from.co != nil {
		from.co.state = running
	}
	values, err := co.values, co.err
	co.values, co.resume = nil, nil
	if alive {
		co.state = suspended
	} else {
		co.end()
	}
	return values, err
}

// run is the coroutine's goroutine.
func (co *coroutine) run(yield func(struct{}) bool) {
	defer co.thread.rt.callers.enter(co.thread)()
	co.yield = yield
	n := len(co.values)
	for _, v := range co.values {
		co.thread.L.Push(v)
	}
	co.values, co.err = co.thread.call(n)
}

// leave yields values and returns what the next resume brings. A coroutine that is abandoned meanwhile ends by Goexit:
// it runs Go's deferred calls and nothing of Lua.
func (co *coroutine) leave(values []lua.LValue) []lua.LValue {
	co.values = values
	if !co.yield(struct{}{}) {
		runtime.Goexit()
	}
	return co.values
}

// abandon ends a suspended coroutine. It needs no baton, since no Lua runs.
func (co *coroutine) abandon() {
	co.ended.Do(func() {
		co.disown()
		if co.stop == nil {
			return
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			co.stop() // leaves by Goexit too
		}()
		<-done
	})
}

// end notes that the function has returned or raised.
func (co *coroutine) end() {
	co.state = dead
	co.ended.Do(co.disown)
}

// adopt makes the coroutine die with the scope.
func (s *scope) adopt(co *coroutine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	co.owner = s
	if s.coroutines == nil {
		s.coroutines = make(map[*coroutine]struct{})
	}
	s.coroutines[co] = struct{}{}
}

// disown takes the coroutine from the scope that it would die with.
func (co *coroutine) disown() {
	co.owner.mu.Lock()
	defer co.owner.mu.Unlock()
	delete(co.owner.coroutines, co)
}

// endCoroutines ends what the scope's tasks left suspended.
func (s *scope) endCoroutines() {
	s.mu.Lock()
	left := slices.Collect(maps.Keys(s.coroutines))
	s.mu.Unlock()
	for _, co := range left {
		co.state = dead
		co.abandon()
	}
}

// depth is how many coroutines lie between the thread and its task.
func (h *thread) depth() int {
	if h.co == nil {
		return 0
	}
	return h.co.depth
}
