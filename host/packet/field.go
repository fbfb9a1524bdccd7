package packet

// A Field is one row of a Protocol's table.
type Field struct {
	Name string
	Doc  string // one line, with the unit
	// Wireshark is tshark's display name for the same value, which is an alias: ip.hdr_len. Leave it out where tshark
	// shows something else (another unit, another base).
	Wireshark string

	// Bits is the width of a field of fixed width. Fields of whole bytes may be of any Kind; others are integers,
	// the most significant bit first. 0: the width varies, and Size, the Kind, or the end of the header decides.
	Bits   int
	Little bool // an integer whose least significant byte comes first (16, 32 or 64 bits)
	Kind   Kind // nil: an unsigned integer
	// Size is an expression for the width in bytes of a varying field when a packet is read. See Expr for the language.
	Size string
	// When is an expression: the field is there only when it is not zero. With rest in it, giving the field to a fresh
	// layer makes the message that long. Several fields may have one name when each has
	// a When: one value that has another width or Kind in another version of the header.
	When string
	// Pad makes a varying field of zeros up to a multiple of so many bytes from the start of the header.
	Pad int

	Default Value // of a fresh layer; nil: zeros, or nothing in a varying field
	// Auto computes an integer field that nobody set, of fixed width or of a Kind that takes numbers. Fields with Auto,
	// Fill, Suit or Pad are automatic: packet.auto gives them back.
	Auto func(c Context) uint64
	// Formula is an expression that makes Auto: over the integer fields of the layer, total (the bytes of header and
	// payload), header, payload, size(f), the bytes of field f, and count(f), the entries of a list.
	Formula string
	// Late marks an Auto that needs all other fields of its layer: a checksum.
	Late bool
	// NeverZero marks a checksum whose 0 is sent as all ones, because 0 says that there is none.
	NeverZero bool
	// Fill marks a field that the sender fills in when nobody set it (a source address); the build leaves the default.
	Fill bool
	// Suit is the value that suits what follows where the default of an unset field does not, as the hop limit of neighbour
	// discovery; nil keeps the default. It goes by what is set, before anything is computed, and is asked only when the
	// next layer is of a Particular protocol.
	Suit func(c Context) Value

	index   int  // in the table
	plain   bool // reading gives a number of at most 53 bits
	size    Expr // compiled
	when    Expr
	control bool   // some When reads it
	open    bool   // its When reads rest: it is there in long messages
	other   *Field // the next one of the same name
}

// automatic says whether the field is computed when unset.
func (f *Field) automatic() bool { return f.Auto != nil || f.Fill || f.Suit != nil || f.Pad != 0 }

// padding is the width of a Pad field at that offset.
func (f *Field) padding(offset int) int { return (f.Pad - offset%f.Pad) % f.Pad }

// integer says whether the field's bits are a number.
func (f *Field) integer() bool {
	if f.Kind == nil {
		return true
	}
	_, ok := f.Kind.(Integer)
	return ok
}

// plainly says whether reading gives a number of at most 53 bits.
func (f *Field) plainly() bool {
	if f.Bits == 0 || f.Bits > 53 {
		return false
	}
	switch f.Kind.(type) {
	case nil, *Enum, hexKind:
		return true
	}
	return false
}

// max is the largest number that fits.
func (f *Field) max() uint64 {
	if f.Bits >= 64 {
		return 1<<64 - 1
	}
	return 1<<f.Bits - 1
}

// Type is the field's type in LuaLS notation.
func (f *Field) Type() string {
	switch {
	case f.Kind != nil:
		return f.Kind.Type()
	case f.Bits > 53:
		return "u64"
	}
	return "integer"
}

// Index is the field's place in its protocol's table, from 0.
func (f *Field) Index() int { return f.index }
