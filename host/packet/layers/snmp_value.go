package layers

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"moonwire/host/packet"
)

// An snmpType is one type of values (RFC 2578 section 7.1, RFC 3416 section 3).
type snmpType struct {
	tag  byte
	name string
	read func(b []byte) (packet.Value, bool)
	put  func(v packet.Value) ([]byte, bool)
}

// snmpTypes lists them. The last three are exceptions, without a value.
var snmpTypes = []snmpType{
	{berInteger, "Integer", readInt, putInt},
	{berString, "OctetString", readBytes, putBytes},
	{berNull, "Null", readNothing, putNothing},
	{berOID, "ObjectIdentifier", readOID, putOID},
	{0x40, "IpAddress", readAddress, putAddress},
	{0x41, "Counter32", readUint, putUint32},
	{0x42, "Gauge32", readUint, putUint32},
	{0x43, "TimeTicks", readUint, putUint32},
	{0x44, "Opaque", readBytes, putBytes},
	{0x46, "Counter64", readU64, putUint64},
	{0x80, "NoSuchObject", readNothing, putNothing},
	{0x81, "NoSuchInstance", readNothing, putNothing},
	{0x82, "EndOfMibView", readNothing, putNothing},
}

// snmpOther are other names of types: those of ASN.1, and those that are other words for the same.
var snmpOther = map[string]string{
	"string": "octetstring", "oid": "objectidentifier", "integer32": "integer", "unsigned32": "gauge32", "counter": "counter32",
	"gauge": "gauge32", "bits": "octetstring",
}

func readInt(b []byte) (packet.Value, bool) { n, ok := berInt(b); return n, ok }

func readUint(b []byte) (packet.Value, bool) {
	n, ok := berUint(b)
	if ok && n > 0xffffffff {
		return packet.U64(n), true
	}
	return n, ok
}

func readU64(b []byte) (packet.Value, bool)     { n, ok := berUint(b); return packet.U64(n), ok }
func readBytes(b []byte) (packet.Value, bool)   { return string(b), true }
func readNothing(b []byte) (packet.Value, bool) { return nil, len(b) == 0 }
func readOID(b []byte) (packet.Value, bool)     { s, ok := berOIDText(b); return s, ok }

func readAddress(b []byte) (packet.Value, bool) {
	if len(b) != 4 {
		return nil, false
	}
	return netip.AddrFrom4([4]byte(b)), true
}

func putInt(v packet.Value) ([]byte, bool) {
	n, ok := snmpInt(v)
	return berIntContent(n), ok
}

// snmpInt is v as a signed number.
func snmpInt(v packet.Value) (int64, bool) {
	bits, ok := packet.Signed.Number(v, 64)
	if i, isInt := v.(int); isInt {
		return int64(i), true
	}
	return int64(bits), ok
}

func putUint32(v packet.Value) ([]byte, bool) {
	n, ok := packet.Hex.Number(v, 64)
	return berUintContent(n), ok && n <= 0xffffffff
}

func putUint64(v packet.Value) ([]byte, bool) {
	n, ok := packet.Hex.Number(v, 64)
	return berUintContent(n), ok
}

func putBytes(v packet.Value) ([]byte, bool)   { s, ok := v.(string); return []byte(s), ok }
func putNothing(v packet.Value) ([]byte, bool) { return nil, v == nil }

func putOID(v packet.Value) ([]byte, bool) {
	s, _ := v.(string)
	return berOIDContent(s)
}

func putAddress(v packet.Value) ([]byte, bool) {
	b, err := packet.IPv4.Put(nil, v)
	return b, err == nil
}

// snmpTypeOf finds a type by its name.
func snmpTypeOf(name string) *snmpType {
	name = strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(name))
	if other, ok := snmpOther[name]; ok {
		name = other
	}
	for i := range snmpTypes {
		if strings.ToLower(snmpTypes[i].name) == name {
			return &snmpTypes[i]
		}
	}
	return nil
}

// snmpVarbinds reads the list of variables: {oid="1.3.6.1.2.1.1.5.0", type="OctetString", value="R2"}.
func snmpVarbinds(r *berReader, fault *error) packet.Value {
	list := []packet.Value{}
	for r.err == nil && len(r.b) > 0 {
		bind := r.inside(berSequence, "variable")
		oid, ok := berOIDText(bind.take(berOID, "object identifier"))
		tag, content := bind.next()
		if r.err = bind.err; r.err == nil && (!ok || len(bind.b) > 0) {
			r.err = errors.New("a variable is no object identifier and a value")
		}
		rec := packet.Record{{Name: "oid", Value: oid}}
		if r.err == nil {
			list = append(list, append(rec, snmpRead(tag, content)...))
		}
	}
	*fault = r.err
	return list
}

// snmpRead reads a value; one of an unknown type, or that isn't what its type says, has its tag and its bytes.
func snmpRead(tag byte, content []byte) packet.Record {
	for _, t := range snmpTypes {
		if v, ok := t.read(content); t.tag == tag && ok {
			rec := packet.Record{{Name: "type", Value: t.name}}
			if v != nil {
				rec = append(rec, packet.Entry{Name: "value", Value: v})
			}
			return rec
		}
	}
	return packet.Record{{Name: "type", Value: uint64(tag)}, {Name: "value", Value: string(content)}}
}

// snmpPutVarbinds writes the list of variables.
func snmpPutVarbinds(v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok && v != nil {
		return nil, errors.New("list of variables {oid=, type=, value=}")
	}
	var all []byte
	for _, e := range list {
		rec, ok := e.(packet.Record)
		if !ok {
			return nil, errors.New("list of variables {oid=, type=, value=}")
		}
		if err := onlyParts(rec, part{name: "oid"}, part{name: "type"}, part{name: "value"}); err != nil {
			return nil, err
		}
		oid, ok := putOID(rec.Get("oid"))
		if !ok {
			return nil, fmt.Errorf("list of variables with an oid as 1.3.6.1.2.1.1.5.0 (not %s)", packet.TextOf(rec.Get("oid")))
		}
		value, err := snmpPut(rec.Get("type"), rec.Get("value"))
		if err != nil {
			return nil, err
		}
		all = append(all, berValue(berSequence, berValue(berOID, oid), value)...)
	}
	return berValue(berSequence, all), nil
}

// snmpPut writes a value of a type; without one, of the type that such values mostly have.
func snmpPut(kind, v packet.Value) ([]byte, error) {
	if tag, ok := packet.Hex.Number(kind, 8); ok && tag < 256 {
		b, isBytes := putBytes(v)
		if !isBytes {
			return nil, errors.New("list of variables with values of bytes where the type is a number")
		}
		return berValue(byte(tag), b), nil
	}
	name, _ := kind.(string)
	if kind == nil {
		name = snmpGuess(v)
	}
	t := snmpTypeOf(name)
	if t == nil {
		return nil, fmt.Errorf("list of variables with types that exist (%s does not)", packet.TextOf(kind))
	}
	b, ok := t.put(v)
	if !ok {
		return nil, fmt.Errorf("list of variables with a value that is of type %s (not %s)", t.name, packet.TextOf(v))
	}
	return berValue(t.tag, b), nil
}

// snmpGuess is the type that a value of Lua mostly means.
func snmpGuess(v packet.Value) string {
	switch v.(type) {
	case nil:
		return "Null"
	case string:
		return "OctetString"
	case netip.Addr:
		return "IpAddress"
	case packet.U64:
		return "Counter64"
	}
	return "Integer"
}
