package dhcp6

import (
	"fmt"
	"slices"

	"moonwire/host/packet"
)

// NewOption makes an option that says v, as Value gives it. A string is bytes where the option has fields of its own.
func NewOption(code uint16, v packet.Value) (Option, error) {
	r := RowOf(code)
	if r == nil {
		r = &Row{Code: code, Name: NameOf(code), Fields: []Field{{"data", "", Bytes{}}}}
	}
	o, err := r.option(v)
	if err != nil {
		return o, fmt.Errorf("%s: %w", r.Name, err)
	}
	return o, nil
}

// NewOptions makes the options that v says: of one that may stand more than once, one for each of a list.
func NewOptions(code uint16, v packet.Value) (Options, error) {
	if r := RowOf(code); r != nil && r.Many {
		if list, ok := v.([]packet.Value); ok && !r.plainList(list) {
			all := Options{}
			for _, one := range list {
				o, err := NewOption(code, one)
				if err != nil {
					return nil, err
				}
				all = append(all, o)
			}
			return all, nil
		}
	}
	o, err := NewOption(code, v)
	return Options{o}, err
}

// plainList says whether a list is the value of one option whose only field is a list, not a list of such values.
func (r *Row) plainList(list []packet.Value) bool {
	if len(r.Fields) != 1 {
		return false
	}
	for _, v := range list {
		if _, inner := v.([]packet.Value); inner || r.raw(v) {
			return false
		}
	}
	switch r.Fields[0].Kind.(type) {
	case List, Sub:
		return true
	}
	return false
}

// raw says whether a value is {data=bytes} where the option has no such field.
func (r *Row) raw(v packet.Value) bool {
	rec, ok := v.(packet.Record)
	return ok && len(rec) == 1 && rec[0].Name == "data" && !r.has("data")
}

// option writes the option that says v; {data=bytes} is its bytes, where it has no such field.
func (r *Row) option(v packet.Value) (Option, error) {
	o := Option{Code: r.Code, Data: []byte{}}
	if r.raw(v) {
		data, err := Bytes{}.Append(o.Data, v.(packet.Record)[0].Value)
		return MakeOption(r.Code, data), err
	}
	switch {
	case len(r.Fields) == 0:
		switch v {
		case nil, true, "":
			return o, nil
		}
		s, ok := v.(string) // what came with data stays so
		if !ok {
			return o, expected("true", v)
		}
		o.Data = []byte(s)
		return o, nil
	case len(r.Fields) == 1 && !r.holds():
		data, err := r.Fields[0].Kind.Append(nil, v)
		o.Data = data
		return o, err
	}
	switch v := v.(type) {
	case packet.Record:
		return r.fromRecord(v)
	case []packet.Value:
		if len(v) == 0 {
			return r.fromRecord(nil)
		}
	case string:
		return MakeOption(r.Code, []byte(v)), nil
	}
	return o, expected("table", v)
}

// has says whether the option is a table with a field of that name.
func (r *Row) has(name string) bool {
	return len(r.Fields) > 1 && slices.ContainsFunc(r.Fields, func(f Field) bool { return f.Name == name })
}

// fromRecord writes the fields, and the options inside behind them.
func (r *Row) fromRecord(rec packet.Record) (o Option, err error) {
	if err := r.onlyFields(rec); err != nil {
		return o, err
	}
	o = Option{Code: r.Code, Data: []byte{}}
	for _, f := range r.Fields {
		if f.Kind == Kind(Nested{}) {
			o.Options, err = r.optionsInside(rec)
			return o, err
		}
		v := rec.Get(f.Name)
		if v == nil {
			v = missing(f.Kind)
		}
		if o.Data, err = f.Kind.Append(o.Data, v); err != nil {
			return o, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return o, nil
}

// missing is the value of a field that isn't given: a number is zero, an address has to be given.
func missing(k Kind) packet.Value {
	switch k.(type) {
	case Uint, Seconds, Fraction:
		return uint64(0)
	}
	return nil
}

func (r *Row) optionsInside(rec packet.Record) (all Options, err error) {
	for _, in := range r.insiders() {
		v := rec.Get(in.name)
		if v == nil {
			continue
		}
		some, err := NewOptions(in.code, v)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	others, err := OptionsOf(rec.Get("options"))
	return append(all, others...), err
}

// onlyFields holds that a record has no entries but the option's.
func (r *Row) onlyFields(rec packet.Record) error {
	known := []string{}
	for _, f := range r.Fields {
		known = append(known, f.Name)
	}
	for _, in := range r.insiders() {
		known = append(known, in.name)
	}
entries:
	for _, e := range rec {
		for _, name := range known {
			if e.Name == name {
				continue entries
			}
		}
		return &packet.UnknownName{What: "field", Name: e.Name, Known: known}
	}
	return nil
}

// OptionsOf makes options of a Record by name, or of a list of pairs of name and value, which keeps its order.
func OptionsOf(v packet.Value) (all Options, err error) {
	add := func(name, value packet.Value) error {
		code, err := CodeOf(name)
		if err != nil {
			return err
		}
		some, err := NewOptions(code, value)
		all = append(all, some...)
		return err
	}
	switch v := v.(type) {
	case nil:
	case packet.Record:
		for _, e := range v {
			if err := add(e.Name, e.Value); err != nil {
				return nil, err
			}
		}
	case []packet.Value:
		for _, e := range v {
			pair, ok := e.([]packet.Value)
			if !ok || len(pair) == 0 || len(pair) > 2 {
				return nil, expected("list of pairs, as {\"dns_servers\", \"2001:db8::53\"},", e)
			}
			if err := add(pair[0], append(pair, true)[1]); err != nil {
				return nil, err
			}
		}
	default:
		return nil, expected("table of options", v)
	}
	return all, nil
}
