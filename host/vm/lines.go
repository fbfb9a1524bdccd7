package vm

import (
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// OnLine is told of each line of Lua before it runs; begins is false where a line goes on after a call or after another
// task's turn. The file is at.Fn.Proto.SourceName. It is called by one task at a time, but those of a worker run beside.
type OnLine func(at machine.Level, line int, begins bool)

// OnWork is told when a task runs, waits or ends. The Lua that it stands at is on L's stack. It is called like OnLine.
type OnWork func(L *lua.LState, task string, now Work)

// Work is what a task does from now on.
type Work int

// The kinds of work. A task may run that ran already.
const (
	Runs Work = iota
	Waits
	Ends
)

// work tells what the task does. Without a thread it is the task's own.
func (t *Task) work(L *lua.LState, now Work) {
	if t.rt.opt.OnWork == nil {
		return
	}
	if L == nil {
		L = t.thread.L
	}
	t.rt.opt.OnWork(L, t.name, now)
}
