package vm

import lua "github.com/yuin/gopher-lua"

// stop is why a task must end. It is raised before each of the task's instructions until the task has ended.
type stop struct {
	kind stopKind
	text string
	code int // of stopExit
}

type stopKind int

const (
	stopCancelled stopKind = iota // :cancel(), a scope's end, a lost race
	stopInterrupt                 // Ctrl-C
	stopLimit                     // instructions, time or memory used up
	stopExit                      // os.exit
	stopFailed                    // another task failed
)

func (s *stop) Error() string { return s.text }

// stopping is why the task must end, nil while it may run.
func (t *Task) stopping() *stop { return t.stop.Load() }

// stopNow tells the task to end, wakes its wait, and keeps the first reason. It needs no baton.
func (t *Task) stopNow(s *stop) {
	if t.closing.Load() || !t.stop.CompareAndSwap(nil, s) {
		return
	}
	t.cancel(s)
	t.interrupt()
}

// checkStop raises when the task must end.
func (t *Task) checkStop(L *lua.LState) {
	if t.stopping() != nil {
		raiseStop(L, t)
	}
}

func raiseStop(L *lua.LState, t *Task) { L.RaiseError("%s", t.stopping().text) }

// exit is os.exit: every task ends, cleanups run, and Run returns an *Exit.
func (rt *Runtime) exit(L *lua.LState, code int) {
	rt.root.stop(&stop{kind: stopExit, text: "the script called os.exit", code: code})
	threadOf(L).Poll(L)
}
