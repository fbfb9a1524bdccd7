package layers

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"moonwire/host/packet"
)

// tlsHandshakes is the messages of a handshake record, as {msgtype="client_hello", …}. A message that goes on in the
// next record, or is encrypted, is the string of its bytes.
type tlsHandshakes struct{ tlsData }

// Type is a list of tables.
func (tlsHandshakes) Type() string { return "table[]" }

// Text is the list in Lua's notation, with names of messages and extensions.
func (tlsHandshakes) Text(v packet.Value) string { return packet.TextOf(named(v, tlsName)) }

// tlsName is the name of a message's or an extension's type.
func tlsName(entry string, n uint64) string {
	switch entry {
	case "msgtype":
		return tlsMessages.Names[n]
	case "type":
		return tlsExtensions.Names[n]
	}
	return ""
}

// Get reads the messages.
func (tlsHandshakes) Get(_, b []byte) packet.Value {
	list := []packet.Value{}
	for len(b) > 0 {
		if len(b) < 4 || len(b) < 4+int(bigEndian(b[1:4])) {
			return append(list, string(b))
		}
		n := 4 + int(bigEndian(b[1:4]))
		list = append(list, tlsTyped("msgtype", 1, 3, b[:n], tlsBodies[uint64(b[0])]))
		b = b[n:]
	}
	return list
}

// Put writes the messages.
func (tlsHandshakes) Put(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		return append(dst, s...), nil
	}
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of messages {msgtype=, …}")
	}
	return putTyped(dst, list, "msgtype", 1, 3, tlsMessages, func(kind uint64, _ packet.Record) []part { return tlsBodies[kind] })
}

// tlsTyped reads a type, a length and a body, of those fields; one of an unknown type, or that isn't what its type says, has
// data.
func tlsTyped(name string, typeSize, lenSize int, b []byte, parts []part) packet.Value {
	head := packet.Record{{Name: name, Value: bigEndian(b[:typeSize])}}
	body := b[typeSize+lenSize:]
	if parts != nil {
		rec, err := readParts(slices.Clone(head), cut{body, 0, len(body), 0}, parts)
		if err == nil {
			if again, err := writeParts(nil, rec, parts); err == nil && bytes.Equal(again, body) {
				return rec
			}
		}
	}
	return append(head, packet.Entry{Name: "data", Value: string(body)})
}

// putTyped writes records of a type, a length and a body.
func putTyped(dst []byte, list []packet.Value, name string, typeSize, lenSize int, names *packet.Enum,
	partsOf func(uint64, packet.Record) []part) ([]byte, error) {
	for _, e := range list {
		if s, ok := e.(string); ok {
			dst = append(dst, s...)
			continue
		}
		rec, ok := e.(packet.Record)
		kind, known := names.Number(rec.Get(name), 8*typeSize)
		if !ok || !known {
			return dst, fmt.Errorf("list of records with a %s", name)
		}
		parts := partsOf(kind, rec)
		if parts == nil || rec.Get("data") != nil {
			parts = tlsPlain
		}
		if err := onlyParts(rec, slices.Concat([]part{{name: name}}, parts)...); err != nil {
			return dst, err
		}
		body, err := writeParts(nil, rec, parts)
		if err != nil {
			return dst, err
		}
		if dst, err = appendNumber(dst, kind, typeSize, nil); err != nil {
			return dst, fmt.Errorf("list of records with a %s that is a %w", name, err)
		}
		if dst, err = appendNumber(dst, uint64(len(body)), lenSize, nil); err != nil {
			return dst, errors.New("list of records that are not too long")
		}
		dst = append(dst, body...)
	}
	return dst, nil
}

var tlsPlain = []part{restPart("data")}

// tlsBodies are the fields of messages (RFC 8446 section 4, RFC 5246 section 7.4).
var tlsBodies = map[uint64][]part{
	1: {uintPart("version", 2, 0x303, tlsVersions), bytesPart("random", 32), stringPart("sid"),
		vector(2, listPart(uintPart("ciphers", 2, 0, nil))), compressions, extensionsPart("ext")},
	2: {uintPart("version", 2, 0x303, tlsVersions), bytesPart("random", 32), stringPart("sid"),
		uintPart("cipher", 2, 0, nil), uintPart("comp", 1, 0, nil), extensionsPart("ext")},
	11: {vector(3, listPart(countedPart("certs", 3)))},
	14: {},
}

// compressions are compression methods: none but the one that does nothing.
var compressions = func() part {
	p := vector(1, listPart(uintPart("comp", 1, 0, nil)))
	p.fresh = []packet.Value{uint64(0)}
	return p
}()

// vector is a part behind its length in so many bytes.
func vector(size int, inner part) part {
	return part{inner.name, inner.fresh,
		func(in cut) (packet.Value, int, error) {
			b, next, err := counted(in, size)
			if err != nil {
				return nil, 0, err
			}
			from := next - len(b.(string))
			v, _, err := inner.get(cut{in.msg, from, next, in.depth})
			return v, next, err
		},
		func(dst []byte, v packet.Value) ([]byte, error) {
			b, err := inner.put(nil, v)
			if err != nil {
				return dst, err
			}
			return appendCounted(dst, string(b), size)
		},
	}
}

// extensionsPart is extensions behind their length, or nothing at all (RFC 8446 section 4.2).
func extensionsPart(name string) part {
	return part{name, nil,
		func(in cut) (packet.Value, int, error) {
			if in.at == in.end {
				return nil, in.end, nil
			}
			b, next, err := counted(in, 2)
			if err != nil {
				return nil, 0, err
			}
			list, rest := []packet.Value{}, []byte(b.(string))
			for len(rest) > 0 {
				if len(rest) < 4 || len(rest) < 4+int(bigEndian(rest[2:4])) {
					return nil, 0, errCut
				}
				n := 4 + int(bigEndian(rest[2:4]))
				list = append(list, tlsTyped("type", 2, 2, rest[:n], extensionParts(bigEndian(rest[:2]), n-4 == 2)))
				rest = rest[n:]
			}
			return list, next, nil
		},
		func(dst []byte, v packet.Value) ([]byte, error) {
			list, ok := v.([]packet.Value)
			if v == nil {
				return dst, nil
			} else if !ok {
				return dst, errors.New("list of extensions {type=, …}")
			}
			b, err := putTyped(nil, list, "type", 2, 2, tlsExtensions, func(kind uint64, rec packet.Record) []part {
				return extensionParts(kind, rec.Get("version") != nil)
			})
			if err != nil {
				return dst, err
			}
			return appendCounted(dst, string(b), 2)
		},
	}
}

// extensionParts are the fields of an extension. A server chooses one version where a client lists several.
func extensionParts(kind uint64, chosen bool) []part {
	if kind == 43 && chosen {
		return []part{uintPart("version", 2, 0x304, tlsVersions)}
	}
	return tlsExtensionParts[kind]
}

var tlsExtensionParts = map[uint64][]part{
	0:  {vector(2, listPart(serverName("servernames")))},                   // RFC 6066 section 3
	10: {vector(2, listPart(uintPart("groups", 2, 0, nil)))},               // RFC 8422
	11: {vector(1, listPart(uintPart("ecpl", 1, 0, nil)))},                 // RFC 8422
	13: {vector(2, listPart(uintPart("sig_algs", 2, 0, nil)))},             // RFC 8446
	16: {vector(2, listPart(stringPart("protocols")))},                     // RFC 7301
	43: {vector(1, listPart(uintPart("versions", 2, 0x304, tlsVersions)))}, // RFC 8446
}

// serverName is a host's name behind its kind and its length.
func serverName(name string) part {
	text := longStringPart(name)
	return part{name, "",
		func(in cut) (packet.Value, int, error) {
			if in.at >= in.end || in.msg[in.at] != 0 {
				return nil, 0, errCut
			}
			in.at++
			return text.get(in)
		},
		func(dst []byte, v packet.Value) ([]byte, error) { return text.put(append(dst, 0), v) },
	}
}
