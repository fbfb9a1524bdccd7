package option

import "moonwire/host/packet"

// Maybe is a value of a kind where the bytes are one, else the bytes as a string: of options whose meaning vendors choose.
func Maybe(k Kind) Kind { return maybe{k} }

type maybe struct{ Kind }

func (k maybe) Type() string { return k.Kind.Type() + "|string" }

func (k maybe) Read(b []byte) (packet.Value, int, error) {
	if v, err := Decode(k.Kind, b); err == nil {
		return v, len(b), nil
	}
	return Bytes.Read(b)
}

func (k maybe) Append(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		if b, err := k.Kind.Append(dst, v); err == nil {
			return b, nil
		}
		return append(dst, s...), nil
	}
	return k.Kind.Append(dst, v)
}

// VendorClasses are classes of vendors by their enterprise numbers (RFC 3925 section 3): {enterprise=9, classes={"a", "b"}}, or
// {enterprise=9, data="bytes"} where the bytes are no classes.
var VendorClasses = List(vendorBlock{"classes", ListOrNone(Counted(1, Bytes))})

// VendorOptions are sub-options of vendors by their enterprise numbers (RFC 3925 section 4): {enterprise=9, options={{code=1,
// data="bytes"}}}, or {enterprise=9, data="bytes"} where the bytes are no options.
var VendorOptions = List(vendorBlock{"options", ListOrNone(Record(
	Field{"code", Uint8, nil},
	Field{"data", Counted(1, Bytes), ""}))})

// A vendorBlock is what one vendor says, behind its number.
type vendorBlock struct {
	name string
	of   Kind
}

func (k vendorBlock) Type() string {
	return "{enterprise: integer, " + k.name + ": " + k.of.Type() + "}"
}
func (vendorBlock) Size() int { return 0 }

// opaque is a block whose inside is not known.
var opaque = Record(Field{"enterprise", Uint32, nil}, Field{"data", Counted(1, Bytes), ""})

// known is a block whose inside is as it should be.
func (k vendorBlock) known() Kind {
	return Record(Field{"enterprise", Uint32, nil}, Field{k.name, Counted(1, k.of), []packet.Value{}})
}

func (k vendorBlock) Read(b []byte) (packet.Value, int, error) {
	if v, n, err := k.known().Read(b); err == nil {
		return v, n, nil
	}
	return opaque.Read(b)
}

func (k vendorBlock) Append(dst []byte, v packet.Value) ([]byte, error) {
	if rec, ok := v.(packet.Record); ok && rec.Get("data") != nil {
		return opaque.Append(dst, v)
	}
	return k.known().Append(dst, v)
}
