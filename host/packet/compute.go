package packet

import "encoding/binary"

// What Field.Auto is made of.

// Bound is the value of the field that the protocol of the next layer is bound to; else the field's default.
func Bound(field string) func(Context) uint64 {
	return func(c Context) uint64 {
		f := c.Protocol().byName[field]
		if n := c.i + 1; n < len(c.p.layers) {
			if v, ok := c.p.reg.overload(c.Protocol(), field, c.p.layers[n].proto); ok {
				return v
			}
		}
		v, _ := f.number(f.Default)
		return v
	}
}

// HeaderLen is the header's length in units of so many bytes.
func HeaderLen(unit uint64) func(Context) uint64 {
	return func(c Context) uint64 { return (uint64(c.p.layers[c.i].len) + unit - 1) / unit }
}

// TotalLen is the length of header and payload in bytes.
func TotalLen(c Context) uint64 { return uint64(len(c.Whole())) }

// PayloadLen is the length of the payload in bytes.
func PayloadLen(c Context) uint64 { return uint64(len(c.Payload())) }

// FieldLen is the length in bytes of a varying field of the same layer.
func FieldLen(name string) func(Context) uint64 {
	return func(c Context) uint64 {
		f := c.pick(name)
		if f == nil {
			return 0
		}
		_, width, _ := c.Span(f)
		return uint64(width / 8)
	}
}

// CountOf is the number of entries in a list of the same layer.
func CountOf(name string) func(Context) uint64 {
	return func(c Context) uint64 {
		f := c.pick(name)
		if f == nil {
			return 0
		}
		list, _ := c.value(f.index).([]Value)
		return uint64(len(list))
	}
}

// HeaderChecksum is the Internet checksum over the header (RFC 1071).
func HeaderChecksum(c Context) uint64 { return uint64(^Fold(Sum(c.Header(), 0))) }

// WholeChecksum is the Internet checksum over header and payload.
func WholeChecksum(c Context) uint64 { return uint64(^Fold(Sum(c.Whole(), 0))) }

// PseudoChecksum is the Internet checksum over header, payload and the pseudo header of the IP layer below (RFC 793
// section 3.1, RFC 8200 section 8.1); without an IP layer, as WholeChecksum.
func PseudoChecksum(proto uint8) func(Context) uint64 {
	return func(c Context) uint64 {
		whole := c.Whole()
		return uint64(^Fold(Sum(whole, c.pseudo(proto, len(whole)))))
	}
}

// PseudoOf is PseudoChecksum for a protocol that an IP layer's field is bound to.
func PseudoOf(c Context) uint64 {
	var proto uint64
	if lower, ok := c.Lower(); ok {
		for _, field := range lower.Protocol().Select {
			if n, bound := c.p.reg.overload(lower.Protocol(), field, c.Protocol()); bound {
				proto = n
			}
		}
	}
	return PseudoChecksum(uint8(proto))(c)
}

// A PseudoHeader is what a network protocol adds to the checksums of those above it.
type PseudoHeader func(c Context) (addresses []byte)

// pseudo sums the pseudo header for an upper protocol: addresses, protocol, length.
func (c Context) pseudo(proto uint8, length int) uint64 {
	for i := c.i - 1; i >= 0; i-- {
		if f := c.p.layers[i].proto.Pseudo; f != nil {
			return Sum(f(Context{c.p, i}), uint64(proto)+uint64(length)&0xffff+uint64(length)>>16)
		}
	}
	return 0
}

// Sum adds b to a one's complement sum of 16-bit words; odd bytes are padded with zero.
func Sum(b []byte, sum uint64) uint64 {
	for len(b) >= 8 {
		n := binary.BigEndian.Uint64(b)
		sum += n>>32 + n&0xffffffff
		b = b[8:]
	}
	for len(b) >= 2 {
		sum += uint64(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		sum += uint64(b[0]) << 8
	}
	return sum
}

// Fold makes 16 bits of a sum.
func Fold(sum uint64) uint16 {
	sum = sum>>32 + sum&0xffffffff
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return uint16(sum)
}
