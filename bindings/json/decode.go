package json

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A decoder reads one JSON text into Lua values.
type decoder struct {
	*config
	L     *lua.LState
	text  string
	pos   int
	depth int
	null  lua.LValue
	count int // values so far
}

// decode reads a whole text.
func decode(L *lua.LState, c *config, text string) (lua.LValue, error) {
	d := &decoder{config: c, L: L, text: text, null: null.value(L)}
	v, err := d.value()
	if err != nil {
		return nil, err
	}
	if d.space(); d.pos < len(text) {
		return nil, d.expected("the end")
	}
	return v, nil
}

// expected says what should stand here, and what does.
func (d *decoder) expected(what string) error {
	got := "the end"
	if d.pos < len(d.text) {
		r, size := utf8.DecodeRuneInString(d.text[d.pos:])
		got = strconv.QuoteRune(r)
		if r == utf8.RuneError && size == 1 {
			got = fmt.Sprintf("byte 0x%02x", d.text[d.pos])
		}
	}
	return d.fault("expected %s, found %s", what, got)
}

// fault is an error with the place, counted in bytes from 1.
func (d *decoder) fault(format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	return decl.Refuse(decl.Malformed, fmt.Errorf("%s at character %d", message, d.pos+1))
}

func (d *decoder) space() {
	for d.pos < len(d.text) && strings.IndexByte(" \t\r\n", d.text[d.pos]) >= 0 {
		d.pos++
	}
}

// accept skips c if it stands here.
func (d *decoder) accept(c byte) bool {
	d.space()
	if d.pos < len(d.text) && d.text[d.pos] == c {
		d.pos++
		return true
	}
	return false
}

func (d *decoder) value() (lua.LValue, error) {
	if d.count++; d.count%4096 == 0 {
		decl.HostOf(d.L).Poll(d.L)
	}
	d.space()
	if d.pos == len(d.text) {
		return nil, d.expected("a value")
	}
	switch d.text[d.pos] {
	case '{':
		return d.nested(d.object)
	case '[':
		return d.nested(d.array)
	case '"':
		s, err := d.string()
		return lua.LString(s), err
	}
	switch rest := d.text[d.pos:]; {
	case strings.HasPrefix(rest, "true"):
		d.pos += 4
		return lua.LTrue, nil
	case strings.HasPrefix(rest, "false"):
		d.pos += 5
		return lua.LFalse, nil
	case strings.HasPrefix(rest, "null"):
		d.pos += 4
		return d.null, nil
	}
	return d.number()
}

// nested reads an array or object one level deeper.
func (d *decoder) nested(read func() (lua.LValue, error)) (lua.LValue, error) {
	if d.depth++; d.depth > d.decodeDepth {
		return nil, d.fault("found too many nested data structures (%d)", d.depth)
	}
	d.pos++
	v, err := read()
	d.depth--
	return v, err
}

func (d *decoder) array() (lua.LValue, error) {
	t := d.L.CreateTable(0, 0)
	if d.arrayMeta {
		t.Metatable = arrayMeta(d.L)
	}
	if d.accept(']') {
		return t, nil
	}
	for i := 1; ; i++ {
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		t.RawSetInt(i, v)
		if d.accept(']') {
			return t, nil
		}
		if !d.accept(',') {
			return nil, d.expected("comma or end of array")
		}
	}
}

func (d *decoder) object() (lua.LValue, error) {
	t := d.L.CreateTable(0, 0)
	if d.accept('}') {
		return t, nil
	}
	for {
		d.space()
		if d.pos == len(d.text) || d.text[d.pos] != '"' {
			return nil, d.expected("a key")
		}
		key, err := d.string()
		if err != nil {
			return nil, err
		}
		if !d.accept(':') {
			return nil, d.expected("colon")
		}
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		t.RawSetString(key, v)
		if d.accept('}') {
			return t, nil
		}
		if !d.accept(',') {
			return nil, d.expected("comma or end of object")
		}
	}
}

// string reads from one quote to the other.
func (d *decoder) string() (string, error) {
	d.pos++
	var out []byte
	for start := d.pos; d.pos < len(d.text); {
		switch c := d.text[d.pos]; {
		case c == '"':
			d.pos++
			if out == nil {
				return d.text[start : d.pos-1], nil
			}
			return string(append(out, d.text[start:d.pos-1]...)), nil
		case c == '\\':
			out = append(out, d.text[start:d.pos]...)
			var err error
			if out, err = d.escape(out); err != nil {
				return "", err
			}
			start = d.pos
		case c < ' ' && !d.control:
			return "", d.expected("an escaped control character")
		default:
			d.pos++
		}
	}
	return "", d.expected("a quote")
}

// escapes are the letters that may follow a backslash, beside u.
const escapes, escaped = `"\/bfnrt`, "\"\\/\b\f\n\r\t"

// escape appends what a backslash and its letters stand for.
func (d *decoder) escape(out []byte) ([]byte, error) {
	d.pos++
	if d.pos == len(d.text) {
		return nil, d.expected("an escape")
	}
	if i := strings.IndexByte(escapes, d.text[d.pos]); i >= 0 {
		d.pos++
		return append(out, escaped[i]), nil
	}
	if d.text[d.pos] != 'u' {
		return nil, d.expected("an escape")
	}
	r, ok := d.unit()
	if ok && utf16.IsSurrogate(r) {
		low := rune(0)
		if ok = strings.HasPrefix(d.text[d.pos:], `\u`); ok {
			d.pos++
			low, ok = d.unit()
		}
		r = utf16.DecodeRune(r, low)
		ok = ok && r != utf8.RuneError
	}
	if !ok {
		return nil, d.fault("invalid unicode escape")
	}
	return utf8.AppendRune(out, r), nil
}

// unit reads u and four hexadecimal digits.
func (d *decoder) unit() (rune, bool) {
	if len(d.text) < d.pos+5 {
		return 0, false
	}
	n, err := strconv.ParseUint(d.text[d.pos+1:d.pos+5], 16, 16)
	if err != nil {
		return 0, false
	}
	d.pos += 5
	return rune(n), true
}
