package wire

import (
	"fmt"
	"math"
	"time"
)

// Impairment is what is wrong with one direction of a link. A field that is zero does nothing. Probabilities are from 0
// to 1; what chance does follows from the lab's seed, the link's name, the direction and the number of the frame, and no
// impairment moves another's luck.
//
// A frame meets them in this order: Filter, Loss, Burst, Corrupt, Duplicate, Queue, Rate, then Delay with Jitter and
// Reorder.
type Impairment struct {
	Loss      float64         // each frame for itself
	Burst     *GilbertElliott // losses in bursts, beside Loss
	Corrupt   float64         // one bit of the frame is flipped, in a copy
	Duplicate float64         // the frame arrives twice

	Rate  int64 // bits of frames a second, without preamble and checksum; 0: no limit
	Queue int   // frames that wait for a wire with a Rate, beside the one that is being sent; 0: 1000

	Delay  time.Duration
	Jitter time.Duration // Delay changes by as much at most, either way, uniformly; never below 0
	// Overtake lets a frame that Jitter delays less arrive before earlier ones. Without it such a frame waits for them.
	Overtake bool
	Reorder  float64 // the frame leaves the order
	// Late is how much longer a frame that leaves the order takes. 0: it goes ahead without Delay, as netem's does, and
	// where there is no Delay it is a millisecond late.
	Late time.Duration

	// Filter decides about each frame, in the sender's call or later: see Passing.
	Filter func(*Passing)
}

// usualQueue is how many frames wait when nobody said: Linux's txqueuelen.
const usualQueue = 1000

// usualLate is how late a frame is that can't go ahead.
const usualLate = time.Millisecond

// longest is the longest delay there is.
const longest = 24 * time.Hour

// Check says what is out of range.
func (i *Impairment) Check() error {
	for _, p := range []struct {
		name  string
		value float64
	}{{"loss", i.Loss}, {"corrupt", i.Corrupt}, {"duplicate", i.Duplicate}, {"reorder", i.Reorder}} {
		if err := chance(p.name, p.value); err != nil {
			return err
		}
	}
	for _, t := range []struct {
		name  string
		value time.Duration
	}{{"delay", i.Delay}, {"jitter", i.Jitter}, {"late", i.Late}} {
		if t.value < 0 || t.value > longest {
			return fmt.Errorf("%s of %v (expected 0 to %v)", t.name, t.value, longest)
		}
	}
	if i.Rate < 0 {
		return fmt.Errorf("rate of %d bits a second (expected 0, no limit, or more)", i.Rate)
	}
	if i.Queue < 0 {
		return fmt.Errorf("queue of %d frames (expected 0, the usual, or more)", i.Queue)
	}
	if i.Burst != nil {
		return i.Burst.check()
	}
	return nil
}

// chance says that a probability is none.
func chance(name string, p float64) error {
	if math.IsNaN(p) || p < 0 || p > 1 {
		return fmt.Errorf("%s of %v (expected a probability from 0 to 1)", name, p)
	}
	return nil
}

// zero says whether nothing is impaired.
func (i *Impairment) zero() bool {
	return i.Filter == nil && i.Burst == nil && i.Loss+i.Corrupt+i.Duplicate+i.Reorder == 0 && i.Rate == 0 && i.Delay+i.Jitter == 0
}

// queue is how many frames may wait.
func (i *Impairment) queue() int {
	if i.Queue == 0 {
		return usualQueue
	}
	return i.Queue
}

// Impair says what is wrong with what a port sends from now on; nil means both directions. Frames under way stay as they
// are, and those sent later don't overtake them.
func (l *Link) Impair(from *Port, i Impairment) error {
	if err := i.Check(); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	if i.Burst != nil {
		b := *i.Burst
		i.Burst = &b
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for n := range l.ways {
		if d := &l.ways[n]; from == nil || from == d.from {
			d.impair(i)
		}
	}
	return nil
}

// Impairment is what is wrong with what a port sends.
func (l *Link) Impairment(from *Port) Impairment {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.from(from).weather; w != nil {
		return w.Impairment
	}
	return Impairment{}
}
