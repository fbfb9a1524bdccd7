package packet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type bytesKind struct{}
type textKind struct{}
type zeroKind struct{}

// The kinds of strings.
var (
	Bytes Kind = bytesKind{} // as they are, shown as a Lua string
	Text  Kind = textKind{}  // of a fixed width, the rest zeros that reading leaves out
	Zero  Kind = zeroKind{}  // ends with a zero byte, which is not part of the value
)

func (bytesKind) Type() string { return "string" }
func (textKind) Type() string  { return "string" }
func (zeroKind) Type() string  { return "string" }

func (bytesKind) Text(v Value) string { return Quote(v) }
func (textKind) Text(v Value) string  { return Quote(v) }
func (zeroKind) Text(v Value) string  { return Quote(v) }

func (bytesKind) Get(_, b []byte) Value { return string(b) }

func (textKind) Get(_, b []byte) Value {
	return strings.TrimRight(string(b), "\x00")
}

func (zeroKind) Get(_, b []byte) Value {
	s, _ := strings.CutSuffix(string(b), "\x00")
	return s
}

// Measure takes all up to the first zero, and the zero.
func (zeroKind) Measure(h Header) (int, error) {
	for i, c := range h.Ahead() {
		if c == 0 {
			return i + 1, nil
		}
	}
	return 0, errors.New("no zero byte at the end of the text")
}

func putString(dst []byte, v Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return dst, errors.New("string")
	}
	return append(dst, s...), nil
}

func (bytesKind) Put(dst []byte, v Value) ([]byte, error) { return putString(dst, v) }
func (textKind) Put(dst []byte, v Value) ([]byte, error)  { return putString(dst, v) }

func (zeroKind) Put(dst []byte, v Value) ([]byte, error) {
	if s, ok := v.(string); ok && strings.Contains(s, "\x00") {
		return dst, errors.New("string without zero bytes")
	}
	dst, err := putString(dst, v)
	return append(dst, 0), err
}

// Quote is a string as Lua source: printable ASCII as it is, other bytes as \xNN.
func Quote(v Value) string {
	s, ok := v.(string)
	if !ok {
		return fmt.Sprint(v)
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c < ' ' || c > '~':
			b.WriteString(`\x`)
			b.WriteByte("0123456789abcdef"[c>>4])
			b.WriteByte("0123456789abcdef"[c&15])
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// TextOf is any value for people, in Lua's notation.
func TextOf(v Value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		return Quote(v)
	case U64:
		return strconv.FormatUint(uint64(v), 10)
	case []Value:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = TextOf(e)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Record:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = e.Name + "=" + TextOf(e.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case fmt.Stringer:
		return Quote(v.String())
	}
	return fmt.Sprint(v)
}
