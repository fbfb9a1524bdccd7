package option

import (
	"errors"
	"fmt"
	"slices"

	"moonwire/host/packet"
)

// Suboptions are options within an option whose meaning is another's: {code=1, data="bytes"}, in order. Pads are read over, and
// an end ends them (RFC 2132 section 8.4).
var Suboptions Kind = suboptions{}

type suboptions struct{}

func (suboptions) Type() string { return "{code: integer, data: string}[]" }
func (suboptions) Size() int    { return 0 }

func (suboptions) Read(b []byte) (packet.Value, int, error) {
	values := []packet.Value{}
	for at := 0; at < len(b); {
		switch {
		case b[at] == Pad:
			at++
			continue
		case b[at] == End:
			at = len(b)
			continue
		}
		code, data, n, err := cutSuboption(b[at:])
		if err != nil {
			return atLeastOne(values), at, elementError(len(values), err)
		}
		values = append(values, packet.Record{{Name: "code", Value: uint64(code)}, {Name: "data", Value: string(data)}})
		at += n
	}
	if len(values) == 0 {
		return nil, 0, errors.New("a list of one or more is empty")
	}
	return values, len(b), nil
}

// cutSuboption is the sub-option at the start of b, n bytes long.
func cutSuboption(b []byte) (code uint8, data []byte, n int, err error) {
	if len(b) < 2 || len(b) < 2+int(b[1]) {
		return 0, nil, 0, fmt.Errorf("sub-option %d ends after %s", b[0], bytesText(len(b)))
	}
	n = 2 + int(b[1])
	return b[0], b[2:n], n, nil
}

func (suboptions) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	values, ok := v.([]packet.Value)
	if !ok || len(values) == 0 {
		return dst, unexpected(`list of sub-options as {code=1, data="bytes"}`, v)
	}
	for i, e := range values {
		code, data, ok := pair(e, "code", "data")
		if !ok {
			return dst, elementError(i, unexpected(`sub-option as {code=1, data="bytes"}`, e))
		}
		if dst, err = Uint8.Append(dst, code); err == nil {
			dst, err = Counted(1, Bytes).Append(dst, data)
		}
		if err != nil {
			return dst, elementError(i, err)
		}
	}
	return dst, nil
}

// pair is two values, from a record with those names or from a list of two.
func pair(v packet.Value, first, second string) (a, b packet.Value, ok bool) {
	switch v := v.(type) {
	case packet.Record:
		return v.Get(first), v.Get(second), len(v) == 2 && v.Get(first) != nil && v.Get(second) != nil
	case []packet.Value:
		if len(v) == 2 {
			return v[0], v[1], true
		}
	}
	return nil, nil, false
}

// A Suboption is a row of a table of options within an option.
type Suboption struct {
	Code uint8
	Name string
	Kind Kind
}

// Space is options within an option whose names and kinds a table has: a table by their names, unknown ones by their numbers
// as text. Written, it may also be a list of {name, value} in an order of its own.
func Space(rows ...Suboption) Kind { return space{rows} }

type space struct{ rows []Suboption }

// Type lists the sub-options.
func (k space) Type() string {
	fields := make([]Field, len(k.rows))
	for i, r := range k.rows {
		fields[i] = Field{Name: r.Name, Kind: r.Kind}
	}
	return record{fields}.Type()
}
func (space) Size() int { return 0 }

func (k space) Read(b []byte) (packet.Value, int, error) {
	rec := packet.Record{}
	var bad error
	for at := 0; at < len(b); {
		code, data, n, err := cutSuboption(b[at:])
		if err != nil {
			return some(rec), at, err
		}
		row := k.row(code)
		v, err := Decode(row.Kind, data)
		if err != nil {
			v, bad = string(data), fmt.Errorf("%s: %w", row.Name, err)
		}
		if at += n; rec.Get(row.Name) != nil {
			bad = fmt.Errorf("%s: it comes more than once, the first one counts", row.Name)
			continue
		}
		rec = append(rec, packet.Entry{Name: row.Name, Value: v})
	}
	if len(rec) == 0 {
		return nil, 0, errors.New("no sub-options")
	}
	return rec, len(b), bad
}

// some is a record that has entries, or nil.
func some(rec packet.Record) packet.Value {
	if len(rec) == 0 {
		return nil
	}
	return rec
}

// row is the row of a code; one of bytes when the table has none.
func (k space) row(code uint8) Suboption {
	if i := slices.IndexFunc(k.rows, func(r Suboption) bool { return r.Code == code }); i >= 0 {
		return k.rows[i]
	}
	return Suboption{code, fmt.Sprint(code), Bytes}
}

// find is the row that a name or a number stands for.
func (k space) find(v packet.Value) (Suboption, error) {
	if s, ok := v.(string); ok {
		if i := slices.IndexFunc(k.rows, func(r Suboption) bool { return Plain(r.Name) == Plain(s) }); i >= 0 {
			return k.rows[i], nil
		}
	}
	if n, ok := asUint(v); ok && n <= 255 {
		return k.row(uint8(n)), nil
	}
	names := make([]Field, len(k.rows))
	for i, r := range k.rows {
		names[i].Name = r.Name
	}
	if s, ok := v.(string); ok {
		return Suboption{}, record{names}.unknown(s)
	}
	return Suboption{}, unexpected("name or code of a sub-option", v)
}

func (k space) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	switch v := v.(type) {
	case packet.Record:
		return k.appendRecord(dst, v)
	case []packet.Value:
		for i, e := range v {
			name, value, ok := pair(e, "name", "value")
			if !ok {
				return dst, elementError(i, unexpected("sub-option as {name, value}", e))
			}
			row, err := k.find(name)
			if err == nil {
				dst, err = row.append(dst, value)
			}
			if err != nil {
				return dst, elementError(i, err)
			}
		}
		if len(v) > 0 {
			return dst, nil
		}
	}
	return dst, unexpected("table of sub-options by name", v)
}

// appendRecord writes the sub-options of a record by their codes.
func (k space) appendRecord(dst []byte, rec packet.Record) (_ []byte, err error) {
	type one struct {
		row   Suboption
		value packet.Value
	}
	list := make([]one, len(rec))
	for i, e := range rec {
		row, err := k.find(e.Name)
		if err != nil {
			return dst, err
		}
		list[i] = one{row, e.Value}
	}
	slices.SortStableFunc(list, func(a, b one) int { return int(a.row.Code) - int(b.row.Code) })
	for _, o := range list {
		if dst, err = o.row.append(dst, o.value); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// append writes one sub-option.
func (r Suboption) append(dst []byte, v packet.Value) ([]byte, error) {
	dst, err := Counted(1, r.Kind).Append(append(dst, r.Code), v)
	if err != nil {
		err = fmt.Errorf("%s: %w", r.Name, err)
	}
	return dst, err
}
