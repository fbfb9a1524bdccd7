package filter

import (
	"encoding/binary"

	"moonwire/host/filter/internal/flow"
)

// maxSteps bounds a run: a chain of headers can lead back to itself.
const maxSteps = 1 << 16

// Match runs the program over a frame that was wireLen bytes long on the wire. It is false where the program reads
// beyond the frame's end.
func (p Program) Match(frame []byte, wireLen int) bool {
	var a, x uint32
	var m [flow.Words]uint32
	for pc, steps := 0, 0; pc < len(p.instructions) && steps < maxSteps; pc, steps = pc+1, steps+1 {
		i := &p.instructions[pc]
		k := i.K
		switch i.Op {
		case flow.LoadAbs | flow.Word, flow.LoadInd | flow.Word:
			at := uint64(k)
			if i.Op&0xe0 == 0x40 {
				at = uint64(k) + uint64(x)
			}
			if at+4 > uint64(len(frame)) {
				return false
			}
			a = binary.BigEndian.Uint32(frame[at:])
		case flow.LoadAbs | flow.Half, flow.LoadInd | flow.Half:
			at := uint64(k)
			if i.Op&0xe0 == 0x40 {
				at = uint64(k) + uint64(x)
			}
			if at+2 > uint64(len(frame)) {
				return false
			}
			a = uint32(binary.BigEndian.Uint16(frame[at:]))
		case flow.LoadAbs | flow.Byte, flow.LoadInd | flow.Byte:
			at := uint64(k)
			if i.Op&0xe0 == 0x40 {
				at = uint64(k) + uint64(x)
			}
			if at >= uint64(len(frame)) {
				return false
			}
			a = uint32(frame[at])
		case flow.LoadImm:
			a = k
		case flow.LoadXImm:
			x = k
		case flow.LoadMem:
			a = m[k]
		case flow.LoadXMem:
			x = m[k]
		case flow.LoadLen:
			a = uint32(wireLen)
		case flow.LoadXLen:
			x = uint32(wireLen)
		case flow.LoadXIPv4:
			if uint64(k) >= uint64(len(frame)) {
				return false
			}
			x = uint32(frame[k]&0xf) << 2
		case flow.Store:
			m[k] = a
		case flow.StoreX:
			m[k] = x
		case flow.TAX:
			x = a
		case flow.TXA:
			a = x
		case flow.Return:
			return k != 0
		case flow.Jump:
			pc += int(int32(k))
		default:
			if i.Op&7 == 5 {
				o := k
				if i.Op&8 != 0 {
					o = x
				}
				yes := false
				switch i.Op & 0xf0 {
				case flow.Equal:
					yes = a == o
				case flow.Greater:
					yes = a > o
				case flow.GreaterEqual:
					yes = a >= o
				case flow.AnyBit:
					yes = a&o != 0
				}
				if yes {
					pc += int(i.Jt)
				} else {
					pc += int(i.Jf)
				}
				continue
			}
			o := k
			if i.Op&8 != 0 {
				o = x
			}
			switch i.Op & 0xf0 {
			case flow.Add:
				a += o
			case flow.Sub:
				a -= o
			case flow.Mul:
				a *= o
			case flow.Div:
				if o == 0 {
					return false
				}
				a /= o
			case flow.Mod:
				if o == 0 {
					return false
				}
				a %= o
			case flow.Or:
				a |= o
			case flow.And:
				a &= o
			case flow.Xor:
				a ^= o
			case flow.Lsh:
				a <<= o
			case flow.Rsh:
				a >>= o
			case flow.Neg:
				a = -a
			}
		}
	}
	return false
}
