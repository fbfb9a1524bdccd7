package vm

import (
	"cmp"
	"maps"
	"slices"
)

// checkDeadlock ends what runs when every task waits for another one, and none for the clock or the world.
func (rt *Runtime) checkDeadlock() {
	if rt.live == 0 || rt.parked < rt.live || rt.timers > 0 || rt.root.waking() {
		return
	}
	rt.deadlock("every task waits for another one")
}

// stalled is told that everybody who lives by a simulated clock waits, and that nothing is left to happen.
func (rt *Runtime) stalled() {
	rt.enter(nil)
	defer rt.leave()
	rt.deadlock("every task waits, and nothing is left to happen in simulated time")
}

// deadlock ends what runs, the oldest first. It needs the baton.
func (rt *Runtime) deadlock(text string) {
	why := &stop{kind: stopDeadlock, text: "deadlock: " + text}
	running := slices.SortedFunc(maps.Keys(rt.running), func(a, b *scope) int { return cmp.Compare(a.age, b.age) })
	for _, s := range running {
		if s.wanted() {
			s.stop(why)
		}
	}
}

// waking says whether a task in the scope or below was told to stop, and so will wake by itself.
func (s *scope) waking() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for t := range s.tasks {
		if t.stopping() != nil {
			return true
		}
	}
	for c := range s.children {
		if c.waking() {
			return true
		}
	}
	return false
}

// wanted says whether the script waits for a task of the scope.
func (s *scope) wanted() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.needed > 0
}
