package dhcp6

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

var errBehind = errors.New("bytes behind the last field")

// Value is what an option says: true for one without data, the one field's value, or a Record of the fields. What can't
// be read is the string of its bytes, and the error says why.
func (o Option) Value() (packet.Value, error) {
	r := RowOf(o.Code)
	if r == nil {
		return string(o.Bytes()), nil
	}
	v, err := r.value(o)
	if err != nil {
		return string(o.Bytes()), fmt.Errorf("%s: %w", r.Name, err)
	}
	return v, nil
}

func (r *Row) value(o Option) (packet.Value, error) {
	if len(o.Rest) > 0 {
		return nil, fmt.Errorf("%d bytes behind the options inside are none", len(o.Rest))
	}
	rec, b := packet.Record{}, o.Data
	for _, f := range r.Fields {
		if f.Kind == Kind(Nested{}) {
			rec = append(rec, r.inside(o.Options)...)
			continue
		}
		v, n, err := f.Kind.Read(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if b = b[n:]; v != nil {
			rec = append(rec, packet.Entry{Name: f.Name, Value: v})
		}
	}
	switch {
	case len(b) > 0:
		return nil, errBehind
	case len(r.Fields) == 0:
		return true, nil
	case len(r.Fields) == 1 && !r.holds():
		return rec[0].Value, nil
	}
	return rec, nil
}

// holds says whether the option holds others.
func (r *Row) holds() bool {
	return len(r.Fields) > 0 && r.Fields[len(r.Fields)-1].Kind == Kind(Nested{})
}

// An insider is a kind of option that stands beside the fields of the option that it lies in, not among its options.
type insider struct {
	code uint16
	name string
}

// insiders are the options that IAs, addresses and prefixes are about (RFC 8415 section 21).
func (r *Row) insiders() []insider {
	switch r.Code {
	case IANA, IATA:
		return []insider{{IAAddr, "addresses"}, {StatusOption, "status"}}
	case IAPD:
		return []insider{{IAPref, "prefixes"}, {StatusOption, "status"}}
	case IAAddr, IAPref:
		return []insider{{StatusOption, "status"}}
	}
	return nil
}

// inside is the entries that stand for the options inside.
func (r *Row) inside(list Options) packet.Record {
	rec, others := packet.Record{}, list
	for _, in := range r.insiders() {
		found, left := Options{}, Options{}
		for _, o := range others {
			if o.Code == in.code {
				found = append(found, o)
			} else {
				left = append(left, o)
			}
		}
		others = left
		if v := found.Value().Get(NameOf(in.code)); v != nil {
			rec = append(rec, packet.Entry{Name: in.name, Value: v})
		} else if RowOf(in.code).Many {
			rec = append(rec, packet.Entry{Name: in.name, Value: []packet.Value{}})
		}
	}
	if len(others) > 0 || len(r.insiders()) == 0 {
		rec = append(rec, packet.Entry{Name: "options", Value: others.Value()})
	}
	return rec
}

// writable is what the option says, in a form that makes it again: its bytes where they can't be read.
func (o Option) writable() packet.Value {
	v, err := o.Value()
	if r := RowOf(o.Code); err != nil && len(r.Fields) < 2 && !r.holds() {
		return packet.Record{{Name: "data", Value: v}}
	}
	return v
}

// Value is the options by name: a list where an option may stand more than once, or does. Of one whose data can't be read
// it is {data=bytes}, or the bytes where data is a field of its own.
func (s Options) Value() packet.Record {
	rec, at := packet.Record{}, map[uint16]int{}
	for _, o := range s {
		v := o.writable()
		i, again := at[o.Code]
		r := RowOf(o.Code)
		many := r != nil && r.Many
		switch {
		case !again && many:
			v = []packet.Value{v}
			fallthrough
		case !again:
			at[o.Code] = len(rec)
			rec = append(rec, packet.Entry{Name: NameOf(o.Code), Value: v})
		case many:
			rec[i].Value = append(rec[i].Value.([]packet.Value), v)
		}
	}
	return rec
}

// ValueOf is what the options of a code say: nil when there are none, a list where there may be more than one.
func (s Options) ValueOf(code uint16) packet.Value {
	list := []packet.Value{}
	for _, o := range s {
		if o.Code == code {
			v, _ := o.Value()
			list = append(list, v)
		}
	}
	switch r := RowOf(code); {
	case len(list) == 0:
		return nil
	case r != nil && r.Many:
		return list
	}
	return list[0]
}
