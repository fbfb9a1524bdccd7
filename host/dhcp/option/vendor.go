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

// VendorClasses are classes of vendors by their enterprise numbers (RFC 3925 section 3): {enterprise=9, classes={"a", "b"}}.
var VendorClasses = List(Record(
	Field{"enterprise", Uint32, nil},
	Field{"classes", Counted(1, ListOrNone(Counted(1, Bytes))), []packet.Value{}}))

// VendorOptions are sub-options of vendors by their enterprise numbers (RFC 3925 section 4): {enterprise=9, options={{code=1,
// data="bytes"}}}.
var VendorOptions = List(Record(
	Field{"enterprise", Uint32, nil},
	Field{"options", Counted(1, ListOrNone(Record(Field{"code", Uint8, nil}, Field{"data", Counted(1, Bytes), ""}))), []packet.Value{}}))
