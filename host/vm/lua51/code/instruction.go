package code

import lua "github.com/yuin/gopher-lua"

// An instruction's fields, from the high bits down: opcode 6, A 8, C 9, B 9; Bx is C and B together, sBx is Bx with an
// offset.
const (
	sbxZero = 1<<17 - 1
	kBit    = 1 << 8 // set in an RK operand that is a constant
)

func abc(op, a, b, c int) uint32 { return uint32(op<<26 | a<<18 | c<<9 | b) }

func abx(op, a, bx int) uint32 { return uint32(op<<26 | a<<18 | bx) }

func asbx(op, a, sbx int) uint32 { return abx(op, a, sbx+sbxZero) }

func opcode(i uint32) int { return int(i >> 26) }

func argA(i uint32) int { return int(i>>18) & 0xff }

func argB(i uint32) int { return int(i) & 0x1ff }

func argC(i uint32) int { return int(i>>9) & 0x1ff }

func setA(i *uint32, a int) { *i = *i&^(0xff<<18) | uint32(a)<<18 }

func setB(i *uint32, b int) { *i = *i&^0x1ff | uint32(b) }

func setC(i *uint32, c int) { *i = *i&^(0x1ff<<9) | uint32(c)<<9 }

// emit appends an instruction, noting the current line, and returns its position.
func (f *function) emit(i uint32) int {
	f.landPending()
	f.proto.Code = append(f.proto.Code, i)
	f.proto.DbgSourcePositions = append(f.proto.DbgSourcePositions, f.line)
	return len(f.proto.Code) - 1
}

func (f *function) pc() int { return len(f.proto.Code) }

// loadNil fills n registers with nil, going on with a LOADNIL just before if there is one.
func (f *function) loadNil(from, n int) {
	if f.pc() > f.target {
		if f.pc() == 0 {
			if from >= len(f.active) {
				return // registers of a fresh frame are nil
			}
		} else {
			last := &f.proto.Code[f.pc()-1]
			if opcode(*last) == lua.OP_LOADNIL && argA(*last) <= from && from <= argB(*last)+1 {
				if from+n-1 > argB(*last) {
					setB(last, from+n-1)
				}
				return
			}
		}
	}
	f.emit(abc(lua.OP_LOADNIL, from, from+n-1, 0))
}
