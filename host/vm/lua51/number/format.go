package number

import (
	"math"
	"strconv"
)

// exact is the smallest integer that %.14g writes with an exponent.
const exact = 1e14

// Format writes f as Lua's tostring does.
func Format(f float64) string {
	var buf [32]byte
	return string(Append(buf[:0], f))
}

// Append appends f to b as Lua's tostring does.
func Append(b []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && f > -exact && f < exact && (i != 0 || !math.Signbit(f)) {
		return strconv.AppendInt(b, i, 10)
	}
	if word := special(f); word != "" {
		return append(b, word...)
	}
	return strconv.AppendFloat(b, f, 'g', 14, 64)
}

// special is glibc's word for a number that has no digits, "" for all others.
func special(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case f != f && math.Signbit(f):
		return "-nan"
	case f != f:
		return "nan"
	}
	return ""
}
