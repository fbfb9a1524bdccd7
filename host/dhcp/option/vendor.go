package option

import "moonwire/host/packet"

// VendorSpecificInformation is what vendor classes define (RFC 2132 section 8.4): sub-options where the bytes can be such, else a string.
var VendorSpecificInformation Kind = vendorSpecific{}

type vendorSpecific struct{}

func (vendorSpecific) Type() string { return "table[]|string" }
func (vendorSpecific) Size() int    { return 0 }

func (vendorSpecific) Read(b []byte) (packet.Value, int, error) {
	if v, n, err := Suboptions.Read(b); err == nil {
		return v, n, nil
	}
	return Bytes.Read(b)
}

func (vendorSpecific) Append(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		return append(dst, s...), nil
	}
	return Suboptions.Append(dst, v)
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
