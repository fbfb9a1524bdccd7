package filter

import (
	"encoding/binary"

	"moonwire/host/filter/internal/flow"
)

// A step is an instruction made ready to run: a load and the comparison after it are one step, and jumps lead to
// steps by number.
type step struct {
	do      action
	compare uint8 // what follows a load: one of the comparisons below
	yes, no uint16
	k       uint32 // where to load, or the operand
	v       uint32 // what to compare with
}

type action uint8

const (
	doReturn action = iota
	doLoadWord
	doLoadHalf
	doLoadByte
	doLoadIndWord
	doLoadIndHalf
	doLoadIndByte
	doLoadIPv4
	doLoadImm
	doLoadXImm
	doLoadMem
	doLoadXMem
	doLoadLen
	doStore
	doStoreX
	doTAX
	doTXA
	doAdd
	doAnd
	doLsh
	doAlu
	doJump
	doCompare
)

const (
	compareNothing = iota
	compareEqual
	compareGreater
	compareGreaterEqual
	compareAnyBit
	compareEqualX
	compareGreaterX
	compareGreaterEqualX
	compareAnyBitX
)

// maxLoops bounds how often a run jumps back: a chain of headers can lead to itself.
const maxLoops = 1 << 12

// run gives the program's verdict.
func run(steps []step, frame []byte, wireLen uint32) bool {
	var a, x uint32
	var m [flow.Words]uint32
	n := uint64(len(frame))
	loops := 0
	for pc := uint16(0); int(pc) < len(steps); {
		s := &steps[pc]
		switch s.do {
		case doReturn:
			return s.k != 0
		case doLoadWord:
			if at := uint64(s.k); at+4 <= n {
				a = binary.BigEndian.Uint32(frame[at:])
			} else {
				return false
			}
		case doLoadHalf:
			if at := uint64(s.k); at+2 <= n {
				a = uint32(binary.BigEndian.Uint16(frame[at:]))
			} else {
				return false
			}
		case doLoadByte:
			if at := uint64(s.k); at < n {
				a = uint32(frame[at])
			} else {
				return false
			}
		case doLoadIndWord:
			if at := uint64(s.k) + uint64(x); at+4 <= n {
				a = binary.BigEndian.Uint32(frame[at:])
			} else {
				return false
			}
		case doLoadIndHalf:
			if at := uint64(s.k) + uint64(x); at+2 <= n {
				a = uint32(binary.BigEndian.Uint16(frame[at:]))
			} else {
				return false
			}
		case doLoadIndByte:
			if at := uint64(s.k) + uint64(x); at < n {
				a = uint32(frame[at])
			} else {
				return false
			}
		case doLoadIPv4:
			if at := uint64(s.k); at < n {
				x = uint32(frame[at]&0xf) << 2
			} else {
				return false
			}
		case doLoadImm:
			a = s.k
		case doLoadXImm:
			x = s.k
		case doLoadMem:
			a = m[s.k%flow.Words]
		case doLoadXMem:
			x = m[s.k%flow.Words]
		case doLoadLen:
			a = wireLen
		case doStore:
			m[s.k%flow.Words] = a
		case doStoreX:
			m[s.k%flow.Words] = x
		case doTAX:
			x = a
		case doTXA:
			a = x
		case doAdd:
			a += s.k
		case doAnd:
			a &= s.k
		case doLsh:
			a <<= s.k
		case doAlu:
			operand := s.v
			if s.compare == compareEqualX { // the operand is X
				operand = x
			}
			var ok bool
			if a, ok = compute(uint16(s.k), a, operand); !ok {
				return false
			}
			pc++
			continue
		case doJump:
			if s.yes <= pc {
				if loops++; loops > maxLoops {
					return false
				}
			}
			pc = s.yes
			continue
		}
		var holds bool
		switch s.compare {
		case compareNothing:
			pc++
			continue
		case compareEqual:
			holds = a == s.v
		case compareGreater:
			holds = a > s.v
		case compareGreaterEqual:
			holds = a >= s.v
		case compareAnyBit:
			holds = a&s.v != 0
		case compareEqualX:
			holds = a == x
		case compareGreaterX:
			holds = a > x
		case compareGreaterEqualX:
			holds = a >= x
		case compareAnyBitX:
			holds = a&x != 0
		}
		if holds {
			pc = s.yes
		} else {
			pc = s.no
		}
	}
	return false
}

// compute is a op b; a division by zero has no result.
func compute(op uint16, a, b uint32) (result uint32, ok bool) {
	switch op {
	case flow.Add:
		return a + b, true
	case flow.Sub:
		return a - b, true
	case flow.Mul:
		return a * b, true
	case flow.Div:
		if b == 0 {
			return 0, false
		}
		return a / b, true
	case flow.Mod:
		if b == 0 {
			return 0, false
		}
		return a % b, true
	case flow.Or:
		return a | b, true
	case flow.And:
		return a & b, true
	case flow.Xor:
		return a ^ b, true
	case flow.Lsh:
		return a << b, true
	case flow.Rsh:
		return a >> b, true
	}
	return -a, true
}
