package packet

// Header is one layer's header while it is read: the bytes, and where the fields found so far stand.
type Header struct {
	proto *Protocol
	raw   []byte  // from the start of the layer to the end of what may belong to it
	at    []int32 // bit offset of each field; -1: not there
	here  int32   // bit offset of the field that is being measured
	layer Context // of a formula: the layer it is computed for
	more  int     // bytes that are known to come behind raw, while a header is made
}

// number reads field i, or the one of its name that is there, as a number; 0 when none is.
func (h Header) number(i int) uint64 {
	if h.layer.p != nil {
		return h.layer.operand(i)
	}
	f := &h.proto.Fields[i]
	for h.at[f.index] < 0 && f.other != nil {
		f = f.other
	}
	at := h.at[f.index]
	if at < 0 || f.Bits == 0 || int(at)+f.Bits > len(h.raw)*8 {
		return 0
	}
	return f.uint(h.raw, int(at))
}

// Number reads an integer field before the present one by name; 0 when it isn't there.
func (h Header) Number(name string) uint64 {
	f, ok := h.proto.byName[name]
	if !ok || f.index >= len(h.at) {
		return 0
	}
	return h.number(f.index)
}

// Bytes is the header from its first byte, and all that follows.
func (h Header) Bytes() []byte { return h.raw }

// Offset is the place in Bytes of the field that is being measured.
func (h Header) Offset() int { return int(h.here) / 8 }

// Ahead begins with the field that is being measured.
func (h Header) Ahead() []byte { return h.raw[h.here/8:] }

// Rest is the number of bytes ahead.
func (h Header) Rest() int { return len(h.raw) - int(h.here)/8 + h.more }
