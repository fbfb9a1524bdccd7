package packet

import (
	"net/netip"
	"slices"
)

// Auto is the value that gives an automatic field back to the build.
const Auto Automatic = "auto"

// Automatic is the type of Auto.
type Automatic string

// Set writes a field by name.
func (c Context) Set(name string, v Value) error {
	f, err := c.Field(name)
	if err != nil {
		return err
	}
	return c.SetField(f, v)
}

// SetField writes a field. nil and Auto make it automatic again, or give it its default.
func (c Context) SetField(f *Field, v Value) error {
	c.p.settle()
	pr := c.Protocol()
	switch {
	case pr.Foreign != nil:
		return c.rewrite(f, v)
	case !c.has(f.index) && f.open && v != nil && v != Auto:
		return c.extend(f, v)
	case !c.has(f.index):
		return &Absent{pr.Name + "." + f.Name, f.When}
	case v == nil || v == Auto:
		return c.reset(f)
	}
	return named(c.store(f, v), pr, f)
}

// rewrite writes a layer that is no row of fields anew, with f set to v.
func (c Context) rewrite(f *Field, v Value) error {
	pr := c.Protocol()
	values := slices.DeleteFunc(slices.Clone(pr.Foreign(c)), func(e Entry) bool { return e.Name == f.Name })
	raw, err := pr.compose(append(values, Entry{f.Name, v}))
	if err != nil {
		return err
	}
	l := &c.p.layers[c.i]
	by := int32(len(raw)) - l.len
	c.p.replace(int(l.off), int(l.off+l.len), raw)
	c.grow(by)
	return nil
}

// extend makes the message long enough for a field that only long ones have.
func (c Context) extend(f *Field, v Value) error {
	q := c.p.Copy()
	if err := q.Layer(c.i).relayout(f, v); err != nil {
		return named(err, c.Protocol(), f)
	}
	if !q.Layer(c.i).has(f.index) {
		return &Absent{c.Protocol().Name + "." + f.Name, f.When}
	}
	return named(c.relayout(f, v), c.Protocol(), f)
}

// SetUint writes an integer field; false: it is not there, is no integer, or n does not fit.
func (c Context) SetUint(f *Field, n uint64) bool {
	if f.Bits == 0 || f.control || n > f.max() || c.Protocol().Foreign != nil || !c.has(f.index) || !f.integer() {
		return false
	}
	c.p.settle()
	c.p.layers[c.i].auto &^= 1 << f.index
	f.setUint(c.p.raw, c.bit(f.index), n)
	return true
}

// SetBits writes the bits of a field of fixed width, at most 64; false: it is none or it is not there.
func (c Context) SetBits(f *Field, n uint64) bool {
	if f.Bits == 0 || f.Bits > 64 || f.control || c.Protocol().Foreign != nil || !c.has(f.index) {
		return false
	}
	c.p.settle()
	c.p.layers[c.i].auto &^= 1 << f.index
	f.setUint(c.p.raw, c.bit(f.index), n)
	return true
}

// Settle marks the fields that the sender fills in as set to what stands there; false when there was one.
func (c Context) Settle() (none bool) {
	l := &c.p.layers[c.i]
	for i := range l.proto.Fields {
		if f := &l.proto.Fields[i]; f.Fill && c.has(i) && !c.IsSet(f) {
			l.auto &^= 1 << i
			none = true
		}
	}
	return !none
}

// reset gives a field back its default, and to the build when that computes it.
func (c Context) reset(f *Field) error {
	c.p.layers[c.i].auto |= 1 << f.index
	if f.Pad != 0 {
		return c.relayout(f, nil)
	}
	if f.Default == nil && f.Bits == 0 {
		return c.splice(f, nil)
	}
	if f.Default == nil {
		if f.Auto == nil {
			clearBits(c.p.raw, c.bit(f.index), f.Bits)
		}
		return nil
	}
	keep := c.p.layers[c.i].auto
	err := c.store(f, f.Default)
	c.p.layers[c.i].auto = keep
	return err
}

// clearBits sets a stretch of bits to zero.
func clearBits(b []byte, at, width int) {
	for ; width > 64; at, width = at+64, width-64 {
		setBits(b, at, 64, 0)
	}
	setBits(b, at, width, 0)
}

// store writes v and marks the field as set.
func (c Context) store(f *Field, v Value) error {
	if f.control {
		return c.relayout(f, v)
	}
	if f.Bits != 0 {
		if err := f.put(c.p.raw, c.bit(f.index), v); err != nil {
			return err
		}
		c.p.layers[c.i].auto &^= 1 << f.index
		return nil
	}
	if c.Protocol().relative {
		return c.relayout(f, v)
	}
	b, err := f.Kind.Put(nil, v)
	if err != nil {
		return unfit(err, v)
	}
	c.p.layers[c.i].auto &^= 1 << f.index
	return c.splice(f, b)
}

// splice puts b in the place of a varying field and moves what follows.
func (c Context) splice(f *Field, b []byte) error {
	from, to := c.span(f.index)
	c.p.replace(from, to, b)
	l, by := &c.p.layers[c.i], int32(len(b)-(to-from))
	for k := int(l.shape.seg[f.index]); k < len(l.ext); k++ {
		l.ext[k] += by
	}
	c.grow(by)
	return nil
}

// grow tells the layer and those behind it that it is longer by some bytes.
func (c Context) grow(by int32) {
	c.p.layers[c.i].len += by
	for j := c.i + 1; j < len(c.p.layers); j++ {
		c.p.layers[j].off += by
	}
	c.p.pending.move(by)
}

// replace puts b in the place of raw[from:to].
func (p *Packet) replace(from, to int, b []byte) {
	tail := len(p.raw) - to
	if by := len(b) - (to - from); by > 0 {
		p.raw = append(p.raw, make([]byte, by)...)
		copy(p.raw[from+len(b):], p.raw[to:to+tail])
	} else if by < 0 {
		copy(p.raw[from+len(b):], p.raw[to:])
		p.raw = p.raw[:len(p.raw)+by]
	}
	copy(p.raw[from:], b)
}

// relayout writes the whole header anew with f set to v: other fields may come, go or move.
func (c Context) relayout(f *Field, v Value) error {
	pr := c.Protocol()
	values := make(Record, 0, len(pr.Fields))
	for i := range pr.Fields {
		o := &pr.Fields[i]
		switch {
		case o == f:
			values = append(values, Entry{o.Name, v})
		case c.has(i) && c.IsSet(o):
			values = append(values, Entry{o.Name, c.value(i)})
		}
	}
	old := &c.p.layers[c.i]
	l, raw, err := pr.encode(values, &old.auto)
	if err != nil {
		return err
	}
	from, to := int(old.off), int(old.off+old.len)
	c.p.replace(from, to, raw)
	l.off, l.outer, l.trails, l.len = old.off, old.outer, old.trails, old.len
	c.p.layers[c.i] = l
	c.grow(int32(len(raw) - (to - from)))
	return nil
}

// SetString writes the usual text of an address into a field of that kind, the short way; false: SetField has to.
func (c Context) SetString(f *Field, s string) bool {
	if f.Bits == 0 || f.control || c.Protocol().Foreign != nil || !c.has(f.index) {
		return false
	}
	var room [16]byte
	b := room[:0]
	switch f.Kind {
	case Ether:
		m, ok := parseMAC(s)
		if !ok {
			return false
		}
		b = append(b, m[:]...)
	case IPv4:
		a, err := netip.ParseAddr(s)
		if err != nil || !a.Is4() {
			return false
		}
		four := a.As4()
		b = append(b, four[:]...)
	default:
		return false
	}
	c.p.layers[c.i].auto &^= 1 << f.index
	copy(c.p.raw[c.bit(f.index)/8:], b)
	return true
}
