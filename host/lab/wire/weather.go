package wire

import (
	"slices"
	"time"
)

// weather is an impairment with what it remembers.
type weather struct {
	Impairment
	bad    bool            // Burst's state
	free   time.Time       // when the wire has sent all that waits for it
	rest   int64           // of the division that gave free, in bits a second times nanoseconds
	starts ring[time.Time] // when the frames that wait will be sent
	last   time.Time       // when the last frame arrives that keeps its order
}

// lost says whether chance loses a frame.
func (w *weather) lost(l luck) bool {
	lost := l.draw(ofLoss) < w.Loss
	if w.Burst != nil {
		var burst bool
		burst, w.bad = w.Burst.next(w.bad, l.draw(ofBurstTurn), l.draw(ofBurstLoss))
		lost = lost || burst
	}
	return lost
}

// corrupt flips a bit in a copy of a frame, if chance wants it.
func (w *weather) corrupt(frame []byte, l luck) ([]byte, bool) {
	if l.draw(ofCorrupt) >= w.Corrupt || len(frame) == 0 {
		return frame, false
	}
	frame = slices.Clone(frame)
	bit := l.below(ofBit, 8*uint64(len(frame)))
	frame[bit/8] ^= 0x80 >> (bit % 8)
	return frame, true
}

// waiting is how many frames wait for the wire.
func (w *weather) waiting(now time.Time) int {
	for w.starts.len() > 0 && !w.starts.at(0).After(now) {
		w.starts.pop()
	}
	return w.starts.len()
}

// crowded says whether the queue is full.
func (w *weather) crowded(now time.Time) bool { return w.Rate > 0 && w.waiting(now) >= w.queue() }

// sent is when the last bit of a frame of n bytes that comes now has left.
func (w *weather) sent(n int, now time.Time) time.Time {
	if w.Rate == 0 {
		return now
	}
	start := now
	if w.free.After(now) {
		start = w.free
		w.starts.push(start)
	} else {
		w.rest = 0
	}
	bits := 8*int64(n)*int64(time.Second) + w.rest
	w.rest = bits % w.Rate
	w.free = start.Add(time.Duration(bits / w.Rate))
	return w.free
}

// arrival is when a frame arrives that left at a time, and whether it keeps its order.
func (w *weather) arrival(left time.Time, l luck) (at time.Time, ordered bool) {
	delay := w.Delay
	if w.Jitter > 0 {
		delay += time.Duration((2*l.draw(ofJitter) - 1) * float64(w.Jitter))
	}
	if l.draw(ofReorder) < w.Reorder {
		return left.Add(max(0, w.astray(delay))), false
	}
	at = left.Add(max(0, delay))
	if w.Overtake && w.Jitter > 0 {
		return at, false
	}
	if at.Before(w.last) {
		at = w.last
	}
	w.last = at
	return at, true
}

// astray is what a frame takes that leaves the order, where others take delay.
func (w *weather) astray(delay time.Duration) time.Duration {
	switch {
	case w.Late > 0:
		return delay + w.Late
	case w.Delay > 0:
		return 0
	}
	return delay + usualLate
}

// over says whether nothing of it is left: no impairment, and nobody to keep the order with.
func (w *weather) over(now time.Time) bool {
	return w.zero() && !w.last.After(now) && !w.free.After(now)
}
