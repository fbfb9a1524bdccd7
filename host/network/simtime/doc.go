// Package simtime is a clock whose time is simulated. Time stands still while anybody is busy, and jumps to the next
// event when everybody waits: a timeout of an hour takes as long as what happens in it.
//
// One thing runs at any moment: an event, or one goroutine that has a turn. A goroutine gives its turn back where it
// waits (Sleep, a Waiter), and has it until then, whatever else it does: computing and real files take no time at all.
// When nobody has a turn, those that were woken get one, in the order in which they were; after them comes the next
// event by time, and those of one moment in the order in which they were scheduled. So what happens is the same in each
// run, on any number of cores.
//
// Who makes a clock has the first turn. Goroutines that live by the clock are started with its Go.
package simtime
