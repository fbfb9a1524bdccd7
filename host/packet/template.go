package packet

import (
	"errors"
	"fmt"
	"slices"
)

// A Template makes many packets that are alike but for some fields, fast: those fields are written where they stand, and
// the checksums over them follow by the sum of what changed (RFC 1624).
type Template struct {
	p     *Packet
	frame []byte
	vary  []varying
	sums  []checksum
	full  bool // some computed field can't follow: every packet is built anew
	next  uint64
}

// A Source gives the bits of a varying field for the nth packet, from 0.
type Source func(n uint64) uint64

// A Vary is a field that changes from packet to packet.
type Vary struct {
	Layer  int
	Field  *Field
	Source Source
}

type varying struct {
	Vary
	at     int // bit offset in the frame
	width  int
	little bool
	now    uint64
}

// checksum is a computed Internet checksum and how the varying fields count in it.
type checksum struct {
	at        int    // byte offset in the frame
	neverZero bool   // 0 is sent as 0xffff
	rest      uint64 // sum of all that does not vary
	terms     []term
}

// term is a varying field that counts in a checksum.
type term struct {
	vary  int
	shift int  // of its bits into words of 16
	small bool // it lies in one word
}

// MakeTemplate prepares p, of which the template keeps a copy.
func MakeTemplate(p *Packet, vary []Vary) (*Template, error) {
	t := &Template{p: p.Copy()}
	for _, v := range vary {
		c := t.p.Layer(v.Layer)
		if err := c.CanVary(v.Field); err != nil {
			return nil, err
		}
		at, width, _ := c.Span(v.Field)
		c.p.layers[c.i].auto &^= 1 << v.Field.index
		t.vary = append(t.vary, varying{v, at, width, v.Field.Little, 0})
	}
	t.frame = append([]byte(nil), t.rebuild(0)...)
	t.full = t.plan() != nil
	return t, nil
}

// CanVary says why a template can't change a field; nil when it can.
func (c Context) CanVary(f *Field) error {
	if _, width, ok := c.Span(f); !ok || f.Bits == 0 || width > 64 || f.control {
		return fmt.Errorf("%s.%s: a field of fixed width, at most 64 bits, expected", c.Protocol().Name, f.Name)
	}
	return nil
}

// write puts the nth values into b.
func (t *Template) write(b []byte, n uint64) {
	for i := range t.vary {
		v := &t.vary[i]
		v.now = v.Source(n)
		if v.little {
			v.now = reverse(v.now, v.width)
		}
		setBits(b, v.at, v.width, v.now)
	}
}

// rebuild makes the nth packet the long way.
func (t *Template) rebuild(n uint64) []byte {
	t.write(t.p.raw, n)
	return t.p.Build()
}

// errFollow says that a computed field does not follow from the sum of what changed.
var errFollow = errors.New("a computed field does not follow")

// plan finds the checksums over varying fields and proves on samples that they follow.
func (t *Template) plan() error {
	for i := range t.p.layers {
		l := &t.p.layers[i]
		for k := range l.proto.Fields {
			if f := &l.proto.Fields[k]; l.auto&l.proto.autos>>k&1 != 0 && l.shape.has(k) && f.Auto != nil && f.Bits == 16 && f.Late {
				at, _, _ := Context{t.p, i}.Span(f)
				t.sums = append(t.sums, t.coverage(at/8, f.NeverZero))
			}
		}
	}
	for n := range uint64(64) {
		want := append([]byte(nil), t.rebuild(n*n*n)...)
		t.write(t.frame, n*n*n)
		t.follow(t.frame)
		if string(want) != string(t.frame) {
			return errFollow
		}
	}
	return nil
}

// coverage finds by trial which varying fields count in the checksum at that place, and where in its words.
func (t *Template) coverage(at int, neverZero bool) checksum {
	base := append([]byte(nil), t.rebuild(0)...)
	s := checksum{at: at, neverZero: neverZero}
	sum := uint64(^uint16(getBits(base, at*8, 16)))
	for i := range t.vary {
		v := &t.vary[i]
		v.now = getBits(base, v.at, v.width)
		shift := -1
		for _, other := range []uint64{1, 0x0102030405060708} {
			probe := append([]byte(nil), base...)
			setBits(t.p.raw, v.at, v.width, v.now^other&(1<<v.width-1))
			copy(probe, t.p.Build())
			if now := getBits(probe, at*8, 16); now != getBits(base, at*8, 16) {
				shift = t.align(v, at, base, probe)
			}
			setBits(t.p.raw, v.at, v.width, v.now)
		}
		if shift >= 0 {
			sum += uint64(^Fold(words(v.now, shift)))
			s.terms = append(s.terms, term{i, shift, shift+v.width <= 16})
		}
	}
	s.rest = uint64(Fold(sum))
	return s
}

// align finds the shift with which the change of v explains the change of the checksum.
func (t *Template) align(v *varying, at int, base, probe []byte) int {
	before, after := getBits(base, v.at, v.width), getBits(probe, v.at, v.width)
	sum := uint64(^uint16(getBits(base, at*8, 16)))
	for _, shift := range []int{(16 - (v.at+v.width)%16) % 16, (24 - (v.at+v.width)%16) % 16} {
		changed := sum + uint64(^Fold(words(before, shift))) + words(after, shift)
		if now := ^Fold(changed); uint64(now) == getBits(probe, at*8, 16) || now == 0 && getBits(probe, at*8, 16) == 0xffff {
			return shift
		}
	}
	return -1
}

// words sums the words of 16 bits of a field that ends shift bits before a word does.
func words(n uint64, shift int) uint64 {
	hi, lo := n>>(64-shift), n<<shift
	return hi + lo>>48 + lo>>32&0xffff + lo>>16&0xffff + lo&0xffff
}

// follow computes the checksums of b from the values just written.
func (t *Template) follow(b []byte) {
	for i := range t.sums {
		s := &t.sums[i]
		sum := s.rest
		for _, x := range s.terms {
			if n := t.vary[x.vary].now; x.small {
				sum += n << x.shift
			} else {
				sum += words(n, x.shift)
			}
		}
		c := ^Fold(sum)
		if c == 0 && s.neverZero {
			c = 0xffff
		}
		b[s.at], b[s.at+1] = byte(c>>8), byte(c)
	}
}

// Copy is a template of its own that goes on where t is.
func (t *Template) Copy() *Template {
	c := *t
	c.p, c.frame, c.vary = t.p.Copy(), slices.Clone(t.frame), slices.Clone(t.vary)
	return &c
}

// Packet is a copy of the packet that is made.
func (t *Template) Packet() *Packet { return t.p.Copy() }

// For is a template that goes on where t is, for p: t's packet with other values, or with further layers before it.
func (t *Template) For(p *Packet) (*Template, error) {
	var vary []Vary
	for _, v := range t.vary {
		v.Layer += p.Len() - t.p.Len()
		vary = append(vary, v.Vary)
	}
	c, err := MakeTemplate(p, vary)
	if err == nil {
		c.next = t.next
	}
	return c, err
}

// Skip leaves out the next n packets.
func (t *Template) Skip(n uint64) { t.next += n }

// Slow says whether each packet is built anew, because some computed field does not follow from a sum.
func (t *Template) Slow() bool { return t.full }

// Size is the length of a packet in bytes.
func (t *Template) Size() int { return len(t.frame) }

// Fill writes the next packet into slot, which has room for Size bytes, and returns its length. A slot may be used
// again for a later packet.
func (t *Template) Fill(slot []byte) int {
	n := t.next
	t.next++
	if t.full {
		return copy(slot, t.rebuild(n))
	}
	slot = slot[:len(t.frame)]
	copy(slot, t.frame)
	t.write(slot, n)
	t.follow(slot)
	return len(slot)
}

// Next makes the next packet; its bytes are the template's own until the next call.
func (t *Template) Next() []byte {
	n := t.next
	t.next++
	if t.full {
		return t.rebuild(n)
	}
	t.write(t.frame, n)
	t.follow(t.frame)
	return t.frame
}

// Counting is a source that begins at from and adds step for each packet, wrapping in the field's width.
func Counting(f *Field, from, step uint64) Source {
	mask := f.max()
	return func(n uint64) uint64 { return (from + n*step) & mask }
}

// Cycling is a source that takes values in turn, again and again. Each must fit into the field.
func Cycling(f *Field, values Values) (Source, error) {
	if r, ok := values.(Range); ok && r.To <= f.max() {
		size := r.Len()
		return func(n uint64) uint64 { return r.From + n%size*r.Step }, nil
	}
	room := make([]byte, (f.Bits+7)/8)
	at := (8 - f.Bits%8) % 8
	size := values.Len()
	if size > 1<<16 {
		return nil, fmt.Errorf("%s: at most 65536 values can be cycled through", f.Name)
	}
	all := make([]uint64, size)
	for i := range all {
		if err := f.put(room, at, values.At(uint64(i))); err != nil {
			return nil, err
		}
		all[i] = getBits(room, at, f.Bits)
	}
	if f.Little {
		for i := range all {
			all[i] = reverse(all[i], f.Bits)
		}
	}
	return func(n uint64) uint64 { return all[n%size] }, nil
}

// Random is a source of bits that look random and are the same for a seed (SplitMix64).
func Random(f *Field, seed uint64) Source {
	mask := f.max()
	return func(n uint64) uint64 {
		x := seed + (n+1)*0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		return (x ^ x>>31) & mask
	}
}
