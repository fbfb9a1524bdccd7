package vm

import (
	"context"
	"time"

	"moonwire/host/network"
)

// Under a simulated clock its turns decide who runs: one task at a time, in the order in which they were woken. The baton
// is then free for whoever has a turn, and stays for goroutines that have none, such as Ctrl-C's.

// begin starts a task. It needs the baton.
func (rt *Runtime) begin(t *Task) {
	if rt.sim == nil {
		rt.baton.enqueue(&place{task: t})
		return
	}
	rt.sim.Go(func() {
		rt.baton.acquire()
		t.run()
	})
}

// simulate waits for a wake until d has passed, if it isn't negative, or ctx has ended, and takes the baton.
func (rt *Runtime) simulate(ctx context.Context, w network.Waiter, d time.Duration) {
	var until time.Time
	if d >= 0 {
		until = rt.clock.Now().Add(d)
	}
	w.WaitUntil(ctx, until)
	rt.baton.acquire()
}

// passing is f for a call that may wait. One that didn't takes the shortest sleep, so that others get on and a script
// that polls doesn't do so for ever at the same moment. Where time is real, every call is followed by one: whether it
// waited can't be told from the time that it took.
func (rt *Runtime) passing(ctx context.Context, f func() error) func() error {
	if network.IsPaced(rt.clock) {
		return func() error {
			defer rt.clock.Sleep(ctx, 0)
			return f()
		}
	}
	return func() error {
		before := rt.clock.Now()
		err := f()
		if rt.clock.Now().Equal(before) {
			rt.clock.Sleep(ctx, 0)
		}
		return err
	}
}

// letIn gives the others who want the baton their turns, and takes the next.
func (rt *Runtime) letIn(t *Task) {
	if rt.sim == nil && rt.baton.waiting.Load() == 0 {
		return
	}
	t.work(t.thread.L, Waits)
	rt.leave()
	if rt.sim != nil {
		w := rt.sim.NewWaiter()
		rt.sim.AfterFunc(0, w.Wake)
		w.Wait(context.Background())
	}
	rt.enter(t)
	t.work(t.thread.L, Runs)
}
