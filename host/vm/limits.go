package vm

import (
	"fmt"
	"time"
)

// Limits bound a script. Zero means no bound.
type Limits struct {
	Instructions int64         // of Lua's virtual machine, all tasks and workers together
	Timeout      time.Duration // by the wall clock
	Refill       int64         // instructions a second that come to those, for scripts that run for long
	Memory       uint64        // bytes of heap, the whole process's
	Output       int64         // bytes written to the standard streams and to files
	Handles      int64         // open sockets, links and the like, those of workers included
	Depth        int           // of the main task's calls within each other; 0: 20,000, for which 1.6 MB are set aside
	Watchdog     time.Duration // a task that keeps the others waiting longer is warned of; 0: 200 ms (simulated: 10 s), negative: never
	Preempt      bool          // let other tasks in between two instructions, not only at waits
	Yield        bool          // let them in where the watchdog warns: a prompt must answer whatever else runs
}

// quantum is how many instructions run between two ticks: some 30 microseconds.
const quantum = 1000

// heapTicks is at which ticks the heap is measured, which takes longer than all else there. Long strings ask before they are
// made.
const heapTicks = 4

// recount books the instructions since the last tick and grants n more.
func (rt *Runtime) recount(n int64) {
	rt.used += rt.granted - int64(rt.meter.Left)
	rt.granted, rt.meter.Left = n, int(n)
}

// tick looks at all that must not cost something at every instruction, and says whether the task must stop.
func (h *thread) tick() bool {
	rt, lim := h.rt, &h.rt.opt.Limits
	rt.recount(quantum)
	if rt.alarmed() {
		h.warnOfHolding()
	}
	if rt.ticks++; lim.Memory > 0 && rt.ticks%heapTicks == 0 {
		rt.limitHeap(0)
	}
	if lim.Instructions > 0 {
		rt.countdown()
	}
	if lim.Preempt {
		rt.letIn(h.task)
	}
	if h.task.stopping() != nil {
		rt.recount(0)
		return true
	}
	return false
}

// countdown ends the script where its instructions are used up, and makes the next tick come no later than that.
func (rt *Runtime) countdown() {
	spent, max := rt.opt.spent.Add(rt.used-rt.told), rt.opt.Limits.Instructions
	rt.told = rt.used
	if refill := rt.opt.Limits.Refill; spent >= max && refill > 0 {
		max += int64(time.Since(rt.begun).Seconds() * float64(refill))
	}
	if spent >= max {
		rt.root.stop(&stop{kind: stopLimit, text: fmt.Sprintf("the limit of %d instructions is reached (--max-instructions)", max)})
		return
	}
	rt.recount(min(quantum, max-spent))
}

// limitTime ends the script when its time is up.
func (rt *Runtime) limitTime() (cancel func() bool) {
	d := rt.opt.Limits.Timeout
	if d <= 0 {
		return func() bool { return true }
	}
	return time.AfterFunc(d, func() {
		rt.stopFromOutside(&stop{kind: stopLimit, text: fmt.Sprintf("the time limit of %s is reached", d)})
	}).Stop
}
