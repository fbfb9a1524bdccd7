package option

import (
	"encoding/hex"
	"errors"
	"strings"

	"moonwire/host/packet"
)

// Bytes is all the bytes there are, as a string.
var Bytes Kind = blob{}

type blob struct{}

func (blob) Type() string { return "string" }
func (blob) Size() int    { return 0 }

func (blob) Read(b []byte) (packet.Value, int, error) { return string(b), len(b), nil }

func (blob) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := asText(v)
	if !ok {
		return dst, unexpected("string", v)
	}
	return append(dst, s...), nil
}

// asText is v as a string; as Lua does, it takes a number or an address too.
func asText(v packet.Value) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case float64, uint64, int64, packet.U64:
		return packet.TextOf(v), true
	}
	if a, ok := asAddr(v); ok {
		return a.String(), true
	}
	return "", false
}

// Text is text of one byte or more. Zeros at its end, which some implementations write, are not read (RFC 2132 section 2).
var Text Kind = text{}

type text struct{}

func (text) Type() string { return "string" }
func (text) Size() int    { return 0 }

func (text) Read(b []byte) (packet.Value, int, error) {
	s := strings.TrimRight(string(b), "\x00")
	if s == "" {
		return s, len(b), errors.New("text of one byte or more is empty")
	}
	return s, len(b), nil
}

func (text) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := asText(v)
	if !ok || s == "" {
		return dst, unexpected("text of one byte or more", v)
	}
	return append(dst, s...), nil
}

// Hex is all the bytes there are, as hexadecimal digits with colons.
var Hex Kind = digits{}

type digits struct{}

func (digits) Type() string { return "string" }
func (digits) Size() int    { return 0 }

func (digits) Read(b []byte) (packet.Value, int, error) { return FormatHex(b), len(b), nil }

func (digits) Append(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		if b, ok := ParseHex(s); ok {
			return append(dst, b...), nil
		}
	}
	return dst, unexpected(`hexadecimal digits as "00:01:ff"`, v)
}

// FormatHex writes bytes as hexadecimal digits with colons.
func FormatHex(b []byte) string {
	const digits = "0123456789abcdef"
	s := make([]byte, 0, 3*len(b))
	for i, c := range b {
		if i > 0 {
			s = append(s, ':')
		}
		s = append(s, digits[c>>4], digits[c&15])
	}
	return string(s)
}

// ParseHex reads hexadecimal digits, two for each byte, with :, -, . or nothing between them.
func ParseHex(s string) ([]byte, bool) {
	b, err := hex.DecodeString(strings.NewReplacer(":", "", "-", "", ".", "").Replace(s))
	return b, err == nil && len(b) > 0
}
