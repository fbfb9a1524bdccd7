package layers

import (
	"bytes"
	"errors"
	"slices"

	"moonwire/host/packet"
)

// exact refuses what would not be written again as it was read.
func exact(v packet.Value, b []byte, put func([]byte, packet.Value) ([]byte, error)) (packet.Value, error) {
	if again, err := put(nil, v); err != nil || !bytes.Equal(again, b) {
		return nil, errCut
	}
	return v, nil
}

// typesPart is a list of record types in the bitmaps of NSEC records (RFC 4034 section 4.1.2).
func typesPart(name string) part {
	return part{name, []packet.Value{},
		func(in cut) (packet.Value, int, error) {
			list, b := []packet.Value{}, in.rest()
			for rest := b; len(rest) >= 2 && len(rest) >= 2+int(rest[1]); rest = rest[2+int(rest[1]):] {
				for i := range 8 * int(rest[1]) {
					if rest[2+i/8]<<(i%8)&0x80 != 0 {
						list = append(list, uint64(rest[0])<<8|uint64(i))
					}
				}
			}
			v, err := exact(list, b, putTypes)
			return v, in.end, err
		},
		putTypes,
	}
}

// putTypes writes bitmaps of the types, by numbers or names.
func putTypes(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return packet.Bytes.Put(dst, v)
	}
	var types []uint64
	for _, e := range list {
		n, ok := dnsTypes.Number(e, 16)
		if !ok || n > 0xffff {
			return dst, errors.New("list of record types")
		}
		types = append(types, n)
	}
	slices.Sort(types)
	for len(types) > 0 {
		window, n := types[0]>>8, 0
		var bits [32]byte
		for n < len(types) && types[n]>>8 == window {
			bits[types[n]&0xff/8] |= 0x80 >> (types[n] % 8)
			n++
		}
		size := int(types[n-1]&0xff)/8 + 1
		dst = append(append(dst, byte(window), byte(size)), bits[:size]...)
		types = types[n:]
	}
	return dst, nil
}

// ednsOptions names the options of OPT records (IANA, DNS EDNS0 Option Codes).
var ednsOptions = packet.Named(map[uint64]string{
	1: "LLQ", 2: "UL", 3: "NSID", 5: "DAU", 6: "DHU", 7: "N3U", 8: "edns-client-subnet", 9: "EXPIRE", 10: "COOKIE",
	11: "edns-tcp-keepalive", 12: "Padding", 13: "CHAIN", 14: "edns-key-tag", 15: "Extended DNS Error",
})

// optionsPart is options of a code and a length, as those of an OPT record (RFC 6891 section 6.1.2):
// {optcode=10, optdata="…"}.
func optionsPart(name string, names *packet.Enum) part {
	fields := []part{uintPart("optcode", 2, 0, names), longStringPart("optdata")}
	return listPart(part{name, nil,
		func(in cut) (packet.Value, int, error) {
			rec := packet.Record{}
			for _, p := range fields {
				v, next, err := p.get(in)
				if err != nil {
					return nil, 0, err
				}
				rec, in.at = append(rec, packet.Entry{Name: p.name, Value: v}), next
			}
			return rec, in.at, nil
		},
		func(dst []byte, v packet.Value) ([]byte, error) {
			rec, ok := v.(packet.Record)
			if !ok {
				return packet.Bytes.Put(dst, v)
			}
			if err := onlyParts(rec, fields...); err != nil {
				return dst, err
			}
			return writeParts(dst, rec, fields)
		},
	})
}
