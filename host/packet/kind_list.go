package packet

import (
	"errors"
	"fmt"
)

// ListOf is a list of records, each laid out as item says, as many as there is room for. Count, an expression over the
// fields before it, bounds the number when a packet is read.
type ListOf struct {
	Item  *Protocol
	Count string

	count Expr
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
	if l.Count == "" {
		return len(b), nil
	}
	n := 0
	for range l.count.eval(h) {
		_, size := l.Item.read(b[n:])
		if size == 0 {
			return n, errors.New("a list entry is cut short")
		}
		n += size
	}
	return n, nil
}

// Text is the list in Lua's notation.
func (l *ListOf) Text(v Value) string { return TextOf(v) }

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
	for _, e := range list {
		if s, ok := e.(string); ok && f.integer() && len(s) != 0 {
			if _, isName := f.number(s); !isName {
				dst = append(dst, s...) // odd bytes
				continue
			}
		}
		at := len(dst)
		dst = append(dst, make([]byte, a.Bits/8)...)
		if err := f.put(dst[at:], 0, e); err != nil {
			return dst, errors.New("list of values that fit: " + err.Error())
		}
	}
	return dst, nil
}

// Text is the list in Lua's notation.
func (a Array) Text(v Value) string { return TextOf(v) }
