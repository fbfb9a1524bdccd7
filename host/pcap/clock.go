package pcap

import (
	"math"
	"math/bits"
)

// A Resolution is the unit of an interface's times, as if_tsresol has it: a power of ten, or of two with the top bit.
type Resolution uint8

// The usual resolutions.
const (
	Microseconds Resolution = 6
	Nanoseconds  Resolution = 9
)

// Seconds is the unit in seconds.
func (r Resolution) Seconds() float64 {
	n := int(r & 0x7f)
	if r&0x80 != 0 {
		return math.Ldexp(1, -n)
	}
	return math.Pow(10, -float64(n))
}

// A clock turns an interface's times into seconds and nanoseconds and back.
type clock struct {
	perSecond uint64 // 0: more than 64 bits can tell
	perNano   uint64 // of such a one, by which to divide; 0: all times are 0
	offset    int64
}

func clockOf(r Resolution, offset int64) clock {
	n, base := uint(r&0x7f), uint64(10)
	if r&0x80 != 0 {
		base = 2
	}
	if per, ok := power(base, n); ok {
		return clock{perSecond: per, offset: offset}
	}
	if base == 2 {
		return clock{offset: offset}
	}
	per, _ := power(10, n-9)
	return clock{perNano: per, offset: offset}
}

func power(base uint64, n uint) (uint64, bool) {
	p := uint64(1)
	for range n {
		high, low := bits.Mul64(p, base)
		if high != 0 {
			return 0, false
		}
		p = low
	}
	return p, true
}

const second = 1_000_000_000

// split is the time that ticks stand for.
func (c *clock) split(ticks uint64) (sec int64, nsec int32) {
	switch c.perSecond {
	case 1_000_000:
		return int64(ticks/1_000_000) + c.offset, int32(ticks%1_000_000) * 1000
	case second:
		return int64(ticks/second) + c.offset, int32(ticks % second)
	case 0:
		if c.perNano == 0 {
			return c.offset, 0
		}
		n := ticks / c.perNano
		return int64(n/second) + c.offset, int32(n % second)
	}
	high, low := bits.Mul64(ticks%c.perSecond, second)
	n, _ := bits.Div64(high, low, c.perSecond)
	return int64(ticks/c.perSecond) + c.offset, int32(n)
}

// ticks is split's inverse; false when the time can't be told so.
func (c *clock) ticks(sec int64, nsec int32) (uint64, bool) {
	sec -= c.offset
	if sec < 0 || c.perSecond == 0 {
		return 0, false
	}
	high, whole := bits.Mul64(uint64(sec), c.perSecond)
	fh, fl := bits.Mul64(uint64(nsec), c.perSecond)
	part, _ := bits.Div64(fh, fl, second)
	sum, carry := bits.Add64(whole, part, 0)
	return sum, high == 0 && carry == 0
}
