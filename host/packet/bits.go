package packet

import "encoding/binary"

// getBits reads width bits from b at bit offset at, the most significant first.
func getBits(b []byte, at, width int) uint64 {
	if at&7 == 0 {
		switch width {
		case 8:
			return uint64(b[at>>3])
		case 16:
			return uint64(binary.BigEndian.Uint16(b[at>>3:]))
		case 32:
			return uint64(binary.BigEndian.Uint32(b[at>>3:]))
		case 64:
			return binary.BigEndian.Uint64(b[at>>3:])
		}
	}
	var n uint64
	for width > 0 {
		room := 8 - at&7
		take := min(room, width)
		n = n<<take | uint64(b[at>>3]>>(room-take))&(1<<take-1)
		at, width = at+take, width-take
	}
	return n
}

// setBits writes the lowest width bits of n into b at bit offset at.
func setBits(b []byte, at, width int, n uint64) {
	if at&7 == 0 {
		switch width {
		case 8:
			b[at>>3] = byte(n)
			return
		case 16:
			binary.BigEndian.PutUint16(b[at>>3:], uint16(n))
			return
		case 32:
			binary.BigEndian.PutUint32(b[at>>3:], uint32(n))
			return
		case 64:
			binary.BigEndian.PutUint64(b[at>>3:], n)
			return
		}
	}
	for width > 0 {
		room := 8 - at&7
		take := min(room, width)
		shift := room - take
		mask := byte(1<<take-1) << shift
		b[at>>3] = b[at>>3]&^mask | byte(n>>(width-take))<<shift&mask
		at, width = at+take, width-take
	}
}

// reverse turns round the bytes of a number of that many bits.
func reverse(n uint64, bits int) uint64 {
	var r uint64
	for i := 0; i < bits; i += 8 {
		r = r<<8 | n>>i&0xff
	}
	return r
}

// uint reads the field's number at bit offset at of b.
func (f *Field) uint(b []byte, at int) uint64 {
	n := getBits(b, at, f.Bits)
	if f.Little {
		n = reverse(n, f.Bits)
	}
	return n
}

// setUint writes it.
func (f *Field) setUint(b []byte, at int, n uint64) {
	if f.Little {
		n = reverse(n, f.Bits)
	}
	setBits(b, at, f.Bits, n)
}

// value reads a field of fixed width at bit offset at of b.
func (f *Field) value(header, b []byte, at int) Value {
	switch k := f.Kind.(type) {
	case nil:
		return plain(f.uint(b, at), f.Bits)
	case Integer:
		return k.Value(f.uint(b, at), f.Bits)
	}
	return f.Kind.Get(header, b[at/8:(at+f.Bits)/8])
}

// number is v as the field's number, from a number or a name.
func (f *Field) number(v Value) (uint64, bool) {
	if k, ok := f.Kind.(Integer); ok {
		n, ok := k.Number(v, f.Bits)
		return n, ok && n <= f.max()
	}
	n, ok := numeral(v)
	return n, ok && n <= f.max()
}

// put writes v into a field of fixed width at bit offset at of b.
func (f *Field) put(b []byte, at int, v Value) error {
	if f.integer() {
		n, ok := f.number(v)
		if !ok {
			return &BadValue{Want: f.want(), Got: describe(v)}
		}
		f.setUint(b, at, n)
		return nil
	}
	lo, hi := at/8, (at+f.Bits)/8
	var room [32]byte
	raw, err := f.Kind.Put(room[:0], v)
	if err != nil {
		return unfit(err, v)
	}
	if len(raw) > hi-lo {
		return &BadValue{Want: sizeText(hi - lo), Got: describe(v)}
	}
	clear(b[lo+copy(b[lo:hi], raw) : hi])
	return nil
}

// want says what an integer field takes.
func (f *Field) want() string {
	text := "0 to " + plainText(f.max())
	switch k := f.Kind.(type) {
	case signedKind:
		text = "-" + plainText(1<<(f.Bits-1)) + " to " + plainText(1<<(f.Bits-1)-1)
	case *Flags:
		return text + " or " + k.Want()
	case *Enum:
		return text + " or a name"
	}
	return text
}
