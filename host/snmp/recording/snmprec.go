package recording

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// readSnmprec reads lines of a name, a tag and a value with bars between them.
func (r *Recording) readSnmprec(text []byte) error {
	number := 0
	for line := range bytes.Lines(text) {
		number++
		s := strings.TrimSpace(string(line))
		if s == "" || s[0] == '#' {
			continue
		}
		e, err := parseSnmprec(s)
		e.Line = number
		switch {
		case errors.Is(err, ErrVariation):
			return fmt.Errorf("line %d: %w", number, err)
		case err != nil:
			r.problem(number, err)
		default:
			r.Entries = append(r.Entries, e)
		}
	}
	return nil
}

// parseSnmprec reads a line. The tag is the type's number on the wire; an x behind it says that the value is in hexadecimal
// digits, an e that it has escapes, and what follows a colon names a variation.
func parseSnmprec(line string) (e Entry, err error) {
	parts := strings.SplitN(line, "|", 3)
	if len(parts) != 3 {
		return e, fmt.Errorf("name|tag|value expected, got %.60q", line)
	}
	if e.Name, err = oid.Parse(parts[0]); err != nil {
		return e, err
	}
	if err = e.Name.Check(); err != nil {
		return e, err
	}
	tag, module, varies := strings.Cut(parts[1], ":")
	form := strings.TrimLeft(tag, "0123456789")
	if varies {
		e.Variation, err = newVariation(module, strings.TrimSuffix(tag, form), parts[2])
		return e, err
	}
	typ, err := typeOf(strings.TrimSuffix(tag, form))
	if err != nil {
		return e, err
	}
	switch form {
	case "":
		e.Value, err = plain(typ, parts[2])
	case "x":
		e.Value, err = octets(typ, parts[2])
	case "e":
		var b []byte
		if b, err = unescape(parts[2]); err == nil {
			e.Value, err = plain(typ, string(b))
		}
	default:
		err = fmt.Errorf("tag %q (a number is expected, and x or e behind it)", tag)
	}
	return e, err
}

// typeOf is the type of a tag.
func typeOf(tag string) (message.Type, error) {
	n, err := strconv.ParseUint(tag, 10, 8)
	t := message.Type(n)
	if err == nil {
		switch t {
		case message.TypeInteger, message.TypeOctetString, message.TypeNull, message.TypeObjectIdentifier, message.TypeIPAddress,
			message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeOpaque, message.TypeCounter64,
			message.TypeNoSuchObject, message.TypeNoSuchInstance, message.TypeEndOfMibView:
			return t, nil
		}
	}
	return 0, fmt.Errorf("no type has the tag %q", tag)
}

// plain makes a value of what stands there in clear.
func plain(t message.Type, s string) (v message.Value, err error) {
	switch t {
	case message.TypeOctetString:
		return message.Text(s), nil
	case message.TypeOpaque:
		return message.Contents(byte(t), []byte(s)), nil
	case message.TypeObjectIdentifier:
		o, err := oid.Parse(s)
		return message.OIDValue(o), err
	case message.TypeIPAddress:
		if len(s) == 4 { // its octets
			return message.Contents(byte(t), []byte(s)), nil
		}
		a, err := netip.ParseAddr(s)
		if err == nil && !a.Is4() {
			err = fmt.Errorf("an IPv4 address expected, got %q", s)
		}
		return message.IPAddress(a), err
	case message.TypeInteger, message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeCounter64:
		return number(t, s)
	}
	return message.Value{Type: t}, nil
}

// number makes a value of a number that fits its type.
func number(t message.Type, s string) (message.Value, error) {
	s = strings.TrimSpace(s)
	if t == message.TypeInteger {
		n, err := strconv.ParseInt(s, 10, 32)
		return message.Integer(n), wrongNumber(err, t, s)
	}
	bits := 32
	if t == message.TypeCounter64 {
		bits = 64
	}
	n, err := strconv.ParseUint(s, 10, bits)
	if err != nil { // some agents told unsigned numbers with a sign
		if signed, bad := strconv.ParseInt(s, 10, 64); bad == nil && bits == 32 && signed >= math.MinInt32 && signed < 0 {
			return message.Number(t, uint64(uint32(signed))), nil
		}
	}
	return message.Number(t, n), wrongNumber(err, t, s)
}

func wrongNumber(err error, t message.Type, s string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%.60q is no %s", s, t)
}

// octets makes a value of hexadecimal digits.
func octets(t message.Type, s string) (message.Value, error) {
	b, err := hex.DecodeString(s)
	if err != nil {
		return message.Value{}, fmt.Errorf("hexadecimal digits expected, got %.60q", s)
	}
	if v := message.Contents(byte(t), b); !v.Malformed() {
		return v, nil
	}
	return message.Value{}, fmt.Errorf("%.60q is no %s", s, t)
}

// escapes are the letters behind a backslash.
var escapes = map[byte]byte{'\\': '\\', '\'': '\'', '"': '"', 'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11}

// unescape reads backslashes with letters, and with x and two digits.
func unescape(s string) (b []byte, err error) {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		if i++; i == len(s) {
			return nil, errors.New("a backslash at the end")
		}
		if c, ok := escapes[s[i]]; ok {
			b = append(b, c)
			continue
		}
		if s[i] != 'x' || i+2 >= len(s) {
			return nil, fmt.Errorf(`an escape \%c, which there is not`, s[i])
		}
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return nil, fmt.Errorf(`an escape \%s, which is no number`, s[i:i+3])
		}
		b = append(b, byte(n))
		i += 2
	}
	return b, nil
}
