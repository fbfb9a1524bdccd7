package wire

import "time"

// Storm says that frames go round a loop: they came back to a switch through another port.
type Storm struct {
	Switch string
	Port   string // that the last of them came back through
	Time   time.Time
}

// OnStorm makes f hear of a storm, once for each, on the engine's goroutine. The switch drops frames that came back until
// there are none for a second.
func (s *Switch) OnStorm(f func(Storm)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onStorm = f
}

// stormy is how many frames may come back in a second.
const stormy = 1000

// loopGuard finds frames that go round a loop. It looks at what is flooded, and once something of that came back, at all
// frames: those to one station go round as well, where switches have learned in a circle.
type loopGuard struct {
	lately *[256]passed
	last   time.Time // when a frame came back
	since  time.Time // when the second began
	count  int       // of frames that came back in it
	paused bool
}

// passed is a frame, the port that it first came from, and when it last came.
type passed struct {
	sum  uint32
	from *member
	last time.Time
}

// first is the port that a frame first came from, as far as the guard remembers.
func (g *loopGuard) first(sum uint32, from *member, now time.Time) *member {
	if g.lately == nil {
		g.lately = new([256]passed)
	}
	f := &g.lately[sum%uint32(len(g.lately))]
	if f.sum != sum || now.Sub(f.last) >= time.Second {
		f.sum, f.from = sum, from
	}
	f.last = now
	return f.from
}

// known says whether there is a loop: something came back that may still be in the tables.
func (g *loopGuard) known(now time.Time) bool {
	return !g.last.IsZero() && now.Sub(g.last) < usualAging
}

// again counts a frame that came back, and says whether a storm begins with it.
func (g *loopGuard) again(now time.Time) bool {
	if now.Sub(g.since) >= time.Second {
		g.paused = g.paused && now.Sub(g.since) < 2*time.Second && g.count > 0
		g.since, g.count = now, 0
	}
	g.count++
	g.last = now
	begins := g.count > stormy && !g.paused
	g.paused = g.paused || begins
	return begins
}
