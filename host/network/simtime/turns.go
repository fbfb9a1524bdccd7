package simtime

import "slices"

// Enter takes a turn beside those that are given out.
func (c *Clock) Enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy++
	c.stalled = false
}

// Leave gives a turn back.
func (c *Clock) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leave()
}

// Go starts f on a goroutine that has a turn when those woken before have had theirs.
func (c *Clock) Go(f func()) {
	w := newWaiter(c)
	w.start = func() {
		defer c.Leave()
		f()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	w.carries = c.carried
	if c.closing {
		c.busy++
		go w.start()
		return
	}
	c.ready.push(w)
	c.stir()
}

// leave needs c.mu. The last one who was busy hands over to who is ready, or to the driver.
func (c *Clock) leave() {
	if c.busy == 0 {
		panic("simtime: who waits has no turn: a goroutine that lives by a simulated clock is started with its Go")
	}
	c.busy--
	if c.busy > 0 {
		return
	}
	if w := c.ready.first(); w != nil {
		c.give(w)
		return
	}
	c.wake.Signal()
}

// give gives w the turn that is free.
func (c *Clock) give(w *waiter) {
	c.ready.remove(w)
	c.busy++
	c.stalled = false
	c.carried = w.carries
	if w.start != nil {
		go w.start()
		return
	}
	w.turn <- struct{}{}
}

// stir wakes the driver where nobody else will: when all have stalled.
func (c *Clock) stir() {
	if c.busy > 0 {
		return
	}
	c.wake.Signal()
	if c.pace != nil {
		c.pace.Stir()
	}
}

// drive is the goroutine that runs the events.
func (c *Clock) drive() {
	defer close(c.ended)
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		switch w := c.ready.first(); {
		case c.busy > 0:
			c.wake.Wait()
		case w != nil:
			c.give(w)
		case c.closing && c.waiting.first() == nil:
			return
		case c.closing:
			c.waiting.first().end(closedDown)
		case c.pace != nil && !c.stalled:
			c.step()
		case c.pace == nil && len(c.events) > 0:
			c.happen(c.events.pop())
		case c.pace == nil && !c.stalled:
			c.stall()
		default:
			c.wake.Wait()
		}
	}
}

// happen runs an event at its moment.
func (c *Clock) happen(e entry) {
	c.passed.Store(e.at)
	c.asDriver(e.event.Run)
}

// asDriver calls f with a turn and without c.mu.
func (c *Clock) asDriver(f func()) {
	c.busy++
	c.stalled = false
	c.mu.Unlock()
	f()
	c.mu.Lock()
	c.busy--
}

// stall is a function to call when nothing can happen any more.
type stall struct{ f func() }

// OnStall has f called, as an event, when everybody waits and no event is left: nothing would ever happen again.
func (c *Clock) OnStall(f func()) (remove func()) {
	s := &stall{f}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stalls = append(c.stalls, s)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.stalls = slices.DeleteFunc(c.stalls, func(o *stall) bool { return o == s })
	}
}

// stall tells that nothing can happen any more, once.
func (c *Clock) stall() {
	for _, s := range slices.Clone(c.stalls) {
		c.asDriver(s.f)
	}
	c.stalled = true
}
