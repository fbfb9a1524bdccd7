package flow

// conflict reports whether code after to reads something that isn't what it would be on the way over from.
func conflict(from, to *Block) bool {
	if to.usedOut == 0 {
		return false
	}
	for l := range locations {
		if to.usedOut.has(l) && from.values[l] != to.values[l] {
			return true
		}
	}
	return false
}

// An outcome is a test whose result is known on an edge.
type outcome struct {
	op      uint16
	a       value
	operand value
}

func (b *Block) outcome() outcome { return outcome{b.Test.Op, b.values[regA], b.operand} }

// index sorts the edges by what is known on them.
func (o *optimiser) index() {
	o.tested = make(map[outcome]*cover)
	o.equal = make(map[value]*cover)
	ordered := make([]*edge, len(o.edgeNodes))
	for _, b := range o.order {
		if !b.ends() {
			ordered[b.yes.first], ordered[b.no.first] = &b.yes, &b.no
		}
	}
	for _, e := range ordered {
		known := e.from.outcome()
		put(o.tested, known, e)
		if e.sense && known.op == JumpK|Equal {
			put(o.equal, known.a, e)
		}
	}
}

func put[K comparable](covers map[K]*cover, k K, e *edge) {
	c := covers[k]
	if c == nil {
		c = new(cover)
		covers[k] = c
	}
	c.add(e)
}

// thread leads an edge past tests whose outcome doesn't matter, or is known from a test that every way to the edge has
// passed.
func (o *optimiser) thread(e *edge) {
	to := e.to()
	if to.ends() {
		return
	}
	if to.True == to.False && !conflict(e.from, to.True) {
		e.set(to.True)
		o.change()
	}
	for to = e.to(); !to.ends(); to = e.to() {
		next := o.known(e, to)
		if next == nil || conflict(e.from, next) {
			return
		}
		e.set(next)
		o.changed = true
	}
}

// known is where a block leads on the way over an edge, if that is certain.
func (o *optimiser) known(e *edge, b *Block) (to *Block) {
	o.tested[b.outcome()].above(e, func(d *edge) bool {
		to = b.False
		if d.sense {
			to = b.True
		}
		return false
	})
	if to != nil || b.Test.Op != JumpK|Equal {
		return to
	}
	// What equals one constant doesn't equal another.
	o.equal[b.values[regA]].above(e, func(d *edge) bool {
		if d.from.operand != b.operand {
			to = b.False
		}
		return to == nil
	})
	return to
}

// pull reorders tests that are joined by or (any) or by and, so that those of the same field follow each other and
// share its load. All ways to b have the field in A; the chain below b tests something else, then the field again:
// that later test is put first.
func (o *optimiser) pull(b *Block, any bool) {
	if len(b.preds) == 0 || b.ends() {
		return
	}
	field := b.preds[0].from.values[regA]
	for _, e := range b.preds {
		if e.from.values[regA] != field {
			return
		}
	}
	// Where a test of the chain leads out of it, and where it goes on.
	out := func(c *Block) *Block { return c.False }
	on := func(c *Block) *edge { return &c.yes }
	if any {
		out = func(c *Block) *Block { return c.True }
		on = func(c *Block) *edge { return &c.no }
	}
	inChain := func(c *Block) bool { return !c.ends() && out(c) == out(b) && b.node.above(&c.node) }

	var before *edge // leads to the first test of something else; nil when that is b
	different := b
	for {
		if !inChain(different) {
			return
		}
		if different.values[regA] != field {
			break
		}
		before = on(different)
		different = before.to()
	}
	link := on(different)
	for {
		if !inChain(link.to()) {
			return
		}
		if link.to().values[regA] == field {
			break
		}
		link = on(link.to())
	}
	again := link.to()
	link.set(on(again).to())
	on(again).set(different)
	if before != nil {
		before.set(again)
	} else {
		for _, e := range b.preds {
			if e.to() == b {
				e.set(again)
			}
		}
	}
	o.changed = true
}
