package load

import (
	"math"
	"math/bits"
	"time"
)

// fine is how many classes each power of two of a delay has: what a percentile is off by is less than one part of that.
const fine = 128

// delays are how long answers took: counts by class, so that millions take no more memory than one.
type delays struct {
	classes     []uint32
	n           int
	min, max    time.Duration
	sum, square float64 // in seconds
}

func class(d time.Duration) int {
	v := uint64(d)
	shift := max(0, bits.Len64(v)-8)
	return shift*fine + int(v>>shift)
}

// middle is a delay of a class.
func middle(class int) time.Duration {
	if class < 2*fine {
		return time.Duration(class)
	}
	shift := class/fine - 1
	return time.Duration(uint64(class-shift*fine)<<shift + 1<<shift/2)
}

func (s *delays) add(d time.Duration) {
	d = max(d, 0) // a clock that was set back
	c := class(d)
	if c >= len(s.classes) {
		s.classes = append(s.classes, make([]uint32, c+fine-len(s.classes))...)
	}
	s.classes[c]++
	if s.n == 0 || d < s.min {
		s.min = d
	}
	s.max = max(s.max, d)
	s.n++
	s.sum += d.Seconds()
	s.square += d.Seconds() * d.Seconds()
}

// percentile is a delay that p percent of the answers don't go beyond.
func (s *delays) percentile(p float64) time.Duration {
	left := int(math.Ceil(float64(s.n) * p / 100))
	for c, n := range s.classes {
		if left -= int(n); left <= 0 {
			return min(max(middle(c), s.min), s.max)
		}
	}
	return s.max
}

// A Delay is what is known of how long answers took.
type Delay struct{ Min, Average, Max, Deviation, P50, P90, P95, P99, P999 time.Duration }

func (s *delays) delay() Delay {
	if s.n == 0 {
		return Delay{}
	}
	mean := s.sum / float64(s.n)
	seconds := func(x float64) time.Duration { return time.Duration(x * float64(time.Second)) }
	return Delay{Min: s.min, Average: seconds(mean), Max: s.max, Deviation: seconds(math.Sqrt(max(0, s.square/float64(s.n)-mean*mean))),
		P50: s.percentile(50), P90: s.percentile(90), P95: s.percentile(95), P99: s.percentile(99), P999: s.percentile(99.9)}
}
