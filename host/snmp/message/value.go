package message

import (
	"bytes"
	"encoding/binary"
	"math"
	"net/netip"

	"moonwire/host/snmp/ber"
	"moonwire/host/snmp/oid"
)

// A Value is what a variable holds. The zero Value has no type and can't be encoded.
type Value struct {
	Type Type
	bad  bool   // the contents aren't what the type says
	n    uint64 // numbers, addresses, and the bits of floats
	b    []byte // contents of the other types; also those of a number that is encoded in its own way
}

// The values without contents.
var (
	Null           = Value{Type: TypeNull}
	NoSuchObject   = Value{Type: TypeNoSuchObject}
	NoSuchInstance = Value{Type: TypeNoSuchInstance}
	EndOfMibView   = Value{Type: TypeEndOfMibView}
)

// Integer makes an Integer32. One of more than 32 bits is written as it is.
func Integer(n int64) Value { return Value{Type: TypeInteger, n: uint64(n)} }

// String makes an OctetString that shares b.
func String(b []byte) Value { return Value{Type: TypeOctetString, b: b} }

// Text makes an OctetString.
func Text(s string) Value { return Value{Type: TypeOctetString, b: []byte(s)} }

// OIDValue makes an ObjectIdentifier. One that oid.Check refuses can't be encoded.
func OIDValue(o oid.OID) Value {
	if o.Check() != nil {
		return Value{Type: TypeObjectIdentifier, bad: true}
	}
	var w ber.Writer
	w.Arcs(o)
	return Value{Type: TypeObjectIdentifier, b: w.Bytes()}
}

// IPAddress makes an IpAddress. It has room for version 4 only: another address can't be encoded.
func IPAddress(a netip.Addr) Value {
	a = a.Unmap()
	if !a.Is4() {
		return Value{Type: TypeIPAddress, bad: true}
	}
	v4 := a.As4()
	return Value{Type: TypeIPAddress, n: uint64(binary.BigEndian.Uint32(v4[:]))}
}

// Counter32 makes a Counter32.
func Counter32(n uint32) Value { return Value{Type: TypeCounter32, n: uint64(n)} }

// Gauge32 makes a Gauge32, which Unsigned32 is too.
func Gauge32(n uint32) Value { return Value{Type: TypeGauge32, n: uint64(n)} }

// TimeTicks makes TimeTicks, in hundredths of a second.
func TimeTicks(n uint32) Value { return Value{Type: TypeTimeTicks, n: uint64(n)} }

// Opaque makes an Opaque that shares b.
func Opaque(b []byte) Value { return Value{Type: TypeOpaque, b: b} }

// Counter64 makes a Counter64.
func Counter64(n uint64) Value { return Value{Type: TypeCounter64, n: n} }

// Float makes net-snmp's Opaque with a float.
func Float(f float32) Value { return Value{Type: TypeOpaqueFloat, n: uint64(math.Float32bits(f))} }

// Double makes net-snmp's Opaque with a double.
func Double(f float64) Value { return Value{Type: TypeOpaqueDouble, n: math.Float64bits(f)} }

// Number makes a value of a type that holds a whole number, from its low 64 bits.
func Number(t Type, n uint64) Value { return Value{Type: t, n: n} }

// Contents makes a value of any tag with contents that nobody checks: for what no constructor makes.
func Contents(tag byte, b []byte) Value {
	var v Value
	v.read(tag, b)
	return v
}

// Int is a number with its sign; 0 where there is none.
func (v Value) Int() int64 {
	if !v.Type.numeric() {
		return 0
	}
	return int64(v.n)
}

// Uint is a number without sign; 0 where there is none.
func (v Value) Uint() uint64 { return uint64(v.Int()) }

// Float is net-snmp's float or double; 0 where there is none.
func (v Value) Float() float64 {
	switch v.Type {
	case TypeOpaqueFloat:
		return float64(math.Float32frombits(uint32(v.n)))
	case TypeOpaqueDouble:
		return math.Float64frombits(v.n)
	}
	return 0
}

// Addr is an IpAddress; not valid where there is none.
func (v Value) Addr() netip.Addr {
	if v.Type != TypeIPAddress || v.bad {
		return netip.Addr{}
	}
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(v.n))))
}

// OID is an object identifier; nil where there is none.
func (v Value) OID() oid.OID {
	if v.Type != TypeObjectIdentifier || v.bad {
		return nil
	}
	arcs, _, _ := ber.AppendOID(make(oid.OID, 0, len(v.b)+1), v.b)
	return arcs
}

// Bytes are the contents of an OctetString, an Opaque, an IpAddress or a value that isn't what its type says.
func (v Value) Bytes() []byte {
	if v.b != nil || v.Type == TypeOctetString || v.Type == TypeOpaque {
		return v.b
	}
	return v.Raw()
}

// Raw are the contents as they stand on the wire, behind tag and length.
func (v Value) Raw() []byte {
	if v.b != nil {
		return v.b
	}
	var w ber.Writer
	if v.write(&w) != nil {
		return nil
	}
	r := ber.NewReader(w.Bytes(), nil)
	_, content := r.Next("value")
	return content
}

// Malformed says whether the contents aren't what the type says, or the type is unknown.
func (v Value) Malformed() bool { return v.bad }

// Equal says whether both have the same type and the same contents.
func (v Value) Equal(other Value) bool {
	return v.Type == other.Type && v.n == other.n && bytes.Equal(v.b, other.b)
}

// Clone makes a value that shares nothing with the message it comes from.
func (v Value) Clone() Value {
	v.b = bytes.Clone(v.b)
	return v
}

// numeric says whether a type holds a whole number.
func (t Type) numeric() bool {
	switch t {
	case TypeInteger, TypeCounter32, TypeGauge32, TypeTimeTicks, TypeCounter64, TypeOpaqueCounter64, TypeOpaqueInteger64,
		TypeOpaqueUnsigned64:
		return true
	}
	return false
}
