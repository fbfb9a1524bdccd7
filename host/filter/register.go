package filter

import "moonwire/host/filter/internal/flow"

// registers are the machine's words of memory, taken in turn.
type registers struct {
	used [flow.Words]bool
	next int
}

func (g *generator) takeRegister() int {
	r := &g.registers
	for range r.used {
		if !r.used[r.next] {
			r.used[r.next] = true
			return r.next
		}
		r.next = (r.next + 1) % len(r.used)
	}
	g.fail("the expression needs more than the %d registers of the BPF machine: nest less arithmetic", flow.Words)
	return 0
}

func (g *generator) freeRegister(n int) { g.registers.used[n] = false }
