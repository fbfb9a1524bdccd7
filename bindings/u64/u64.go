package u64

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"moonwire/host/decl"
)

// exact is the largest number up to which every whole number is one of Lua's.
const exact = 1 << 53

// Parse reads a decimal number, or a hexadecimal one after 0x.
func Parse(text string) (uint64, error) {
	s, base := strings.TrimSpace(text), 10
	if hex, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok {
		s, base = hex, 16
	}
	n, err := strconv.ParseUint(s, base, 64)
	if err != nil {
		why := "no whole number"
		if isRange(err) {
			why = "above 2^64-1"
		}
		return 0, decl.Refuse(decl.Malformed, fmt.Errorf("u64: '%s' is %s", text, why))
	}
	return n, nil
}

func isRange(err error) bool {
	e, ok := err.(*strconv.NumError)
	return ok && e.Err == strconv.ErrRange
}

// FromNumber is f as a u64, when f is one that counts exactly.
func FromNumber(f float64) (uint64, bool) {
	if f != math.Trunc(f) || f < 0 || f > exact {
		return 0, false
	}
	return uint64(f), true
}

// Delta is how far a counter of that many bits has come since prev, wrapped round at most once.
func Delta(now, prev uint64, bits int) uint64 {
	if bits >= 64 {
		return now - prev
	}
	return (now - prev) & (1<<bits - 1)
}

// power is a to the b, modulo 2^64.
func power(a, b uint64) uint64 {
	n := uint64(1)
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			n *= a
		}
		a *= a
	}
	return n
}
