package vm

import (
	"context"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Block gives up the baton, runs f, and takes the baton back.
func (h *thread) Block(L *lua.LState, f func(context.Context) error) error {
	t := h.task
	t.checkStop(L)
	t.at = L
	err := t.outside(func() error { return f(t.ctx) })
	t.at = nil
	t.checkStop(L)
	return err
}

// BlockOn is Block for a wait that i.Interrupt ends.
func (h *thread) BlockOn(L *lua.LState, i decl.Interrupter, f func() error) error {
	t := h.task
	t.checkStop(L)
	t.at = L
	t.setInterrupter(i)
	err := t.outside(f)
	t.setInterrupter(nil)
	t.at = nil
	t.checkStop(L)
	return err
}

// outside runs f without the baton. The baton is taken back by defer: when f panics, Lua's pcall must not run without it.
func (t *Task) outside(f func() error) error {
	t.rt.leave()
	defer t.rt.enter(t)
	return f()
}

// setInterrupter says what to wake when the task is cancelled.
func (t *Task) setInterrupter(i decl.Interrupter) {
	t.mu.Lock()
	t.interrupter = i
	t.mu.Unlock()
}

// interruptEvery is how long after an Interrupt that came before its wait the next one follows.
const interruptEvery = 10 * time.Millisecond

// interrupt wakes the wait of a task that was told to stop, again and again until the wait is over: an Interrupt that
// comes between setInterrupter and the wait itself wakes nothing.
func (t *Task) interrupt() {
	t.mu.Lock()
	i := t.interrupter
	t.mu.Unlock()
	if i == nil {
		return
	}
	i.Interrupt()
	time.AfterFunc(interruptEvery, t.interrupt)
}
