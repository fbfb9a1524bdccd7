package vm

import (
	"fmt"
	"time"

	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// cleanup is a function that task.defer left for the task's end.
type cleanup struct {
	fn   *lua.LFunction
	args []lua.LValue
}

// grace is how long a task's cleanups may take together, by the machine's time and by the simulated one.
const grace = 5 * time.Second

// runCleanups runs them, the last one first, as if the task had not been stopped. An error in one makes the task fail,
// unless it has failed already. When their time is over, each that is left may do what takes no time, as long again.
func (t *Task) runCleanups() {
	if len(t.cleanups) == 0 {
		return
	}
	t.cancel()
	t.mu.Lock()
	t.ctx, t.cancel = network.WithCancel(t.values)
	t.mu.Unlock()
	defer time.AfterFunc(grace, t.endCleanups).Stop()
	if t.rt.sim != nil {
		defer t.rt.sim.AfterFunc(grace, t.endCleanups).Stop()
	}
	begun := time.Now()
	for n := len(t.cleanups); n > 0 && time.Since(begun) < 2*grace; n = len(t.cleanups) {
		c := t.cleanups[n-1]
		t.cleanups = t.cleanups[:n-1]
		t.thread = t.rt.newThread(t, taskDepth)
		t.thread.L.Push(c.fn)
		if _, err := t.thread.call(push(t.thread.L, c.args)); err != nil {
			t.cleanupFailed(err)
		}
	}
	t.cleanups = nil
	t.stop.Store(nil)
}

func (t *Task) cleanupFailed(err *Error) {
	if t.err == nil {
		t.err = err
		return
	}
	fmt.Fprintf(t.rt.opt.Stderr, "moonwire: in a cleanup of %s: %s\n", t.name, err.Message)
}

// endCleanups stops cleanups that take too long.
func (t *Task) endCleanups() {
	s := &stop{text: fmt.Sprintf("the cleanups of %s took longer than %s", t.name, grace)}
	t.stop.Store(s)
	t.mu.Lock()
	cancel := t.cancel
	t.mu.Unlock()
	cancel()
	t.interrupt()
}
