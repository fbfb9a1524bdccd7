package option

import (
	"errors"

	"moonwire/host/packet"
)

// ClientID is a client identifier (RFC 2132 section 9.14, RFC 4361 section 6.1): {type=1, mac="02:00:00:00:00:01"} of a
// hardware type, {type=255, iaid=1, duid="00:03:…"}, or {type=0, id="text"}. Written, it may also be a string: a MAC address
// is one of type 1, other text one of type 0.
var ClientID Kind = clientID{}

const idOfNode = 255 // an IAID and a DUID follow

type clientID struct{}

func (clientID) Type() string {
	return "{type: integer, mac: string}|{type: integer, iaid: integer, duid: string}|{type: integer, id: string}"
}
func (clientID) Size() int { return 0 }

func (clientID) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 2 {
		return nil, 0, errors.New("a client identifier has two bytes or more")
	}
	kind := uint64(b[0])
	rec := packet.Record{{Name: "type", Value: kind}}
	switch {
	case kind == idOfNode && len(b) >= 7:
		return append(rec, packet.Entry{Name: "iaid", Value: bigEndian(b[1:5])}, packet.Entry{Name: "duid", Value: FormatHex(b[5:])}), len(b), nil
	case kind == 0 || kind == idOfNode || len(b) > 21:
		return append(rec, packet.Entry{Name: "id", Value: string(b[1:])}), len(b), nil
	}
	return append(rec, packet.Entry{Name: "mac", Value: FormatHex(b[1:])}), len(b), nil
}

func (clientID) Append(dst []byte, v packet.Value) ([]byte, error) {
	const want = `MAC address, text, or table as {type=1, mac="02:00:00:00:00:01"}, {iaid=1, duid="00:03:…"} or {type=0, id="text"}`
	switch v := v.(type) {
	case string:
		if b, ok := ParseHex(v); ok && len(b) == 6 {
			return append(append(dst, 1), b...), nil
		}
		if v != "" {
			return append(append(dst, 0), v...), nil
		}
	case packet.MAC:
		return append(append(dst, 1), v[:]...), nil
	case packet.Record:
		return appendClientID(dst, v)
	}
	return dst, unexpected(want, v)
}

// appendClientID writes one of the three forms, which its fields tell apart.
func appendClientID(dst []byte, rec packet.Record) ([]byte, error) {
	form, kind := Record(Field{"type", Uint8, uint64(0)}, Field{"id", Bytes, nil}), rec.Get("type")
	switch {
	case rec.Get("mac") != nil:
		form = Record(Field{"type", Uint8, uint64(1)}, Field{"mac", MAC, nil})
	case rec.Get("duid") != nil || rec.Get("iaid") != nil:
		form = Record(Field{"type", Between(1, idOfNode, idOfNode), uint64(idOfNode)}, Field{"iaid", Uint32, nil}, Field{"duid", Hex, nil})
	case kind == nil && rec.Get("id") == nil:
		return dst, errors.New(`field mac, id, or iaid and duid expected`)
	}
	return form.Append(dst, rec)
}
