package vm

import (
	"context"
	"time"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// settleStep is the pause between two looks at what still runs.
const settleStep = time.Millisecond

// Settle waits until all tasks of the script but the calling one have ended, for d at most by the script's clock. It ends
// those that have not, and lists them, the oldest first, with what they were doing. Daemons end by themselves.
func (rt *Runtime) Settle(L *lua.LState, d time.Duration) []TaskInfo {
	h := threadOf(L)
	until := rt.clock.Now().Add(d)
	for len(rt.others(h.task)) > 0 && rt.clock.Now().Before(until) {
		h.Block(L, func(ctx context.Context) error { return rt.clock.Sleep(ctx, settleStep) })
	}
	left := rt.others(h.task)
	list := make([]TaskInfo, len(left))
	for i, t := range left {
		list[i] = TaskInfo{Name: t.name, Status: t.Status(), Made: t.site.String()}
		if t.at != nil {
			list[i].Doing = functionAt(t.at)
		}
	}
	for _, t := range left {
		t.stopNow(&stop{text: "the test has ended"})
	}
	h.task.outside(func() error {
		rt.root.await(rt.clock, func() bool { return rt.root.needed <= 1 })
		return nil
	})
	return list
}

// others are the script's tasks, but t and daemons, the oldest first.
func (rt *Runtime) others(t *Task) (list []*Task) {
	s := rt.root
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.byAge() {
		if o != t && !o.daemon {
			list = append(list, o)
		}
	}
	return list
}

// Caught is the error v as Run would report it. A message handler calls it where v was raised.
func Caught(L *lua.LState, v lua.LValue) *Error {
	return newError(L, v, machine.Traceback(L, "", 1))
}
