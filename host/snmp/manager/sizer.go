package manager

import "cmp"

// FullAnswer is how long the answers are that walks in bulk ask for, in bytes: what fits into a datagram on Ethernet.
const FullAnswer = 1400

// Repetitions that a sizer begins with, as net-snmp's commands do, and those it goes up to.
const (
	firstRepetitions = 10
	mostRepetitions  = 100
)

// A sizer chooses the max-repetitions of a walk: a number that was given, or as many as fill an answer. Fewer once an answer
// was too big for the agent.
type sizer struct {
	fixed, now, limit int
	full              int // length of answers to aim at; 0: FullAnswer
}

// fix sets a number; 0 leaves the choice.
func (z *sizer) fix(n int) {
	if n > 0 {
		z.fixed = n
	}
}

// repetitions is the number to ask with.
func (z *sizer) repetitions() int {
	n := z.now
	if z.fixed > 0 {
		n = z.fixed
	} else if n == 0 {
		n = firstRepetitions
	}
	if z.limit > 0 {
		n = min(n, z.limit)
	}
	return n
}

// learn takes the variables of an answer and their length in bytes.
func (z *sizer) learn(vars, bytes int) {
	if vars > 0 && bytes > 0 {
		z.now = min(max(cmp.Or(z.full, FullAnswer)*vars/bytes, 1), 4*z.repetitions(), mostRepetitions)
	}
}

// halve asks for less from now on; false when that can't be.
func (z *sizer) halve() bool {
	n := z.repetitions()
	z.limit = n / 2
	return n > 1
}
