package layers

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// mostNested is how deep options may lie in options to be read as such.
const mostNested = 8

// dhcp6List is options in order, as {optcode=3, iaid=1, ianaopts={…}}; the code may be written by name, and options
// without a row in the table have data. What isn't an option is the string of its bytes.
type dhcp6List struct{ depth int }

// Type is a list of tables.
func (dhcp6List) Type() string { return "table[]" }

// Text is the list in Lua's notation, with names of options.
func (dhcp6List) Text(v packet.Value) string { return packet.TextOf(named(v, dhcp6Name)) }

// dhcp6Name is the name of an option's code.
func dhcp6Name(entry string, n uint64) string {
	if r := dhcp6.RowOf(uint16(n)); r != nil && entry == "optcode" {
		return r.IANA()
	}
	return ""
}

// Get reads the options.
func (l dhcp6List) Get(_, b []byte) packet.Value {
	list := []packet.Value{}
	for len(b) > 0 {
		if len(b) < 4 || len(b) < 4+int(bigEndian(b[2:4])) {
			return append(list, string(b))
		}
		n := 4 + int(bigEndian(b[2:4]))
		list = append(list, dhcp6Entry(b[:n], l.depth))
		b = b[n:]
	}
	return list
}

// dhcp6Entry reads one option; what would not be written again as it was read is the string of its bytes.
func dhcp6Entry(b []byte, depth int) packet.Value {
	code := bigEndian(b[:2])
	rec := packet.Record{{Name: "optcode", Value: code}}
	rec, err := readParts(rec, cut{b, 4, len(b), depth}, dhcp6Parts(code))
	if err != nil {
		return string(b)
	}
	if again, err := dhcp6Write(nil, rec); err != nil || !bytes.Equal(again, b) {
		return string(b)
	}
	return rec
}

// dhcp6Parts are the fields of an option's data.
func dhcp6Parts(code uint64) []part {
	if parts, known := dhcp6Tables()[code]; known {
		return parts
	}
	return dhcp6Unknown
}

var dhcp6Unknown = []part{restPart("data")}

// Put writes the options.
func (dhcp6List) Put(dst []byte, v packet.Value) (_ []byte, err error) {
	if s, ok := v.(string); ok {
		return append(dst, s...), nil
	}
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of options {optcode=, …}")
	}
	for _, e := range list {
		switch e := e.(type) {
		case string:
			dst = append(dst, e...)
		case packet.Record:
			if dst, err = dhcp6Write(dst, e); err != nil {
				return dst, err
			}
		default:
			return dst, errors.New("list of options {optcode=, …}")
		}
	}
	return dst, nil
}

// dhcp6Write writes one option. optlen and data, where they are given, are written as they are.
func dhcp6Write(dst []byte, rec packet.Record) ([]byte, error) {
	code, ok := dhcp6Code(rec.Get("optcode"))
	if !ok {
		return dst, fmt.Errorf("list of options with an optcode that exists (%s does not)", packet.TextOf(rec.Get("optcode")))
	}
	parts := dhcp6Parts(code)
	if _, isBytes := rec.Get("data").(string); isBytes && !slices.ContainsFunc(parts, func(p part) bool { return p.name == "data" }) {
		parts = dhcp6Unknown
	}
	if err := onlyParts(rec, slices.Concat([]part{{name: "optcode"}, {name: "optlen"}}, parts)...); err != nil {
		return dst, err
	}
	data, err := writeParts(nil, rec, parts)
	if err != nil {
		return dst, err
	}
	size := rec.Get("optlen")
	if size == nil {
		size = uint64(len(data))
	}
	dst = append(dst, byte(code>>8), byte(code))
	if dst, err = appendNumber(dst, size, 2, nil); err != nil {
		return dst, fmt.Errorf("list of options with an optlen that is a %w", err)
	}
	return append(dst, data...), nil
}

// dhcp6Code is an option's code, from a number or a name.
func dhcp6Code(v packet.Value) (uint64, bool) {
	if n, ok := packet.Hex.Number(v, 16); ok {
		return n, n <= 0xffff
	}
	code, err := dhcp6.CodeOf(v)
	return uint64(code), err == nil
}
