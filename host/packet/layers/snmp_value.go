package layers

import (
	"errors"
	"fmt"
	"math"
	"net/netip"

	"moonwire/host/packet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// snmpValue is a value with its type; one of an unknown type, or that isn't what its type says, has its tag and its
// bytes. What net-snmp puts in an Opaque stays an Opaque.
func snmpValue(v message.Value) packet.Record {
	if v.Malformed() {
		return packet.Record{{Name: "type", Value: uint64(v.Type)}, {Name: "value", Value: string(v.Raw())}}
	}
	kind := v.Type
	var value packet.Value
	switch kind {
	case message.TypeInteger:
		value = v.Int()
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks:
		if value = v.Uint(); v.Uint() > math.MaxUint32 {
			value = packet.U64(v.Uint())
		}
	case message.TypeCounter64:
		value = packet.U64(v.Uint())
	case message.TypeOctetString:
		value = string(v.Bytes())
	case message.TypeObjectIdentifier:
		value = v.OID().String()
	case message.TypeIPAddress:
		value = v.Addr()
	case message.TypeNull, message.TypeNoSuchObject, message.TypeNoSuchInstance, message.TypeEndOfMibView:
		return packet.Record{{Name: "type", Value: kind.String()}}
	default:
		kind, value = message.TypeOpaque, string(v.Raw())
	}
	return packet.Record{{Name: "type", Value: kind.String()}, {Name: "value", Value: value}}
}

// snmpVars makes the list of variables: {oid="1.3.6.1.2.1.1.5.0", type="OctetString", value="R2"}.
func snmpVars(v packet.Value) ([]message.Var, error) {
	list, ok := v.([]packet.Value)
	if !ok && v != nil {
		return nil, errors.New("list of variables {oid=, type=, value=}")
	}
	vars := make([]message.Var, len(list))
	for i, e := range list {
		rec, ok := e.(packet.Record)
		if !ok {
			return nil, errors.New("list of variables {oid=, type=, value=}")
		}
		if err := onlyParts(rec, part{name: "oid"}, part{name: "type"}, part{name: "value"}); err != nil {
			return nil, err
		}
		name, ok := snmpOID(rec.Get("oid"))
		if !ok {
			return nil, fmt.Errorf("list of variables with an oid as 1.3.6.1.2.1.1.5.0 (not %s)", packet.TextOf(rec.Get("oid")))
		}
		value, err := snmpTyped(rec.Get("type"), rec.Get("value"))
		if err != nil {
			return nil, err
		}
		vars[i] = message.Var{Name: name, Value: value}
	}
	return vars, nil
}

// snmpOID reads an object identifier of two numbers or more.
func snmpOID(v packet.Value) (oid.OID, bool) {
	s, _ := v.(string)
	o, err := oid.Parse(s)
	return o, err == nil && len(o) > 1
}

// snmpTyped makes a value of a type; without one, of the type that such values mostly have.
func snmpTyped(kind, v packet.Value) (message.Value, error) {
	if tag, ok := packet.Hex.Number(kind, 8); ok && tag < 256 {
		b, isBytes := v.(string)
		if !isBytes {
			return message.Value{}, errors.New("list of variables with values of bytes where the type is a number")
		}
		return message.Contents(byte(tag), []byte(b)), nil
	}
	name, _ := kind.(string)
	t, ok := message.TypeNamed(name)
	if kind == nil {
		t, ok = snmpGuess(v), true
	}
	if !ok {
		return message.Value{}, fmt.Errorf("list of variables with types that exist (%s does not)", packet.TextOf(kind))
	}
	value, ok := snmpPut(t, v)
	if !ok {
		return value, fmt.Errorf("list of variables with a value that is of type %s (not %s)", t, packet.TextOf(v))
	}
	return value, nil
}

// snmpPut makes a value of a type.
func snmpPut(t message.Type, v packet.Value) (message.Value, bool) {
	switch t {
	case message.TypeInteger:
		n, ok := snmpInt(v)
		return message.Integer(n), ok
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks:
		n, ok := packet.Hex.Number(v, 64)
		return message.Number(t, n), ok && n <= math.MaxUint32
	case message.TypeCounter64, message.TypeOpaqueCounter64, message.TypeOpaqueUnsigned64:
		n, ok := packet.Hex.Number(v, 64)
		return message.Number(t, n), ok
	case message.TypeOpaqueInteger64:
		n, ok := snmpInt(v)
		return message.Number(t, uint64(n)), ok
	case message.TypeOctetString, message.TypeOpaque:
		s, ok := v.(string)
		return message.Contents(byte(t), []byte(s)), ok
	case message.TypeObjectIdentifier:
		o, ok := snmpOID(v)
		return message.OIDValue(o), ok
	case message.TypeIPAddress:
		b, err := packet.IPv4.Put(nil, v)
		return message.Contents(byte(t), b), err == nil
	case message.TypeOpaqueFloat, message.TypeOpaqueDouble:
		return snmpFloat(t, v)
	}
	return message.Value{Type: t}, v == nil
}

// snmpFloat makes one of net-snmp's floats in an Opaque.
func snmpFloat(t message.Type, v packet.Value) (message.Value, bool) {
	f, ok := v.(float64)
	if n, whole := snmpInt(v); !ok && whole {
		f, ok = float64(n), true
	}
	if t == message.TypeOpaqueFloat {
		return message.Float(float32(f)), ok
	}
	return message.Double(f), ok
}

// snmpInt is v as a signed number.
func snmpInt(v packet.Value) (int64, bool) {
	bits, ok := packet.Signed.Number(v, 64)
	if i, isInt := v.(int); isInt {
		return int64(i), true
	}
	return int64(bits), ok
}

// snmpGuess is the type that a value of Lua mostly means.
func snmpGuess(v packet.Value) message.Type {
	switch v.(type) {
	case nil:
		return message.TypeNull
	case string:
		return message.TypeOctetString
	case netip.Addr:
		return message.TypeIPAddress
	case packet.U64:
		return message.TypeCounter64
	}
	return message.TypeInteger
}
