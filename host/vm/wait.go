package vm

import lua "github.com/yuin/gopher-lua"

// wait is a task's place in the queues of what it waits for inside the runtime: another task, a channel, a group. The
// first that fires it wins.
type wait struct {
	task  *Task
	which int // what fired it: the number of the case
	fired bool
	clock bool // a timer may fire it too
}

// fire ends the wait by case which, and reports whether it was the first. It needs the baton.
func (w *wait) fire(which int) bool {
	if w.fired {
		return false
	}
	w.fired, w.which = true, which
	w.task.unparked(w)
	w.task.wake <- struct{}{}
	return true
}

// park waits until w is fired, and raises when the task must end first.
func (t *Task) park(L *lua.LState, w *wait) {
	t.checkStop(L)
	if w.fired {
		return
	}
	t.at = L
	t.rt.parking(w)
	t.outside(func() error {
		select {
		case <-t.wake:
		case <-t.ctx.Done():
		}
		return nil
	})
	t.at = nil
	if !w.fired {
		w.fired = true
		t.unparked(w)
	} else {
		select {
		case <-t.wake:
		default:
		}
	}
	t.checkStop(L)
}

// newWait starts a wait of t.
func (t *Task) newWait() *wait {
	if t.wake == nil {
		t.wake = make(chan struct{}, 1)
	}
	return &wait{task: t}
}

// parking counts a task that only another can wake.
func (rt *Runtime) parking(w *wait) {
	if !w.clock {
		rt.parked++
	}
}

// unparked ends that.
func (t *Task) unparked(w *wait) {
	if !w.clock {
		t.rt.parked--
	}
}
