package ber

import "math"

// AppendOID appends the numbers of an object identifier's contents (X.690 section 8.19) to arcs. When they can't be read
// the note says why, and nothing is appended.
func AppendOID(arcs []uint32, b []byte) (_ []uint32, note string, ok bool) {
	if note, ok = CheckOID(b); !ok {
		return arcs, note, false
	}
	if len(b) == 0 {
		return append(arcs, 0, 0), note, true
	}
	first := true
	var n uint64
	for _, c := range b {
		n = n<<7 | uint64(c&0x7f)
		if c&0x80 != 0 {
			continue
		}
		if first {
			root := min(n/40, 2)
			arcs = append(arcs, uint32(root))
			n -= root * 40
			first = false
		}
		arcs = append(arcs, uint32(n))
		n = 0
	}
	return arcs, note, true
}

// CheckOID says whether contents are an object identifier with numbers of 32 bits, and what is wrong with them. No contents
// are 0.0 to those who write it so.
func CheckOID(b []byte) (note string, ok bool) {
	switch {
	case len(b) == 0:
		return "has no bytes", true
	case b[len(b)-1]&0x80 != 0:
		return "is cut short in its last number", false
	}
	var n, limit uint64 = 0, math.MaxUint32 + 80
	start := true
	for _, c := range b {
		if start && c == 0x80 {
			note = notShortest
		}
		n = n<<7 | uint64(c&0x7f)
		if n > limit {
			return "has a number of more than 32 bits", false
		}
		if start = c&0x80 == 0; start {
			n, limit = 0, math.MaxUint32
		}
	}
	return note, true
}
