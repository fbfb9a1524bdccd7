package host

import (
	"cmp"
	"runtime/metrics"

	"moonwire/host/permit"
	"moonwire/host/vm"
)

// What a restricted script may use where Options.Limits say nothing: enough for days of watching a network, and an end to what
// only burns.
const (
	ownInstructions = 1 << 36 // some minutes of computing alone
	ownRefill       = 10e6    // and then so many a second
	ownOutput       = 1 << 28 // bytes
	ownHandles      = 1 << 14 // open at a time
	ownMemory       = 1 << 30 // bytes of heap, beside those that the process has in use before
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
	l.Output, l.Handles = cmp.Or(l.Output, ownOutput), cmp.Or(l.Handles, ownHandles)
	if l.Memory == 0 {
		l.Memory = heapInUse() + ownMemory
	}
	return l
}

func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
