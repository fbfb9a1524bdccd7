package vm

import (
	"context"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Block gives up the baton, runs f, and takes the baton back.
func (h *thread) Block(L *lua.LState, f func(context.Context) error) error {
	ctx := h.Context()
	return h.task.wait(L, nil, func() error { return f(ctx) })
}

// BlockOn is Block for a wait that i.Interrupt ends.
func (h *thread) BlockOn(L *lua.LState, i decl.Interrupter, f func() error) error {
	return h.task.wait(L, i, f)
}

// wait runs f without the baton, and raises when the task must stop. i, if any, is woken for that.
func (t *Task) wait(L *lua.LState, i decl.Interrupter, f func() error) error {
	t.checkStop(L)
	t.at = L
	if i != nil {
		t.listen(i)
	}
	if t.rt.sim != nil {
		f = t.rt.passing(threadOf(L).Context(), f)
	}
	err := t.outside(f)
	t.checkStop(L)
	return err
}

// outside runs f without the baton. The baton is taken back by defer: when f panics, Lua's pcall must not run without it.
func (t *Task) outside(f func() error) error {
	at := t.at
	t.work(at, Waits)
	t.rt.leave()
	defer func() {
		t.rt.enter(t)
		t.work(at, Runs)
		t.at = nil
		if t.interrupter != nil {
			t.listen(nil)
		}
	}()
	return f()
}

// listen says what to wake when the task is told to stop.
func (t *Task) listen(i decl.Interrupter) {
	t.mu.Lock()
	t.interrupter = i
	t.waits++
	t.mu.Unlock()
}

// interruptAgain is how long after an Interrupt the next one follows while the wait goes on.
const interruptAgain = 10 * time.Millisecond

// interrupt wakes the wait of a task that was told to stop, again and again until that wait is over: an Interrupt that
// comes between listen and the wait itself wakes nothing.
func (t *Task) interrupt() {
	t.mu.Lock()
	i, n := t.interrupter, t.waits
	t.mu.Unlock()
	if i != nil {
		t.interruptWait(i, n)
	}
}

func (t *Task) interruptWait(i decl.Interrupter, n uint64) {
	t.mu.Lock()
	over := t.waits != n
	t.mu.Unlock()
	if !over {
		i.Interrupt()
		t.rt.clock.AfterFunc(interruptAgain, func() { t.interruptWait(i, n) })
	}
}
