package permit

import (
	"context"
	"math"
	"sync"
	"time"

	"moonwire/host/network"
)

// pace spreads packets and connections over time: so many a second, with a tenth of a second's worth at once.
type pace struct {
	every time.Duration // between two
	ahead time.Duration // how far what is sent may be before its time

	mu   sync.Mutex
	next time.Time // when the next one is due
}

// paced is the policy's pace; nil where nothing bounds it.
func (p *Policy) paced() *pace {
	p.prepare.Do(func() {
		if rate := p.rate(); !math.IsInf(rate, 1) {
			every := time.Duration(float64(time.Second) / rate)
			p.pace = &pace{every: max(every, 1), ahead: max(time.Second/10-every, 0)}
		}
	})
	return p.pace
}

// rate is how much may be sent a second: the most that was granted, and no more than any bound.
func (p *Policy) rate() float64 {
	rate := math.Inf(1)
	if granted := p.Allow.of(Rate); len(granted) > 0 && !p.All {
		rate = 0
		for _, g := range granted {
			rate = max(rate, g.PerSecond)
		}
	}
	for _, g := range p.Deny.of(Rate) {
		rate = min(rate, g.PerSecond)
	}
	return rate
}

// take takes places for n, waits for the first of them to come, and says how many have come.
func (c *pace) take(ctx context.Context, clock network.Clock, n int) (int, error) {
	if c == nil || n == 0 {
		return n, nil
	}
	c.mu.Lock()
	now := clock.Now()
	if earliest := now.Add(-c.ahead); c.next.Before(earliest) {
		c.next = earliest
	}
	wait := c.next.Sub(now)
	come := 1
	if wait <= 0 {
		come = min(n, 1+int(-wait/c.every))
	}
	c.next = c.next.Add(time.Duration(come) * c.every)
	c.mu.Unlock()
	if wait <= 0 {
		return come, nil
	}
	err := clock.Sleep(ctx, wait)
	if err != nil {
		c.giveBack()
	}
	return come, err
}

// giveBack gives a place back that nobody waits for any more.
func (c *pace) giveBack() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = c.next.Add(-c.every)
}
