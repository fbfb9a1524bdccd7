package option

import (
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// FQDN is the client's name in DNS (RFC 4702): {name="pc.example.org", flags="SE"}. Flags are the letters of the RFC: S (the
// server is to update the address record), O (the server overrode S), E (the name is in DNS's encoding, else in ASCII), N (no
// updates). Without a dot in it a name is partial, unless partial=false. rcode1 and rcode2 are what servers once told.
// Written, it may also be the name alone, with the flags SE.
var FQDN Kind = fqdn{}

const fqdnLetters = "SOEN" // from the lowest bit

type fqdn struct{}

func (fqdn) Type() string {
	return "{name: string, flags: string, partial: boolean, rcode1: integer, rcode2: integer}"
}
func (fqdn) Size() int { return 0 }

func (fqdn) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 3 {
		return nil, 0, tooShort("flags, rcode1 and rcode2", 3, len(b))
	}
	rec := packet.Record{{Name: "flags", Value: fqdnFlags(b[0])}, {Name: "rcode1", Value: uint64(b[1])}, {Name: "rcode2", Value: uint64(b[2])}}
	if b[0]&4 == 0 {
		return append(rec, packet.Entry{Name: "name", Value: string(b[3:])}), len(b), nil
	}
	name, partial, err := readPartial(b[3:])
	if err != nil {
		return append(rec, packet.Entry{Name: "name", Value: string(b[3:])}), len(b), err
	}
	return append(rec, packet.Entry{Name: "name", Value: name}, packet.Entry{Name: "partial", Value: partial}), len(b), nil
}

func fqdnFlags(bits byte) string {
	var s strings.Builder
	for i, c := range fqdnLetters {
		if bits>>i&1 != 0 {
			s.WriteRune(c)
		}
	}
	return s.String()
}

// readPartial reads a name that fills b, with or without an end.
func readPartial(b []byte) (name string, partial bool, err error) {
	if len(b) == 0 {
		return "", true, nil
	}
	name, n, err := ReadName(b, 0)
	if err == nil && n == len(b) {
		return name, false, nil
	}
	name, n, err = ReadName(append(b[:len(b):len(b)], 0), 0)
	if err == nil && n != len(b)+1 {
		err = fmt.Errorf("%s left behind the name", bytesText(len(b)-n))
	}
	return name, true, err
}

func (fqdn) Append(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if s, isText := v.(string); isText {
		rec, ok = packet.Record{{Name: "name", Value: s}}, true
	}
	if !ok {
		return dst, unexpected(`name or table as {name="pc.example.org", flags="SE"}`, v)
	}
	fields := fqdnFields
	name, _ := rec.Get("name").(string)
	letters, ok := rec.Get("flags").(string)
	if !ok {
		letters = "SE"
	}
	partial, ok := rec.Get("partial").(bool)
	if !ok {
		partial = !strings.Contains(name, ".")
	}
	if strings.Contains(strings.ToUpper(letters), "E") {
		fields[3].Kind = encodedName{partial}
	}
	return record{fields[:]}.Append(dst, rec)
}

var fqdnFields = [...]Field{
	{"flags", fqdnBits{}, "SE"},
	{"rcode1", Uint8, uint64(0)},
	{"rcode2", Uint8, uint64(0)},
	{"name", Bytes, ""},
	{"partial", skipped{}, true},
}

// fqdnBits is the byte of flags, as letters.
type fqdnBits struct{ number }

func (fqdnBits) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return Uint8.Append(dst, v)
	}
	var bits byte
	for _, c := range strings.ToUpper(s) {
		i := strings.IndexRune(fqdnLetters, c)
		if i < 0 {
			return dst, unexpected("letters of "+fqdnLetters, v)
		}
		bits |= 1 << i
	}
	return append(dst, bits), nil
}

// encodedName is a name in DNS's encoding, without an end when it is partial.
type encodedName struct{ partial bool }

func (encodedName) Type() string { return "string" }
func (encodedName) Size() int    { return 0 }

func (encodedName) Read(b []byte) (packet.Value, int, error) { return Domain.Read(b) }

func (k encodedName) Append(dst []byte, v packet.Value) ([]byte, error) {
	if v == "" {
		return dst, nil
	}
	dst, err := Domain.Append(dst, v)
	if err == nil && k.partial {
		dst = dst[:len(dst)-1]
	}
	return dst, err
}

// skipped is a field that says how another is written.
type skipped struct{ blob }

func (skipped) Append(dst []byte, _ packet.Value) ([]byte, error) { return dst, nil }
