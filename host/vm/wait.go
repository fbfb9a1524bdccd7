package vm

import (
	"context"
	"time"

	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// wait is a task's wait for something inside the runtime: another task, a channel, a group. The first that fires it
// wins.
type wait struct {
	task  *Task
	place *place // its turn to run on
	fired bool
	over  bool       // it ended otherwise: nothing fires it any more
	which int        // number of the case that fired it
	value lua.LValue // what came with it; nil: the channel was closed
	clock bool       // a timer may end it too
}

// listener is one entry of a queue: case number which of a wait.
type listener struct {
	wait  *wait
	which int
}

// newWait starts a wait of t.
func (t *Task) newWait() *wait { return &wait{task: t} }

// done says whether firing w is too late.
func (w *wait) done() bool { return w.fired || w.over }

// fire ends the wait by case which, and reports whether it was the first. It needs the baton.
func (w *wait) fire(which int) bool {
	if w.done() {
		return false
	}
	w.fired, w.which = true, which
	if w.place != nil {
		w.unpark()
		w.task.rt.baton.enqueue(w.place)
	}
	return true
}

// park waits until w is fired or d has passed, if it isn't negative, and raises when the task must end first. It
// returns false when time was up.
func (t *Task) park(L *lua.LState, w *wait, d time.Duration) bool {
	t.checkStop(L)
	if !w.fired {
		t.parkNow(L, w, d)
	}
	t.checkStop(L)
	return w.fired
}

func (t *Task) parkNow(L *lua.LState, w *wait, d time.Duration) {
	ctx, rt := threadOf(L).Context(), t.rt
	w.clock = d >= 0
	if rt.sim != nil {
		w.place = &place{waiter: rt.sim.NewWaiter()}
	} else {
		w.place = newPlace()
	}
	t.at = L
	if !w.clock {
		rt.parked++
		rt.checkDeadlock()
	}
	t.work(L, Waits)
	rt.leave()
	switch {
	case rt.sim != nil:
		rt.simulate(ctx, w.place.waiter, d)
	case w.clock:
		w.awaitUntil(ctx, d)
	default:
		w.await(ctx)
		w.place.free()
	}
	rt.enterAs(t)
	t.work(L, Runs)
	t.at = nil
	w.place = nil
	if !w.fired {
		w.over = true
		w.unpark()
	}
}

// await waits for the turn that fire gives, or takes one at the end of ctx.
func (w *wait) await(ctx context.Context) {
	select {
	case <-w.place.ready:
	case <-ctx.Done():
		w.task.rt.baton.enqueue(w.place)
		<-w.place.ready
	}
}

// awaitUntil is await with a timer. The timer may be late and ask for a turn that has been: the place is not used again.
func (w *wait) awaitUntil(ctx context.Context, d time.Duration) {
	place, baton := w.place, &w.task.rt.baton
	timer := network.ClockFrom(ctx).AfterFunc(d, func() { baton.enqueue(place) })
	defer timer.Stop()
	w.await(ctx)
}

// unpark counts a task that runs again.
func (w *wait) unpark() {
	if !w.clock {
		w.task.rt.parked--
	}
}
