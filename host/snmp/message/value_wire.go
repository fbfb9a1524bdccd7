package message

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"moonwire/host/snmp/ber"
)

// opaqueTag is the first byte of the tags that net-snmp uses inside an Opaque.
const opaqueTag = 0x9f

// read takes a value's contents, which it shares. The note completes a sentence that begins with the value.
func (v *Value) read(tag byte, content []byte) (note string) {
	v.Type = Type(tag)
	ok := true
	switch v.Type {
	case TypeInteger:
		var n int64
		n, note, ok = ber.Int(content)
		if v.n = uint64(n); n < math.MinInt32 || n > math.MaxInt32 {
			note = "has more than 32 bits"
		}
	case TypeCounter32, TypeGauge32, TypeTimeTicks:
		v.n, note, ok = ber.Uint(content, 32)
		if v.n > math.MaxUint32 {
			note = "has more than 32 bits"
		}
	case TypeCounter64:
		v.n, note, ok = ber.Uint(content, 64)
	case TypeIPAddress:
		if ok = len(content) == 4; ok {
			v.n = uint64(binary.BigEndian.Uint32(content))
		} else {
			note = "is no address of 4 bytes"
		}
	case TypeNull, TypeNoSuchObject, TypeNoSuchInstance, TypeEndOfMibView:
		if ok = len(content) == 0; !ok {
			note = "has contents"
		}
	case TypeObjectIdentifier:
		v.b = content
		note, ok = ber.CheckOID(content)
	case TypeOctetString:
		v.b = content
	case TypeOpaque:
		v.readOpaque(content)
	default:
		ok, note = false, "has the unknown type "+v.Type.String()
	}
	if v.bad = !ok; v.bad || note != "" {
		v.b = content
	}
	return note
}

// readOpaque takes the contents of an Opaque, and looks for one of net-snmp's types in it.
func (v *Value) readOpaque(content []byte) {
	v.b = content
	if len(content) < 3 || content[0] != opaqueTag || int(content[2]) != len(content)-3 {
		return
	}
	inner := content[3:]
	t := Type(opaqueTag)<<8 | Type(content[1])
	var n uint64
	var note string
	ok := false
	switch t {
	case TypeOpaqueFloat:
		if ok = len(inner) == 4; ok {
			n = uint64(binary.BigEndian.Uint32(inner))
		}
	case TypeOpaqueDouble:
		if ok = len(inner) == 8; ok {
			n = binary.BigEndian.Uint64(inner)
		}
	case TypeOpaqueInteger64:
		var signed int64
		signed, note, ok = ber.Int(inner)
		n = uint64(signed)
	case TypeOpaqueCounter64, TypeOpaqueUnsigned64:
		n, note, ok = ber.Uint(inner, 64)
	}
	if !ok {
		return
	}
	v.Type, v.n = t, n
	if note == "" {
		v.b = nil
	}
}

// write writes a value. Contents that were read and aren't the shortest form are written as they were.
func (v *Value) write(w *ber.Writer) error {
	tag := byte(v.Type)
	switch {
	case v.Type > math.MaxUint8:
		tag = byte(TypeOpaque)
		if v.b == nil {
			v.writeOpaque(w)
			return nil
		}
	case v.Type == 0 && v.b == nil:
		return errors.New("no value")
	case v.bad && v.b == nil:
		return fmt.Errorf("no %s", v.Type)
	}
	if v.b != nil {
		w.Element(tag, v.b)
		return nil
	}
	switch v.Type {
	case TypeInteger:
		w.Int(tag, int64(v.n))
	case TypeCounter32, TypeGauge32, TypeTimeTicks, TypeCounter64:
		w.Uint(tag, v.n)
	case TypeIPAddress:
		var a [4]byte
		binary.BigEndian.PutUint32(a[:], uint32(v.n))
		w.Element(tag, a[:])
	default:
		w.Element(tag, nil)
	}
	return nil
}

// writeOpaque writes one of the types that net-snmp puts in an Opaque.
func (v *Value) writeOpaque(w *ber.Writer) {
	mark := w.Len()
	tag := byte(v.Type)
	var room [8]byte
	switch v.Type {
	case TypeOpaqueFloat:
		binary.BigEndian.PutUint32(room[:], uint32(v.n))
		w.Element(tag, room[:4])
	case TypeOpaqueDouble:
		binary.BigEndian.PutUint64(room[:], v.n)
		w.Element(tag, room[:])
	case TypeOpaqueInteger64:
		w.Int(tag, int64(v.n))
	default:
		w.Uint(tag, v.n)
	}
	w.Raw([]byte{opaqueTag})
	w.Wrap(byte(TypeOpaque), mark)
}
