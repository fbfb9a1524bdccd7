package vm

// checkDeadlock ends what runs when every task waits for another one, and none for the clock or the world.
func (rt *Runtime) checkDeadlock() {
	if rt.live == 0 || rt.parked < rt.live || rt.timers > 0 || rt.root.waking() {
		return
	}
	why := &stop{kind: stopDeadlock, text: "deadlock: every task waits for another one"}
	for s := range rt.running {
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
