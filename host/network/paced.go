package network

// IsPaced says whether who lives by a clock takes turns, though its time is real: that of a run that is recorded, or
// played again.
func IsPaced(c Clock) bool {
	p, ok := c.(interface{ Paced() bool })
	return ok && p.Paced()
}
