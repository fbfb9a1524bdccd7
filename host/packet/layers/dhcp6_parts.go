package layers

import (
	"bytes"
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// bytesPart is so many bytes; fewer are filled up with zeros.
func bytesPart(name string, size int) part {
	return part{name, "",
		func(in cut) (packet.Value, int, error) {
			if in.at+size > in.end {
				return nil, 0, errCut
			}
			return string(in.msg[in.at : in.at+size]), in.at + size, nil
		},
		func(dst []byte, v packet.Value) ([]byte, error) {
			s, ok := v.(string)
			if !ok || len(s) > size {
				return dst, fmt.Errorf("string of at most %d bytes", size)
			}
			return append(append(dst, s...), make([]byte, size-len(s))...), nil
		},
	}
}

// dhcp6OptionCode is the code of an option, which may be written by name.
type dhcp6OptionCode struct{}

func (dhcp6OptionCode) Type() string                 { return "integer|string" }
func (dhcp6OptionCode) Get(_, b []byte) packet.Value { return bigEndian(b) }
func (dhcp6OptionCode) Text(v packet.Value) string   { return packet.TextOf(v) }

// Put takes a number or a name.
func (dhcp6OptionCode) Put(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := dhcp6Code(v)
	if !ok {
		return dst, errors.New("code of an option")
	}
	return append(dst, byte(n>>8), byte(n)), nil
}

// nestedPart is options in an option. They are read and written through packet.Kind, for the table of options can't
// refer to itself.
func nestedPart(name string) part {
	return part{name, []packet.Value{},
		func(in cut) (packet.Value, int, error) {
			if in.depth == mostNested {
				return nil, 0, errors.New("options nested too deep")
			}
			return packet.Kind(dhcp6List{in.depth + 1}).Get(nil, in.rest()), in.end, nil
		},
		packet.Kind(dhcp6List{}).Put,
	}
}

// The fields of messages of clients and servers, and of relay agents (RFC 8415 sections 8 and 9).
var (
	messageParts = []part{uintPart("msgtype", 1, 1, dhcp6Types), uintPart("trid", 3, 0, nil), nestedPart("options")}
	relayParts   = []part{uintPart("msgtype", 1, 12, dhcp6Types), uintPart("hopcount", 1, 0, nil), ip6Part("linkaddr"),
		ip6Part("peeraddr"), nestedPart("options")}
)

// partsOfMessage are the fields of a kind of message.
func partsOfMessage(kind uint64) []part {
	if kind == 12 || kind == 13 {
		return relayParts
	}
	return messageParts
}

// messagePart is a whole message in an option, as {msgtype="SOLICIT", trid=1, options={…}}.
func messagePart(name string) part {
	return part{name, "",
		func(in cut) (packet.Value, int, error) {
			if in.at == in.end {
				return "", in.end, nil
			}
			rec, err := readParts(nil, in, partsOfMessage(uint64(in.msg[in.at])))
			return rec, in.end, err
		},
		func(dst []byte, v packet.Value) ([]byte, error) {
			rec, ok := v.(packet.Record)
			if !ok {
				return packet.Bytes.Put(dst, v)
			}
			kind, _ := dhcp6Types.Number(rec.Get("msgtype"), 8)
			parts := partsOfMessage(kind)
			if err := onlyParts(rec, parts...); err != nil {
				return dst, err
			}
			return writeParts(dst, rec, parts)
		},
	}
}

// duidTypes names kinds of DUIDs, and duids has their fields (RFC 8415 section 11, RFC 6355).
var (
	duidTypes = packet.Named(map[uint64]string{1: "LLT", 2: "EN", 3: "LL", 4: "UUID"})

	duids = map[uint64][]part{
		1: {uintPart("type", 2, 1, duidTypes), uintPart("hwtype", 2, 1, hardwareTypes), uintPart("timeval", 4, 0, nil), hardwarePart("lladdr")},
		2: {uintPart("type", 2, 2, duidTypes), uintPart("enterprisenum", 4, 311, nil), restPart("id")},
		3: {uintPart("type", 2, 3, duidTypes), uintPart("hwtype", 2, 1, hardwareTypes), hardwarePart("lladdr")},
		4: {uintPart("type", 2, 4, duidTypes), bytesPart("uuid", 16)},
	}
)

// hardwarePart is a hardware address of any length, to the end.
func hardwarePart(name string) part {
	return part{name, packet.MAC{},
		func(in cut) (packet.Value, int, error) { return hardware{}.Get(nil, in.rest()), in.end, nil },
		hardware{}.Put,
	}
}

// duidPart is an identifier of a client or a server, as {type="LL", lladdr="02:00:00:00:00:01"}; one of an unknown kind is
// the string of its bytes.
func duidPart(name string) part {
	return part{name, "",
		func(in cut) (packet.Value, int, error) {
			b := in.rest()
			if len(b) < 2 || duids[bigEndian(b[:2])] == nil {
				return string(b), in.end, nil
			}
			rec, err := readParts(nil, in, duids[bigEndian(b[:2])])
			if err != nil {
				return string(b), in.end, nil
			}
			if again, err := putDUID(nil, rec); err != nil || !bytes.Equal(again, b) {
				return string(b), in.end, nil
			}
			return rec, in.end, nil
		},
		putDUID,
	}
}

func putDUID(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if !ok {
		return packet.Bytes.Put(dst, v)
	}
	kind, _ := duidTypes.Number(rec.Get("type"), 16)
	parts := duids[kind]
	if parts == nil {
		return dst, errors.New("identifier whose type is LLT, EN, LL or UUID")
	}
	if err := onlyParts(rec, parts...); err != nil {
		return dst, err
	}
	return writeParts(dst, rec, parts)
}
