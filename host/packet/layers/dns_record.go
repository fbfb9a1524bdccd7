package layers

import (
	"errors"
	"fmt"
	"slices"

	"moonwire/host/packet"
)

// dnsSection is one of the four lists of a message: records of named fields, as many as the field count says. What can't
// be read as a record of its type, or would not be written again as it was, is the string of its bytes.
type dnsSection struct {
	count    string
	question bool
}

// Type is a list of tables.
func (dnsSection) Type() string { return "table[]" }

// Text is the list in Lua's notation, with names of types and classes.
func (dnsSection) Text(v packet.Value) string {
	list, _ := v.([]packet.Value)
	list = slices.Clone(list)
	for i, e := range list {
		if rec, ok := e.(packet.Record); ok {
			list[i] = withNames(rec)
		}
	}
	return packet.TextOf(list)
}

// withNames is a record with names in the place of numbers.
func withNames(rec packet.Record) packet.Record {
	rec = slices.Clone(rec)
	for i, e := range rec {
		names := map[string]*packet.Enum{"qtype": dnsTypes, "type": dnsTypes, "qclass": dnsClasses, "rclass": dnsClasses}[e.Name]
		if n, ok := e.Value.(uint64); ok && names != nil && names.Names[n] != "" && (e.Name != "rclass" || n < 4096) {
			rec[i].Value = names.Names[n]
		}
	}
	return rec
}

// Measure walks over the records.
func (s dnsSection) Measure(h packet.Header) (int, error) {
	msg, at := h.Bytes(), h.Offset()
	for range h.Number(s.count) {
		end, err := s.skip(msg, at)
		if err != nil {
			return 0, err
		}
		at = end
	}
	return at - h.Offset(), nil
}

// skip finds where the record at offset at ends.
func (s dnsSection) skip(msg []byte, at int) (int, error) {
	for at < len(msg) && msg[at] != 0 && msg[at]&0xc0 == 0 {
		at += 1 + int(msg[at])
	}
	if at >= len(msg) {
		return 0, errName
	}
	if msg[at]&0xc0 == 0xc0 {
		at++
	}
	at++
	switch {
	case s.question:
		at += 4
	case at+10 > len(msg):
		return 0, errCut
	default:
		at += 10 + int(bigEndian(msg[at+8:at+10]))
	}
	if at > len(msg) {
		return 0, errCut
	}
	return at, nil
}

// Get is not how a section is read: its names need the whole message.
func (dnsSection) Get(_, b []byte) packet.Value { return string(b) }

// GetAt reads the records of a part of the message.
func (s dnsSection) GetAt(msg []byte, from, to int) packet.Value {
	list := []packet.Value{}
	for at := from; at < to; {
		end, err := s.skip(msg[:to], at)
		if err != nil {
			return append(list, string(msg[at:to]))
		}
		rec, err := s.read(msg, at, end)
		if err != nil {
			list = append(list, string(msg[at:end]))
		} else {
			list = append(list, rec)
		}
		at = end
	}
	return list
}

// read reads one record.
func (s dnsSection) read(msg []byte, at, end int) (packet.Record, error) {
	rec, in := packet.Record{}, cut{msg, at, end, 0}
	for _, p := range s.head(msg, at) {
		v, next, err := p.get(in)
		if err != nil {
			return nil, err
		}
		rec, in.at = append(rec, packet.Entry{Name: p.name, Value: v}), next
	}
	if s.question {
		return rec, nil
	}
	kind, _ := rec[1].Value.(uint64)
	in.at += 2 // the length, which skip has read
	return readParts(rec, in, partsOf(kind))
}

// partsOf are the fields of a type's data.
func partsOf(kind uint64) []part {
	if parts, ok := rdata[kind]; ok {
		return parts
	}
	return plainRdata
}

const optType = 41

// The fields before a record's data. OPT has other ones in the place of class and TTL (RFC 6891 section 6.1.3), with
// Scapy's defaults.
var (
	questionHead = []part{namePart("qname"), uintPart("qtype", 2, 1, dnsTypes), uintPart("qclass", 2, 1, dnsClasses)}
	recordHead   = []part{namePart("rrname"), uintPart("type", 2, 1, dnsTypes), uintPart("rclass", 2, 1, dnsClasses), uintPart("ttl", 4, 0, nil)}
	optHead      = []part{namePart("rrname"), uintPart("type", 2, 1, dnsTypes), uintPart("rclass", 2, 4096, nil),
		uintPart("extrcode", 1, 0, nil), uintPart("version", 1, 0, nil), uintPart("z", 2, 0x8000, optFlags)}
)

// optFlags names the flag of OPT records: DNSSEC answers are welcome (RFC 3225). Scapy writes it with a zero.
var optFlags = packet.Named(map[uint64]string{0x8000: "DO"})

// head are the fields of the record at offset at, before its data.
func (s dnsSection) head(msg []byte, at int) []part {
	if s.question {
		return questionHead
	}
	_, next, err := dnsName(msg, at)
	if err == nil && next+2 <= len(msg) && bigEndian(msg[next:next+2]) == optType {
		return optHead
	}
	return recordHead
}

// Put writes records, without compression; a string among them stands as it is.
func (s dnsSection) Put(dst []byte, v packet.Value) ([]byte, error) {
	if b, ok := v.(string); ok {
		return append(dst, b...), nil
	}
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of records")
	}
	for _, e := range list {
		switch e := e.(type) {
		case string:
			dst = append(dst, e...)
		case packet.Record:
			b, err := s.write(e)
			if err != nil {
				return dst, err
			}
			dst = append(dst, b...)
		default:
			if empty, ok := e.([]packet.Value); !ok || len(empty) != 0 { // {} from Lua
				return dst, errors.New("list of records")
			}
			b, err := s.write(nil)
			if err != nil {
				return dst, err
			}
			dst = append(dst, b...)
		}
	}
	return dst, nil
}

// write makes one record's bytes.
func (s dnsSection) write(rec packet.Record) ([]byte, error) {
	if s.question {
		if err := onlyParts(rec, questionHead...); err != nil {
			return nil, err
		}
		return writeParts(nil, rec, questionHead)
	}
	kind := uint64(1)
	if v := rec.Get("type"); v != nil {
		kind, _ = dnsTypes.Number(v, 16)
	}
	head, parts := recordHead, partsOf(kind)
	if kind == optType {
		head = optHead
	}
	if _, isBytes := rec.Get("rdata").(string); isBytes && parts[0].name != "rdata" {
		parts = plainRdata
	}
	if err := onlyParts(rec, slices.Concat(head, []part{{name: "rdlen"}}, parts)...); err != nil {
		return nil, err
	}
	dst, err := writeParts(nil, rec, head)
	if err != nil {
		return nil, err
	}
	data, err := writeParts(nil, rec, parts)
	if err != nil {
		return nil, err
	}
	size := rec.Get("rdlen")
	if size == nil {
		size = uint64(len(data))
	}
	if dst, err = appendNumber(dst, size, 2, nil); err != nil {
		return nil, fmt.Errorf("list of records with an rdlen that is a %w", err)
	}
	return append(dst, data...), nil
}
