package packet

import (
	"errors"
	"fmt"
	"strings"
)

// ListOf is a list of records, each laid out as item says, as many as there is room for. Count, an expression over the
// fields before it, bounds the number when a packet is read; Until, an expression over the fields of an entry, marks the
// last one.
type ListOf struct {
	Item  *Protocol
	Count string
	Until string
	// Extent finds the end of the list otherwise: its length in bytes.
	Extent func(h Header) (int, error)

	count, until Expr
}

// compile prepares the expressions; slot finds the fields before the list.
func (l *ListOf) compile(slot func(string) (int, bool)) (err error) {
	if l.Item.byName == nil {
		if err = l.Item.Compile(); err != nil {
			return err
		}
	}
	if l.Count != "" {
		if l.count, err = ParseExpr(l.Count, slot); err != nil {
			return err
		}
	}
	if l.Until != "" {
		l.until, err = ParseExpr(l.Until, l.Item.slot)
	}
	return err
}

// Type is a list of tables.
func (l *ListOf) Type() string { return "table[]" }

// Get reads the records one after the other; what is left over is a last entry of bytes.
func (l *ListOf) Get(_, b []byte) Value {
	list := []Value{}
	for len(b) > 0 {
		rec, n := l.Item.read(b)
		if n == 0 {
			return append(list, string(b))
		}
		list, b = append(list, rec), b[n:]
	}
	return list
}

// Put writes the records; a string among them stands as it is.
func (l *ListOf) Put(dst []byte, v Value) ([]byte, error) {
	list, ok := v.([]Value)
	if !ok {
		return dst, fmt.Errorf("list of %s", l.Item.Name)
	}
	for _, e := range list {
		if s, ok := e.(string); ok {
			dst = append(dst, s...)
			continue
		}
		rec, ok := e.(Record)
		if !ok {
			return dst, fmt.Errorf("list of %s", l.Item.Name)
		}
		b, err := l.Item.write(rec)
		if err != nil {
			return dst, err
		}
		dst = append(dst, b...)
	}
	return dst, nil
}

// Measure walks over the records.
func (l *ListOf) Measure(h Header) (int, error) {
	b := h.Ahead()
	switch {
	case l.Extent != nil:
		return l.Extent(h)
	case l.Count == "" && l.Until == "":
		return len(b), nil
	}
	left, n := int64(len(b)), 0
	if l.Count != "" {
		left = l.count.eval(h)
	}
	for ; left > 0; left-- {
		entry, err := l.Item.measure(b[n:])
		switch cut := err != nil || entry.len == 0; {
		case cut && l.Count == "":
			return len(b), nil // the rest is a last entry of bytes
		case cut:
			return n, errors.New("a list entry is cut short")
		}
		if l.Until != "" && l.until.eval(Header{proto: l.Item, raw: b[n:], at: entry.shape.at}) != 0 {
			return n + int(entry.len), nil
		}
		n += int(entry.len)
	}
	return n, nil
}

// Text is the list in Lua's notation, with the names of numbers.
func (l *ListOf) Text(v Value) string {
	list, ok := v.([]Value)
	if !ok {
		return TextOf(v)
	}
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = l.Item.text(e)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// text is a record in Lua's notation, with the names of numbers.
func (pr *Protocol) text(v Value) string {
	rec, ok := v.(Record)
	if !ok {
		return TextOf(v)
	}
	parts := make([]string, len(rec))
	for i, e := range rec {
		parts[i] = e.Name + "=" + pr.entryText(e)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (pr *Protocol) entryText(e Entry) string {
	f := pr.byName[e.Name]
	if f == nil || f.Kind == nil {
		return TextOf(e.Value)
	}
	if list, ok := e.Value.([]Value); ok {
		return f.Kind.Text(list)
	}
	k, ok := f.Kind.(Integer)
	n, number := e.Value.(uint64)
	if !ok || !number {
		return TextOf(e.Value)
	}
	name := k.Name(n, f.Bits)
	if _, plain := parse(name); plain {
		return name
	}
	return Quote(name)
}

// Array is a list of values of one fixed width each: addresses, numbers.
type Array struct {
	Kind Kind // nil: unsigned integers
	Bits int  // of one
}

// Type is a list.
func (a Array) Type() string {
	f := Field{Kind: a.Kind, Bits: a.Bits}
	return f.Type() + "[]"
}

// Get reads as many as there are; odd bytes at the end are a last entry of bytes.
func (a Array) Get(_, b []byte) Value {
	list, size := []Value{}, a.Bits/8
	f := &Field{Kind: a.Kind, Bits: a.Bits}
	for len(b) >= size {
		list, b = append(list, f.value(b[:size], b[:size], 0)), b[size:]
	}
	if len(b) > 0 {
		list = append(list, string(b))
	}
	return list
}

// Put writes each.
func (a Array) Put(dst []byte, v Value) ([]byte, error) {
	list, ok := v.([]Value)
	if !ok {
		return dst, errors.New("list")
	}
	f := &Field{Name: "list", Kind: a.Kind, Bits: a.Bits}
	for i, e := range list {
		at := len(dst)
		dst = append(dst, make([]byte, a.Bits/8)...)
		err := f.put(dst[at:], 0, e)
		if s, ok := e.(string); ok && err != nil && i == len(list)-1 && len(s) < a.Bits/8 {
			return append(dst[:at], s...), nil // odd bytes, as Get gives them
		}
		if err != nil {
			return dst, errors.New("list of values that fit: " + err.Error())
		}
	}
	return dst, nil
}

// Text is the list in Lua's notation.
func (a Array) Text(v Value) string { return TextOf(v) }
