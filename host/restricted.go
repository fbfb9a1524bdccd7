package host

import (
	"cmp"

	"moonwire/host/permit"
	"moonwire/host/vm"
)

// What a restricted script may use where Options.Limits say nothing: enough for days of watching a network, and an end to what
// only burns.
const (
	ownInstructions = 1 << 36 // some minutes of computing alone
	ownRefill       = 10e6    // and then so many a second
	ownOutput       = 1 << 28 // bytes
)

// bounds are the limits of a run.
func (o *Options) bounds(may *permit.Policy) vm.Limits {
	l := o.Limits
	if !may.Restricted() {
		return l
	}
	if l.Instructions == 0 {
		l.Instructions, l.Refill = ownInstructions, ownRefill
	}
	l.Output = cmp.Or(l.Output, ownOutput)
	return l
}
