package flow

// peephole shortens what the generator writes for arithmetic, and decides tests of what is known.
func (o *optimiser) peephole(b *Block) {
	if b.Code == nil {
		return
	}
	last := &b.Code[0]
	for at := following(b.Code, -1); at < len(b.Code); {
		next := following(b.Code, at)
		if next == len(b.Code) {
			break
		}
		last = &b.Code[next]
		o.pair(b, at, next)
		at = next
		if b.Code[at].Op == nop {
			at = following(b.Code, at)
		}
	}
	if b.Test.Op == JumpK|Equal && !b.usedOut.has(regA) {
		o.fuse(b, last)
	}
	if b.Test.Op == JumpK|AnyBit {
		switch b.Test.K {
		case 0:
			b.True = b.False
		case 0xffffffff:
			b.False = b.True
		}
	}
	if x, ok := o.values.isConstant(b.values[regX]); ok && b.Test.Op&sourceX != 0 {
		b.Test.Op &^= sourceX
		b.Test.K = x
	}
	if a, ok := o.values.isConstant(b.values[regA]); ok && b.Test.Op&sourceX == 0 {
		o.decide(b, holds(b.Test.Op&opMask, a, b.Test.K))
	}
}

// following is the index of the next instruction that wasn't removed.
func following(code []Ins, at int) int {
	for at++; at < len(code) && code[at].Op == nop; at++ {
	}
	return at
}

// pair shortens two instructions that follow each other.
func (o *optimiser) pair(b *Block, at, next int) {
	i, j := &b.Code[at], &b.Code[next]
	if i.Op == Store && j.Op == LoadXMem && i.K == j.K {
		j.Op = TAX
		o.change()
	}
	if i.Op == LoadImm && j.Op == TAX {
		i.Op, j.Op = LoadXImm, TXA
		o.change()
	}
	if i.Op == LoadImm && !b.usedOut.has(regX) {
		o.constantIndex(b, at, next)
	}
}

// constantIndex makes one load of: A = k; X = an IPv4 header's length; A += X; X = A; A = packet[X+m].
func (o *optimiser) constantIndex(b *Block, at, next int) {
	add := next
	if b.Code[next].Op == LoadXIPv4 {
		add = following(b.Code, next)
	}
	is := func(at int, op uint16) bool { return at < len(b.Code) && b.Code[at].Op == op }
	if !is(add, AluX|Add) {
		return
	}
	tax := following(b.Code, add)
	if !is(tax, TAX) {
		return
	}
	load := following(b.Code, tax)
	if load == len(b.Code) || b.Code[load].Op&^sizeMask != LoadInd {
		return
	}
	b.Code[load].K += b.Code[at].K
	b.Code[at].Op, b.Code[add].Op, b.Code[tax].Op = nop, nop, nop
	o.change()
}

// fuse makes one test of the last computation and the comparison with its result.
func (o *optimiser) fuse(b *Block, last *Ins) {
	switch {
	case last.Op == AluX|Sub:
		if x, ok := o.values.isConstant(b.values[regX]); ok {
			b.Test.K += x
		} else if b.Test.K == 0 {
			b.Test.Op = JumpX | Equal
		} else {
			return
		}
	case last.Op == Alu|Sub:
		b.Test.K += last.K
	case last.Op == Alu|And && b.Test.K == 0:
		b.Test.Op, b.Test.K = JumpK|AnyBit, last.K
		b.True, b.False = b.False, b.True
	default:
		return
	}
	last.Op = nop
	o.change()
}

func holds(comparison uint16, a, k uint32) bool {
	switch comparison {
	case Equal:
		return a == k
	case Greater:
		return a > k
	case GreaterEqual:
		return a >= k
	}
	return a&k != 0
}

// decide lets both ways of a test lead where the known one does.
func (o *optimiser) decide(b *Block, holds bool) {
	if b.True != b.False {
		o.change()
	}
	if holds {
		b.False = b.True
	} else {
		b.True = b.False
	}
}

// removeDead removes what writes a location that is written again, or never read.
func (o *optimiser) removeDead(b *Block) {
	var last [locations]*Ins
	remove := func(i *Ins) {
		if i != nil {
			i.Op = nop
			o.change()
		}
	}
	read := func(i Ins) {
		switch l := reads(i); l {
		case none:
		case regAX:
			last[regA], last[regX] = nil, nil
		default:
			last[l] = nil
		}
	}
	for at := range b.Code {
		i := &b.Code[at]
		if i.Op == nop {
			continue
		}
		read(*i)
		if l := writes(*i); l != none {
			remove(last[l])
			last[l] = i
		}
	}
	if !b.ends() {
		read(b.Test)
	}
	for l, i := range last {
		if !b.usedOut.has(l) {
			remove(i)
		}
	}
}
