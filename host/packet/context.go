package packet

import "iter"

// A Context is one layer of a packet, as rules and views see it.
type Context struct {
	p *Packet
	i int
}

// Packet is the whole packet.
func (c Context) Packet() *Packet { return c.p }

// Index is the layer's place, from 0.
func (c Context) Index() int { return c.i }

// Protocol is the layer's table.
func (c Context) Protocol() *Protocol { return c.p.layers[c.i].proto }

// Offset is where the layer begins in the packet.
func (c Context) Offset() int { return int(c.p.layers[c.i].off) }

// Header is the layer's own bytes; a rule may write into them.
func (c Context) Header() []byte {
	l := &c.p.layers[c.i]
	return c.p.raw[l.off : l.off+l.len : l.off+l.len]
}

// Payload is what follows the layer, without the padding outside of it.
func (c Context) Payload() []byte {
	l := &c.p.layers[c.i]
	return c.p.raw[l.off+l.len : c.end()]
}

// Whole is header and payload.
func (c Context) Whole() []byte { return c.p.raw[c.p.layers[c.i].off:c.end()] }

// end is where the layer's payload ends in the packet: where padding begins that lies outside of it.
func (c Context) end() int32 {
	if c.p.pending.open {
		return c.p.pending.end(int32(c.i), int32(len(c.p.raw)))
	}
	for j := len(c.p.layers) - 1; j > c.i; j-- {
		if l := &c.p.layers[j]; !l.proto.behind && !l.trails || l.outer > int32(c.i) {
			return l.off + l.len
		}
	}
	return c.p.layers[c.i].off + c.p.layers[c.i].len
}

// Next is the layer behind this one; ok is false when there is none.
func (c Context) Next() (Context, bool) {
	for c.i+1 >= len(c.p.layers) {
		if !c.p.step() {
			return c, false
		}
	}
	return Context{c.p, c.i + 1}, true
}

// Lower is the layer before this one; ok is false when there is none.
func (c Context) Lower() (Context, bool) { return Context{c.p, c.i - 1}, c.i > 0 }

// has says whether field i is there.
func (c Context) has(i int) bool { return c.p.layers[c.i].shape.has(i) }

// bit is the bit offset of field i in the packet.
func (c Context) bit(i int) int {
	l := &c.p.layers[c.i]
	return int(l.off)*8 + l.base(int(l.shape.seg[i]))*8 + int(l.shape.at[i])
}

// base is where a segment begins in the header, in bytes.
func (l *layer) base(seg int) int {
	switch {
	case seg == 0:
		return 0
	case l.shape.vars == 1:
		return int(l.len - l.shape.tail)
	}
	return int(l.ext[seg-1])
}

// span is the bytes of varying field i, as offsets in the packet.
func (c Context) span(i int) (from, to int) {
	l := &c.p.layers[c.i]
	seg := int(l.shape.seg[i])
	return c.bit(i) / 8, int(l.off) + l.base(seg+1)
}

// Has says whether the layer, as it is, has a field of that name.
func (c Context) Has(name string) bool {
	if pr := c.Protocol(); pr.Foreign != nil {
		f, ok := pr.byName[name]
		return ok && c.Stored(f) != nil
	}
	return c.pick(name) != nil
}

// pick finds the field of that name that the layer has.
func (c Context) pick(name string) *Field {
	return c.Protocol().pick(name, c.p.layers[c.i].shape.mask)
}

// Own finds the field of that name that the layer has; nil when there is none, and in layers that are no row of fields.
func (c Context) Own(name string) *Field {
	if c.Protocol().Foreign != nil {
		return nil
	}
	return c.pick(name)
}

// Field finds a field by its name or by tshark's: of several with one name the one that the layer has.
func (c Context) Field(name string) (*Field, error) {
	if c.Protocol().Foreign == nil {
		if f := c.pick(name); f != nil {
			return f, nil
		}
	}
	return c.Protocol().Field(name)
}

// Fields are the fields that the layer has, in order.
func (c Context) Fields() iter.Seq[*Field] {
	return func(yield func(*Field) bool) {
		pr := c.Protocol()
		var foreign Record
		if pr.Foreign != nil {
			foreign = pr.Foreign(c)
		}
		for i := range pr.Fields {
			f := &pr.Fields[i]
			if there := pr.Foreign == nil && c.has(i) || foreign.Get(f.Name) != nil; there && !yield(f) {
				return
			}
		}
	}
}

// Span is where a field stands in the packet: its first bit and its width in bits. Width 0 with ok: an empty field.
func (c Context) Span(f *Field) (bit, width int, ok bool) {
	if c.Protocol().Foreign != nil || !c.has(f.index) {
		return 0, 0, false
	}
	if f.Bits != 0 {
		return c.bit(f.index), f.Bits, true
	}
	from, to := c.span(f.index)
	return from * 8, (to - from) * 8, true
}

// IsSet says whether somebody set the field, or it was received.
func (c Context) IsSet(f *Field) bool { return c.p.layers[c.i].auto>>f.index&1 == 0 }

// Leaves says whether the layer leaves a field to its sender.
func (c Context) Leaves() bool {
	l := &c.p.layers[c.i]
	return l.auto&l.proto.fills != 0
}

// IsAuto says whether the build, or the sender, is to say what the field holds.
func (c Context) IsAuto(f *Field) bool { return f.automatic() && !c.IsSet(f) }

// value reads field i, which is there.
func (c Context) value(i int) Value {
	f := &c.Protocol().Fields[i]
	if f.Bits != 0 {
		return f.value(c.Header(), c.p.raw, c.bit(i))
	}
	from, to := c.span(i)
	if r, ok := f.Kind.(Relative); ok {
		return r.GetAt(c.Header(), from-c.Offset(), to-c.Offset())
	}
	return f.Kind.Get(c.Header(), c.p.raw[from:to])
}

// Value reads a field; nil when it isn't there or nobody set it and the build will compute it.
func (c Context) Value(f *Field) Value {
	if pr := c.Protocol(); pr.Foreign != nil {
		return pr.Foreign(c).Get(f.Name)
	}
	if !c.has(f.index) || c.IsAuto(f) && !f.Fill && f.Suit == nil {
		return nil
	}
	return c.value(f.index)
}

// Stored reads a field as it stands in the bytes, computed or not; nil when it isn't there.
func (c Context) Stored(f *Field) Value {
	if pr := c.Protocol(); pr.Foreign != nil {
		return pr.Foreign(c).Get(f.Name)
	}
	if !c.has(f.index) {
		return nil
	}
	return c.value(f.index)
}

// Uint reads an integer field by name as it stands in the bytes; 0 when it isn't there.
func (c Context) Uint(name string) uint64 {
	f, err := c.Field(name)
	if err != nil {
		return 0
	}
	n, _ := c.Number(f)
	return n
}

// Number reads an integer field as it stands in the bytes, without making a Value of it; ok is false when it isn't
// there or is no integer.
func (c Context) Number(f *Field) (n uint64, ok bool) {
	if c.Protocol().Foreign != nil || !c.has(f.index) {
		return 0, false
	}
	switch {
	case f.Bits == 0 && f.Auto != nil:
		return number(c.value(f.index)) // of varying width
	case f.Bits == 0 || !f.integer():
		return 0, false
	}
	return f.uint(c.p.raw, c.bit(f.index)), true
}

// Plain reads a field that is a number for those who read it, in at most 53 bits; ok is false for all else, and for one
// that the build will compute.
func (c Context) Plain(f *Field) (n uint64, ok bool) {
	if !f.plain || c.Protocol().Foreign != nil || !c.has(f.index) || c.IsAuto(f) {
		return 0, false
	}
	return f.uint(c.p.raw, c.bit(f.index)), true
}

// Text is a field for people, as it stands in the bytes: with its name where numbers have names.
func (c Context) Text(f *Field) string {
	if n, ok := c.Number(f); ok && f.Bits != 0 {
		if k, depends := f.Kind.(Dependent); depends {
			return k.NameIn(c, n)
		}
		if k, named := f.Kind.(Integer); named {
			return k.Name(n, f.Bits)
		}
		return plainText(n)
	}
	v := c.Stored(f)
	if f.Kind == nil {
		return TextOf(v)
	}
	return f.Kind.Text(v)
}
