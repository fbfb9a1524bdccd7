package flow

// A value is a number that stands for what a location holds: two locations with the same value hold the same. 0 is
// what isn't known.
type value uint32

const unknown value = 0

// A numbering gives the same value to the same computation.
type numbering struct {
	values    map[computation]value
	constants map[value]uint32
}

type computation struct {
	op   uint16
	a, b uint32
}

func (n *numbering) reset() {
	n.values = make(map[computation]value)
	n.constants = make(map[value]uint32)
}

func (n *numbering) of(op uint16, a, b uint32) value {
	c := computation{op, a, b}
	v, ok := n.values[c]
	if !ok {
		v = value(len(n.values) + 1)
		n.values[c] = v
	}
	return v
}

func (n *numbering) constant(k uint32) value {
	v := n.of(LoadImm, k, 0)
	n.constants[v] = k
	return v
}

// isConstant gives what a value is when it is known.
func (n *numbering) isConstant(v value) (uint32, bool) {
	k, ok := n.constants[v]
	return k, ok
}

// An arithmeticError is a computation that has no result.
type arithmeticError string

func (e arithmeticError) Error() string { return string(e) }

// block computes the values after a block, and shortens its code.
func (o *optimiser) block(b *Block, change bool) {
	b.values = [locations]value{}
	for i, e := range b.preds {
		if i == 0 {
			b.values = e.from.values
			continue
		}
		for l := range b.values {
			if b.values[l] != e.from.values[l] {
				b.values[l] = unknown
			}
		}
	}
	a, x := b.values[regA], b.values[regX]
	for i := range b.Code {
		o.statement(&b.Code[i], &b.values, change)
	}
	same := b.usedOut == 0 && a != unknown && b.values[regA] == a && x != unknown && b.values[regX] == x
	if change && (same || b.ends()) {
		if b.Code != nil {
			b.Code = nil
			o.change()
		}
	} else {
		o.peephole(b)
		o.removeDead(b)
	}
	b.operand = b.values[regX]
	if b.Test.Op&sourceX == 0 {
		b.operand = o.values.constant(b.Test.K)
	}
}

// leave notes that an instruction leaves v in a location. One that changes nothing is removed.
func leave(i *Ins, values *[locations]value, l location, v value, change bool) {
	if change && v != unknown && values[l] == v {
		i.Op = nop
		return
	}
	values[l] = v
}

// statement computes what an instruction leaves, and simplifies it when it may be changed.
func (o *optimiser) statement(i *Ins, values *[locations]value, change bool) {
	n := &o.values
	switch {
	case i.Op == nop:
	case i.Op == LoadImm:
		leave(i, values, regA, n.constant(i.K), change)
	case i.Op == LoadXImm:
		leave(i, values, regX, n.constant(i.K), change)
	case i.Op == LoadLen:
		leave(i, values, regA, n.of(i.Op, 0, 0), change)
	case i.Op == LoadXIPv4:
		leave(i, values, regX, n.of(i.Op, i.K, 0), change)
	case i.Op == LoadMem, i.Op == LoadXMem:
		o.memory(i, values, change)
	case i.Op == Store:
		leave(i, values, location(i.K), values[regA], change)
	case i.Op == StoreX:
		leave(i, values, location(i.K), values[regX], change)
	case i.Op == TAX:
		leave(i, values, regX, values[regA], change)
	case i.Op == TXA:
		leave(i, values, regA, values[regX], change)
	case i.Op&^sizeMask == LoadAbs:
		leave(i, values, regA, n.of(i.Op, i.K, 0), change)
	case i.Op&^sizeMask == LoadInd:
		v := values[regX]
		if k, ok := n.isConstant(v); ok && change {
			i.Op = LoadAbs | i.Op&sizeMask
			i.K += k
			v = 0
			o.change()
		}
		leave(i, values, regA, n.of(i.Op, i.K, uint32(v)), change)
	case class(i.Op) == classAlu && i.Op&sourceX == 0:
		o.arithmetic(i, values, change)
	case class(i.Op) == classAlu:
		o.arithmeticX(i, values, change)
	}
}

// memory loads a word of memory, or the constant that is in it.
func (o *optimiser) memory(i *Ins, values *[locations]value, change bool) {
	v, to, constant := values[i.K], regA, uint16(LoadImm)
	if i.Op == LoadXMem {
		to, constant = regX, LoadXImm
	}
	if k, ok := o.values.isConstant(v); ok && change {
		i.Op, i.K = constant, k
		o.change()
	}
	leave(i, values, to, v, change)
}

// arithmetic is A op k.
func (o *optimiser) arithmetic(i *Ins, values *[locations]value, change bool) {
	n := &o.values
	op := i.Op & opMask
	a, known := n.isConstant(values[regA])
	if op == Neg {
		if change && known {
			i.Op, i.K = LoadImm, -a
			values[regA] = n.constant(i.K)
			return
		}
		values[regA] = n.of(i.Op, uint32(values[regA]), 0)
		return
	}
	if change {
		if i.K == 0 {
			switch op {
			case Add, Lsh, Rsh, Or, Xor:
				i.Op = nop
				return
			case Mul, And:
				i.Op = LoadImm
				values[regA] = n.constant(0)
				return
			}
		}
		checkDivisor(op, i.K)
		if known {
			*i = Ins{Op: LoadImm, K: compute(op, a, i.K)}
			o.change()
			values[regA] = n.constant(i.K)
			return
		}
	}
	values[regA] = n.of(i.Op, uint32(values[regA]), uint32(n.constant(i.K)))
}

// arithmeticX is A op X.
func (o *optimiser) arithmeticX(i *Ins, values *[locations]value, change bool) {
	n := &o.values
	op := i.Op & opMask
	a, knownA := n.isConstant(values[regA])
	x, knownX := n.isConstant(values[regX])
	switch {
	case !change:
	case knownX && knownA:
		checkDivisor(op, x)
		*i = Ins{Op: LoadImm, K: compute(op, a, x)}
		o.change()
		values[regA] = n.constant(i.K)
		return
	case knownX:
		if (op == Lsh || op == Rsh) && x > 31 {
			panic(arithmeticError("a shift by more than 31 bits"))
		}
		*i = Ins{Op: Alu | op, K: x}
		o.change()
		values[regA] = n.of(i.Op, uint32(values[regA]), uint32(n.constant(x)))
		return
	case knownA && a == 0:
		switch op {
		case Add, Or, Xor:
			i.Op = TXA
			leave(i, values, regA, values[regX], change)
			return
		case Mul, Div, Mod, And, Lsh, Rsh:
			*i = Ins{Op: LoadImm}
			leave(i, values, regA, n.constant(0), change)
			return
		}
	}
	values[regA] = n.of(i.Op, uint32(values[regA]), uint32(values[regX]))
}

func checkDivisor(op uint16, k uint32) {
	if k == 0 && op == Div {
		panic(arithmeticError("division by zero"))
	}
	if k == 0 && op == Mod {
		panic(arithmeticError("remainder of a division by zero"))
	}
}

func compute(op uint16, a, b uint32) uint32 {
	switch op {
	case Add:
		return a + b
	case Sub:
		return a - b
	case Mul:
		return a * b
	case Div:
		return a / b
	case Mod:
		return a % b
	case And:
		return a & b
	case Or:
		return a | b
	case Xor:
		return a ^ b
	case Lsh:
		return a << b
	}
	return a >> b
}
