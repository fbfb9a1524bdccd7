package packet

import "math/bits"

// Build computes every automatic field, the innermost layer first, and returns the packet's own bytes.
func (p *Packet) Build() []byte {
	p.Suit()
	return p.Complete()
}

// Suit is the first half of a build: it writes the unset fields that go by what follows. Who fills in fields as the sender
// does it between the two.
func (p *Packet) Suit() {
	for i := len(p.layers) - 1; i >= 0; i-- {
		if l := &p.layers[i]; l.auto&l.proto.suits != 0 && (l.suited || i+1 < len(p.layers) && p.layers[i+1].proto.Particular) {
			Context{p, i}.suit(l)
		}
	}
}

// Complete is the second half of a build: it computes what is left.
func (p *Packet) Complete() []byte {
	for i := len(p.layers) - 1; i >= 0; i-- {
		if l := &p.layers[i]; l.auto&l.proto.autos != 0 {
			Context{p, i}.compute(l)
		}
	}
	return p.raw
}

// suit writes the fields that go by what follows: checksums above may cover them.
func (c Context) suit(l *layer) {
	l.suited = true
	for i := 0; l.auto&l.proto.suits>>i != 0; i++ {
		if l.auto&l.proto.suits>>i&1 == 0 {
			continue
		}
		f := &l.proto.Fields[i]
		v := f.Suit(c)
		if v == nil {
			v = f.Default
		}
		if v != nil && f.Bits != 0 {
			_ = f.put(c.p.raw, c.bit(i), v) // a value that the table chose
		}
	}
}

// compute writes the automatic fields of a layer, those that need the others last.
func (c Context) compute(l *layer) {
	late := uint64(0)
	for i := 0; ; i++ { // a field that is written may bring others
		left := l.auto & l.proto.computed >> i << i
		if left == 0 {
			break
		}
		i = bits.TrailingZeros64(left)
		f := &l.proto.Fields[i]
		switch {
		case f.Late:
			late |= 1 << i
		case f.Bits == 0:
			c.vary(f, f.Auto(c))
		case f.control:
			c.steer(f, f.Auto(c)&f.max())
		default:
			f.setUint(c.p.raw, c.bit(i), f.Auto(c)&f.max())
		}
	}
	for ; late != 0; late &= late - 1 {
		i := bits.TrailingZeros64(late)
		f := &l.proto.Fields[i]
		at := c.bit(i)
		f.setUint(c.p.raw, at, 0)
		n := f.Auto(c) & f.max()
		if n == 0 && f.NeverZero {
			n = f.max()
		}
		f.setUint(c.p.raw, at, n)
	}
}

// steer writes an automatic field on which it depends what other fields there are.
func (c Context) steer(f *Field, n uint64) {
	if l := &c.p.layers[c.i]; f.uint(c.p.raw, c.bit(f.index)) != n && c.relayout(f, n) == nil {
		l.auto |= 1 << f.index
	}
}

// vary writes an automatic number of varying width.
func (c Context) vary(f *Field, n uint64) {
	if b, err := f.Kind.Put(nil, n); err == nil {
		c.splice(f, b)
	}
}

// Sent is the packet as a receiver sees it: built, all fields set.
func (p *Packet) Sent() *Packet {
	q := p.Copy()
	q.Build()
	for i := range q.layers {
		q.layers[i].auto = 0
	}
	return q
}
