package vm

import "time"

// Limits bound a script. Zero means no bound.
type Limits struct {
	Instructions int64         // of Lua's virtual machine, all tasks together
	Timeout      time.Duration // by the wall clock
	Memory       uint64        // bytes of heap
	Watchdog     time.Duration // a task that holds the interpreter longer is warned of; 0: 200 ms, negative: never
	Preempt      bool          // let other tasks in between two instructions, not only at waits
}

// quantum is how many instructions run between two ticks: some 30 microseconds.
const quantum = 1000

// recount books the instructions since the last tick and grants n more.
func (rt *Runtime) recount(n int64) {
	rt.used += rt.granted - rt.left
	rt.granted, rt.left = n, n
}

// tick looks at all that must not cost something at every instruction.
func (h *thread) tick() <-chan struct{} {
	rt := h.rt
	rt.recount(quantum)
	if h.task.stopping() != nil {
		rt.recount(0)
		return closed
	}
	return nil
}
