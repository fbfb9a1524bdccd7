package ber

import "math"

// Notes of numbers; each completes a sentence that begins with the number's name.
const (
	notShortest = "has more bytes than it needs"
	negative    = "is negative in an unsigned type"
	noNumber    = "is no number of 64 bits"
)

// Int reads the contents of a number, in two's complement. A note tells what is wrong with one that can be read, or why
// one can't be.
func Int(b []byte) (n int64, note string, ok bool) {
	if len(b) == 0 || len(b) > 8 {
		return 0, noNumber, false
	}
	n = int64(int8(b[0]))
	for _, c := range b[1:] {
		n = n<<8 | int64(c)
	}
	if padded(b) {
		note = notShortest
	}
	return n, note, true
}

// Uint reads the contents of a number of 32 or 64 bits that isn't negative. Agents that forget the zero before a set bit
// are understood: such a number is taken modulo 2 to the power of bits.
func Uint(b []byte, bits int) (n uint64, note string, ok bool) {
	if len(b) == 9 && b[0] == 0 {
		n, _, _ := Int(b[1:])
		if padded(b) {
			note = notShortest
		}
		return uint64(n), note, true
	}
	signed, note, ok := Int(b)
	if signed < 0 {
		return uint64(signed) & (math.MaxUint64 >> (64 - bits)), negative, ok
	}
	return uint64(signed), note, ok
}

// padded says whether the first byte only repeats the sign (X.690 section 8.3.2).
func padded(b []byte) bool {
	return len(b) > 1 && (b[0] == 0 && b[1] < 0x80 || b[0] == 0xff && b[1] >= 0x80)
}
