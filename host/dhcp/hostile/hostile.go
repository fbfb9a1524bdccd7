package hostile

import (
	"math/rand/v2"
	"slices"
)

// A twist changes a message. It may change b's bytes.
type twist func(r *rand.Rand, b []byte) []byte

// fixed is where the options of DHCPv4 begin.
const fixed = 240

// twists4 know DHCPv4's form.
var twists4 = []twist{
	cut, stretch, flip, noise,
	// Another transaction, another client, another operation.
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 4, random(r, 4)) },
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 28, random(r, 6)) },
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 0, []byte{byte(r.IntN(4))}) },
	// Lengths of hardware addresses, hops.
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 1, random(r, 3)) },
	// Addresses that nobody can have.
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 12+4*r.IntN(4), pick(r, addresses)) },
	// No cookie.
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, fixed-4, random(r, 4)) },
	// An option that promises more than there is, an empty one, one that comes again and again.
	func(r *rand.Rand, b []byte) []byte { return insert(b, fixed, code(r), 255) },
	func(r *rand.Rand, b []byte) []byte { return insert(b, fixed, code(r), 0) },
	func(r *rand.Rand, b []byte) []byte {
		return insert(b, fixed, slices.Repeat([]byte{code(r), 4, 1, 2, 3, 4}, r.IntN(200))...)
	},
	func(r *rand.Rand, b []byte) []byte {
		n := byte(r.IntN(64))
		return insert(b, fixed, append([]byte{code(r), n}, random(r, int(n))...)...)
	},
	// Overload that points to fields that say overload, or to nothing (RFC 2132 section 9.3).
	func(r *rand.Rand, b []byte) []byte {
		overwrite(b, 44, slices.Repeat([]byte{52, 1, 3}, 64))
		return insert(b, fixed, 52, 1, byte(r.IntN(5)))
	},
	// Nothing but pads, or an end before everything.
	func(r *rand.Rand, b []byte) []byte {
		return append(b[:min(len(b), fixed)], make([]byte, r.IntN(3000))...)
	},
	func(r *rand.Rand, b []byte) []byte { return insert(b, fixed, 255) },
	// Times of 0, of 136 years, for ever.
	func(r *rand.Rand, b []byte) []byte {
		return insert(b, fixed, append([]byte{pick(r, []byte{51, 58, 59}), 4}, pick(r, times)...)...)
	},
	// Servers and masks that cannot be.
	func(r *rand.Rand, b []byte) []byte {
		return insert(b, fixed, append([]byte{pick(r, []byte{1, 3, 28, 54}), 4}, pick(r, addresses)...)...)
	},
	// Relay agent information inside itself (RFC 3046).
	func(r *rand.Rand, b []byte) []byte { return insert(b, fixed, 82, 6, 1, 4, 82, 2, 1, byte(r.IntN(256))) },
}

// twists6 know DHCPv6's form.
var twists6 = []twist{
	cut, stretch, flip, noise,
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 0, []byte{byte(r.IntN(40))}) },
	func(r *rand.Rand, b []byte) []byte { return overwrite(b, 1, random(r, 3)) },
	// Options that promise more than there is, or nothing at all.
	func(r *rand.Rand, b []byte) []byte { return insert(b, 4, 0, byte(r.IntN(100)), 255, 255) },
	func(r *rand.Rand, b []byte) []byte { return insert(b, 4, 0, byte(r.IntN(100)), 0, 0) },
	func(r *rand.Rand, b []byte) []byte {
		return insert(b, 4, slices.Repeat([]byte{0, byte(r.IntN(100)), 0, 2, 1, 2}, r.IntN(200))...)
	},
	// Identity associations inside each other, relays inside each other.
	func(r *rand.Rand, b []byte) []byte {
		return append(b, nested(r.IntN(200), []byte{0, 3}, make([]byte, 12))...)
	},
	func(r *rand.Rand, b []byte) []byte {
		head := append([]byte{byte(12 + r.IntN(2)), byte(r.IntN(256))}, make([]byte, 32)...)
		return append(head, nested(r.IntN(100), []byte{0, 9}, head)...)
	},
}

// Four is a DHCPv4 message made of a good one, by one twist or several. It is never longer than a datagram.
func Four(r *rand.Rand, good []byte) []byte { return bend(r, good, twists4) }

// Six is Four for DHCPv6.
func Six(r *rand.Rand, good []byte) []byte { return bend(r, good, twists6) }

const longest = 65000

func bend(r *rand.Rand, good []byte, twists []twist) []byte {
	b := slices.Clone(good)
	for range 1 + r.IntN(3) {
		b = pick(r, twists)(r, b)
	}
	return b[:min(len(b), longest)]
}

func cut(r *rand.Rand, b []byte) []byte     { return b[:r.IntN(len(b)+1)] }
func stretch(r *rand.Rand, b []byte) []byte { return append(b, random(r, r.IntN(1200))...) }
func noise(r *rand.Rand, b []byte) []byte   { return random(r, r.IntN(1400)) }

func flip(r *rand.Rand, b []byte) []byte {
	for range 1 + r.IntN(8) {
		if len(b) > 0 {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
	}
	return b
}

var (
	addresses = [][]byte{{0, 0, 0, 0}, {255, 255, 255, 255}, {127, 0, 0, 1}, {224, 0, 0, 1}, {240, 0, 0, 1}, {0, 1, 2, 3}, {255, 0, 255, 1}}
	times     = [][]byte{{0, 0, 0, 0}, {0, 0, 0, 1}, {127, 255, 255, 255}, {255, 255, 255, 254}, {255, 255, 255, 255}}
	// options that somebody reads.
	options = []byte{0, 1, 3, 6, 12, 15, 43, 50, 51, 52, 53, 54, 55, 57, 58, 59, 60, 61, 77, 80, 81, 82, 108, 116, 118, 119, 121, 124, 125, 255}
)

func code(r *rand.Rand) byte { return pick(r, options) }

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func random(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// overwrite puts bytes at an offset, as far as there is room.
func overwrite(b []byte, at int, what []byte) []byte {
	if at < len(b) {
		copy(b[at:], what)
	}
	return b
}

// insert puts bytes at an offset, or at the end of a shorter message.
func insert(b []byte, at int, what ...byte) []byte { return slices.Insert(b, min(at, len(b)), what...) }

// nested puts an option into itself, with a head in front of each.
func nested(depth int, code, head []byte) []byte {
	var b []byte
	for range depth {
		inner := append(slices.Clone(head), b...)
		b = append(append(slices.Clone(code), byte(len(inner)>>8), byte(len(inner))), inner...)
	}
	return b
}
