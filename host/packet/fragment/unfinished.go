package fragment

import (
	"fmt"
	"slices"
	"time"
)

// An unfinished datagram lacks fragments.
type unfinished struct {
	key      Key
	parts    []stretch
	runs     []run  // of policy Linux
	first    *piece // that with offset 0, whose headers the whole gets
	have     int    // bytes
	size     int    // of the payload; -1 while the last fragment is missing
	end      int    // where the farthest fragment ends
	cost     int
	begun    time.Duration
	deadline time.Duration
	dead     bool
}

// version is the index of the datagram's IP version.
func (d *unfinished) version() int {
	if d.key.Src.Is6() {
		return 1
	}
	return 0
}

// note learns from a fragment where the datagram begins and ends.
func (d *unfinished) note(f *piece) {
	d.end = max(d.end, f.end())
	if !f.more {
		d.size = f.end()
	}
	if f.from == 0 && d.first == nil {
		d.first = f
	}
}

// contradicts says why a fragment can't be of this datagram: two ends, or bytes behind the end.
func (d *unfinished) contradicts(f *piece) string {
	switch {
	case !f.more && d.size >= 0 && f.end() != d.size:
		return fmt.Sprintf("the datagram ends at byte %d and at %d", d.size, f.end())
	case !f.more && f.end() < d.end:
		return fmt.Sprintf("it ends at byte %d, where there are bytes up to %d", f.end(), d.end)
	case f.more && d.size >= 0 && f.end() > d.size:
		return fmt.Sprintf("bytes up to %d of a datagram that ends at %d", f.end(), d.size)
	}
	return ""
}

// complete says whether no byte is missing.
func (d *unfinished) complete() bool { return d.have == d.size && d.first != nil }

// sizeOf is the bytes in some stretches.
func sizeOf(parts []stretch) (n int) {
	for _, s := range parts {
		n += len(s.data)
	}
	return n
}

// missing says for people what the datagram lacks.
func (d *unfinished) missing() string {
	at := 0
	for _, s := range d.parts {
		if s.from > at {
			return fmt.Sprintf("bytes %d to %d are missing", at, s.from)
		}
		at = s.end()
	}
	return fmt.Sprintf("bytes from %d on are missing", at)
}

// repeats says whether a fragment is one that came before, or has bytes in common with others.
func (d *unfinished) repeats(f *piece) (duplicate, overlap bool) {
	lo, hi := near(d.parts, stretch{f.from, f.data})
	for _, s := range d.parts[lo:hi] {
		if s.from == f.from && slices.Equal(s.data, f.data) {
			return true, false
		}
	}
	return false, hi > lo
}
