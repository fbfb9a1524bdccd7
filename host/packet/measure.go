package packet

import (
	"errors"
	"fmt"
)

// errShort is the reason when a header is longer than what is there.
var errShort = errors.New("cut short")

// measure finds a header at the start of raw: its length, its shape, and the ends of its varying fields when there are
// several.
func (pr *Protocol) measure(raw []byte) (l layer, err error) {
	l.proto = pr
	if pr.Foreign != nil {
		n, err := pr.Measure(Header{proto: pr, raw: raw})
		l.len = int32(n)
		return l, err
	}
	if !pr.whens {
		return pr.measureFixed(raw)
	}
	return pr.measureWalking(raw)
}

// measureFixed measures headers that always have the same fields.
func (pr *Protocol) measureFixed(raw []byte) (l layer, err error) {
	s := pr.shape
	l.proto, l.shape = pr, s
	h := Header{proto: pr, raw: raw, at: s.at}
	switch {
	case s.vars == 0:
		l.len = s.tail
	case s.vars == 1:
		v := pr.vary[0]
		h.here = s.at[v]
		if int(h.here+7)/8 > len(raw) {
			return l, errShort
		}
		n, err := pr.size(v, h, int(s.tail))
		if err != nil {
			return l, err
		}
		l.len = h.here/8 + int32(n) + s.tail
	default:
		return pr.measureWalking(raw)
	}
	if int(l.len) > len(raw) {
		return l, errShort
	}
	return l, nil
}

// measureWalking measures field by field.
func (pr *Protocol) measureWalking(raw []byte) (l layer, err error) {
	l.proto = pr
	h := Header{proto: pr, raw: raw, at: make([]int32, len(pr.Fields))}
	for i := range h.at {
		h.at[i] = -1
	}
	var mask uint64
	vars := 0
	for i := range pr.Fields {
		f := &pr.Fields[i]
		if f.When != "" && !f.open && f.when.eval(h) == 0 || f.open && !pr.long(i, mask, h) {
			continue
		}
		mask |= 1 << i
		h.at[i] = h.here
		if f.Bits != 0 {
			h.here += int32(f.Bits)
			if int(h.here+7)/8 > len(raw) {
				return l, errShort
			}
			continue
		}
		n, err := pr.size(i, h, pr.tailAfter(i))
		if err != nil {
			return l, fmt.Errorf("%s: %w", f.Name, err)
		}
		h.here += int32(n) * 8
		if int(h.here/8) > len(raw) {
			return l, errShort
		}
		l.ext = append(l.ext, h.here/8)
		vars++
	}
	l.shape, l.len = pr.shapeOf(mask), (h.here+7)/8
	if vars == 1 {
		l.ext = nil
	}
	return l, nil
}

// long says whether field i, which only long messages have, is there: fields behind one another with the same
// condition are there together. mask has the fields before it.
func (pr *Protocol) long(i int, mask uint64, h Header) bool {
	if i > 0 && pr.Fields[i-1].When == pr.Fields[i].When {
		return mask>>(i-1)&1 != 0
	}
	return pr.Fields[i].when.eval(h) != 0
}

// tailAfter is the bytes of the fixed fields behind varying field i, which it leaves room for when it takes the rest.
func (pr *Protocol) tailAfter(i int) int {
	bits := 0
	for _, f := range pr.Fields[i+1:] {
		if f.When == "" {
			bits += f.Bits
		}
	}
	return (bits + 7) / 8
}

// size is the width in bytes of varying field i when it begins at h.here: as Size or the Kind say, or all but tail.
func (pr *Protocol) size(i int, h Header, tail int) (int, error) {
	f := &pr.Fields[i]
	rest := h.Rest()
	n := rest - tail
	if f.Pad != 0 {
		n = min(f.padding(h.Offset()), rest)
	} else if f.Size != "" {
		n = int(max(f.size.eval(h), 0))
	} else if m, ok := f.Kind.(Measurer); ok {
		var err error
		if n, err = m.Measure(h); err != nil {
			return 0, err
		}
	}
	if n < 0 || n > rest {
		return 0, errShort
	}
	return n, nil
}
