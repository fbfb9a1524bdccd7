package vm

import (
	"context"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// stop is why a task must end. It is raised before each of the task's instructions until the task has ended.
type stop struct {
	kind  stopKind
	text  string
	code  int   // of stopExit
	cause error // what came from outside, if anything
}

type stopKind int

const (
	stopCancelled stopKind = iota // :cancel(), a scope's end, a lost race
	stopFailed                    // another task failed
	stopExit                      // os.exit
	stopInterrupt                 // Ctrl-C; from here on the script's result says what every task was doing
	stopLimit                     // instructions, time or memory used up
	stopDeadlock
)

func (s *stop) Error() string { return s.text }
func (s *stop) Unwrap() error { return s.cause }

// loud says whether the script's result tells what each task was doing.
func (s *stop) loud() bool { return s.kind >= stopInterrupt }

// stopping is why the task must end, nil while it may run.
func (t *Task) stopping() *stop { return t.stop.Load() }

// stopNow tells the task to end and wakes its wait. The first reason stays, and a task whose cleanups run is left
// alone. It needs no baton.
func (t *Task) stopNow(s *stop) {
	t.mu.Lock()
	told := !t.closing && t.stop.CompareAndSwap(nil, s)
	cancel := t.cancel
	t.mu.Unlock()
	if told {
		cancel()
		t.interrupt()
	}
}

// checkStop raises when the task must end.
func (t *Task) checkStop(L *lua.LState) {
	if t.stopping() != nil {
		t.raiseStop(L)
	}
}

func (t *Task) raiseStop(L *lua.LState) {
	t.stoppedIn(L)
	if t.seen().trace == "" {
		t.sight().trace = traceback(L)
	}
	machine.Throw(lua.LString(siteOf(L, 0).prefix() + t.stopping().text))
}

// stoppedIn notes, once, what the task was doing when it was told to stop.
func (t *Task) stoppedIn(L *lua.LState) {
	if t.seen().doing == "" && t.stopping().loud() {
		s := t.sight()
		s.doing, s.at = functionAt(L), siteOf(L, 0)
		t.rt.stopped = append(t.rt.stopped, t)
	}
}

// exit is os.exit: every task ends, cleanups run, and Run returns an *Exit.
func (rt *Runtime) exit(L *lua.LState, code int) {
	rt.root.stop(&stop{kind: stopExit, text: "os.exit was called", code: code})
	threadOf(L).Poll(L)
}

// Interrupt ends all tasks as Ctrl-C does: their waits are cancelled, their cleanups run, and Run's error says what
// they were doing.
func (rt *Runtime) Interrupt() { rt.root.stop(&stop{kind: stopInterrupt, text: "interrupted"}) }

// interruptBy is Interrupt for the end of a context.
func interruptBy(ctx context.Context) *stop {
	cause := context.Cause(ctx)
	return &stop{kind: stopInterrupt, text: cause.Error(), cause: cause}
}
