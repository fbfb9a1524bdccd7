package packet

import "errors"

// encode makes a header from values, and from defaults where there are none; auto, when not nil, are fields of a layer
// before that nobody had set. The values' names are known to exist.
func (pr *Protocol) encode(values Record, auto *uint64) (layer, []byte, error) {
	l := layer{proto: pr}
	h := Header{proto: pr, at: make([]int32, len(pr.Fields))}
	for i := range h.at {
		h.at[i] = -1
	}
	var mask, refused uint64
	for i := range pr.Fields {
		f := &pr.Fields[i]
		v, given := lookup(values, f)
		if f.open && pr.wanted(values, f.When) {
			h.more = maxRest
		}
		if f.When != "" && f.when.eval(h) == 0 {
			if given && v != nil && auto == nil {
				refused |= 1 << i
			}
			continue
		}
		h.more = 0
		mask |= 1 << i
		h.at[i] = h.here
		if !given || v == nil {
			v = f.Default
			l.auto |= 1 << i
		}
		if err := h.encodeField(f, v, &l); err != nil {
			return l, nil, named(err, pr, f)
		}
	}
	if refused != 0 {
		if err := pr.refuse(mask, refused); err != nil {
			return l, nil, err
		}
	}
	l.shape, l.len = pr.shapeOf(mask), int32(len(h.raw))
	if l.shape.vars < 2 {
		l.ext = nil
	}
	return l, h.raw, nil
}

// maxRest stands for bytes that will follow, however many.
const maxRest = 1 << 16

// wanted says whether a field with that condition, which depends on the length of the message, is given: so it is to
// be long enough.
func (pr *Protocol) wanted(values Record, when string) bool {
	for i := range pr.Fields {
		if f := &pr.Fields[i]; f.When == when {
			if v, _ := lookup(values, f); v != nil {
				return true
			}
		}
	}
	return false
}

// refuse says which of the refused fields has a value that no field of the mask took.
func (pr *Protocol) refuse(mask, refused uint64) error {
	for i := range pr.Fields {
		f := &pr.Fields[i]
		if refused>>i&1 != 0 && pr.pick(f.Name, mask) == nil {
			return &Absent{pr.Name + "." + f.Name, f.When}
		}
	}
	return nil
}

// pick finds the field of that name, or of tshark's, that is in the mask; nil when none is.
func (pr *Protocol) pick(name string, mask uint64) *Field {
	f := pr.places[Place(name, namePlaces)]
	if f == nil || f.Name != name {
		f = pr.byName[name]
	}
	for f != nil && mask>>f.index&1 == 0 {
		f = f.other
	}
	return f
}

// lookup finds a field's value under any of its names.
func lookup(values Record, f *Field) (Value, bool) {
	for _, e := range values {
		if e.Name == f.Name || e.Name == f.Wireshark && f.Wireshark != "" {
			return e.Value, true
		}
	}
	return nil, false
}

// encodeField writes one field at the end.
func (h *Header) encodeField(f *Field, v Value, l *layer) error {
	if f.Bits == 0 {
		if f.Pad != 0 && v == nil {
			h.raw = append(h.raw, make([]byte, f.padding(len(h.raw)))...)
		}
		if v != nil {
			raw, err := f.Kind.Put(h.raw, v)
			if err != nil {
				return unfit(err, v)
			}
			h.raw = raw
		}
		h.here = int32(len(h.raw)) * 8
		l.ext = append(l.ext, int32(len(h.raw)))
		return nil
	}
	end := h.here + int32(f.Bits)
	for len(h.raw) < int(end+7)/8 {
		h.raw = append(h.raw, 0)
	}
	if v != nil {
		if err := f.put(h.raw, int(h.here), v); err != nil {
			return err
		}
	}
	h.here = end
	return nil
}

// named puts the field's name into a BadValue.
func named(err error, pr *Protocol, f *Field) error {
	var bad *BadValue
	if errors.As(err, &bad) && bad.Field == "" {
		return &BadValue{pr.Name + "." + f.Name, bad.Want, bad.Got, bad.Within}
	}
	return err
}

// read reads one record at the start of b: all its fields by name. 0 bytes: it is cut short.
func (pr *Protocol) read(b []byte) (Record, int) {
	l, err := pr.measure(b)
	if err != nil || l.len == 0 {
		return nil, 0
	}
	p := &Packet{raw: b, layers: []layer{l}}
	c := Context{p, 0}
	rec := make(Record, 0, len(pr.Fields))
	for i := range pr.Fields {
		if l.shape.has(i) {
			rec = append(rec, Entry{pr.Fields[i].Name, c.value(i)})
		}
	}
	return rec, int(l.len)
}

// compose makes the header of a protocol that is no row of fields.
func (pr *Protocol) compose(values Record) ([]byte, error) {
	if pr.Write == nil {
		return nil, &DecodeOnlyError{pr.Name}
	}
	given := make(Record, 0, len(values))
	for _, e := range values {
		f, err := pr.Field(e.Name)
		if err != nil {
			return nil, err
		}
		if e.Value != nil && e.Value != Auto {
			given = append(given, Entry{f.Name, e.Value})
		}
	}
	return pr.Write(given)
}

// write makes the bytes of one record.
func (pr *Protocol) write(rec Record) ([]byte, error) {
	p := Empty(nil, 1, 0)
	if err := p.Fresh(pr, rec); err != nil {
		return nil, err
	}
	p.Build()
	return p.raw, nil
}
