package code

import lua "github.com/yuin/gopher-lua"

// Jumps that lead to the same, yet unknown place are linked into a list through their own offsets; noJump ends it.

// jump emits a jump to nowhere yet. Jumps pending here go with it.
func (f *function) jump() int {
	pending := f.pending
	f.pending = noJump
	j := f.emit(asbx(lua.OP_JMP, 0, noJump))
	return f.join(j, pending)
}

// here makes this position a jump's target.
func (f *function) here() int {
	f.target = f.pc()
	return f.pc()
}

// follow is the next jump in the list after the one at pc.
func (f *function) follow(pc int) int {
	offset := int(f.proto.Code[pc]&0x3ffff) - sbxZero
	if offset == noJump {
		return noJump
	}
	return pc + 1 + offset
}

// aim makes the jump at pc lead to dest.
func (f *function) aim(pc, dest int) {
	offset := dest - (pc + 1)
	if offset > sbxZero || -offset > sbxZero {
		f.refuse("control structure too long")
	}
	i := &f.proto.Code[pc]
	*i = *i&^0x3ffff | uint32(offset+sbxZero)
}

// join links two lists.
func (f *function) join(a, b int) int {
	switch {
	case b == noJump:
		return a
	case a == noJump:
		return b
	}
	last := a
	for next := f.follow(last); next != noJump; next = f.follow(last) {
		last = next
	}
	f.aim(last, b)
	return a
}

// control is the instruction that decides about the jump at pc: the test before it, or the jump itself.
func (f *function) control(pc int) *uint32 {
	if pc >= 1 {
		switch opcode(f.proto.Code[pc-1]) {
		case lua.OP_EQ, lua.OP_LT, lua.OP_LE, lua.OP_TEST, lua.OP_TESTSET, lua.OP_TFORLOOP:
			return &f.proto.Code[pc-1]
		}
	}
	return &f.proto.Code[pc]
}

// needsValue says whether a jump of the list carries no value of its own.
func (f *function) needsValue(list int) bool {
	for ; list != noJump; list = f.follow(list) {
		if opcode(*f.control(list)) != lua.OP_TESTSET {
			return true
		}
	}
	return false
}

// patchTest lets the test of the jump at pc store its value in reg; -1 drops the value.
func (f *function) patchTest(pc, reg int) bool {
	i := f.control(pc)
	if opcode(*i) != lua.OP_TESTSET {
		return false
	}
	if reg >= 0 && reg != argB(*i) {
		setA(i, reg)
	} else {
		*i = abc(lua.OP_TEST, argB(*i), 0, argC(*i))
	}
	return true
}

func (f *function) dropValues(list int) {
	for ; list != noJump; list = f.follow(list) {
		f.patchTest(list, -1)
	}
}

// patch aims a list: jumps that carry a value store it in reg and go to withValue, the others go to without.
func (f *function) patch(list, withValue, reg, without int) {
	for list != noJump {
		next := f.follow(list)
		if f.patchTest(list, reg) {
			f.aim(list, withValue)
		} else {
			f.aim(list, without)
		}
		list = next
	}
}

func (f *function) patchList(list, dest int) {
	if dest == f.pc() {
		f.patchHere(list)
		return
	}
	f.patch(list, dest, -1, dest)
}

// patchHere makes a list lead to the next instruction.
func (f *function) patchHere(list int) {
	f.here()
	f.pending = f.join(f.pending, list)
}

func (f *function) landPending() {
	list := f.pending
	f.pending = noJump
	f.patch(list, f.pc(), -1, f.pc())
}
