package packet

import (
	"strconv"
	"strings"
)

// An option is an entry taken apart: its kind, the values in order, the values with names.
type option struct {
	kind   Value
	values []Value
	named  Record
}

// option takes an entry apart: {"mss", 1460}, {type="mss", mss=1460} or {"mss", mss=1460}.
func (o *Options) option(v Value) (opt option) {
	switch v := v.(type) {
	case []Value:
		if len(v) > 0 {
			opt.kind, opt.values = v[0], v[1:]
		}
	case Record:
		first := o.Other.Fields[0].Name
		for _, e := range v {
			switch at, err := strconv.Atoi(e.Name); {
			case e.Name == first, e.Name == "type", at == 1:
				opt.kind = e.Value
			case err == nil:
				opt.values = append(opt.values, e.Value)
			default:
				opt.named = append(opt.named, e)
			}
		}
	}
	return opt
}

// record is the option by the names of the item's fields.
func (opt option) record(item *Protocol) (Record, error) {
	rec, values := opt.named, opt.values
	if n, ok := numeral(opt.kind); ok {
		rec = append(Record{{item.Fields[0].Name, n}}, rec...)
	}
	fields := item.settable()
	if inner, ok := only(values); ok && len(fields) > 1 {
		if f := arrayOf(fields); f != nil {
			return append(rec, Entry{f.Name, inner}), nil // {"rr", {"0.0.0.0", "0.0.0.0"}}
		}
		values = inner // {"timestamp", {1, 2}}
	}
	for i, f := range fields {
		switch _, isArray := f.Kind.(Array); {
		case i >= len(values):
			return rec, nil
		case isArray:
			return append(rec, Entry{f.Name, gather(values[i:])}), nil
		default:
			rec = append(rec, Entry{f.Name, values[i]})
		}
	}
	if len(values) > len(fields) {
		return nil, &BadValue{Field: item.Name, Want: "at most " + plainText(uint64(len(fields))) + " values", Got: plainText(uint64(len(values)))}
	}
	return rec, nil
}

// only is the list that is the single value of an option.
func only(values []Value) (list []Value, ok bool) {
	if len(values) != 1 {
		return nil, false
	}
	list, ok = values[0].([]Value)
	return list, ok
}

// arrayOf is the field that holds a list, nil when none does.
func arrayOf(fields []*Field) *Field {
	for _, f := range fields {
		if strings.HasSuffix(f.Type(), "[]") {
			return f
		}
	}
	return nil
}

// gather is the rest of an entry as one list: the values one by one, or in lists.
func gather(values []Value) Value {
	all := []Value{}
	for _, v := range values {
		if list, ok := v.([]Value); ok {
			all = append(all, list...)
		} else {
			all = append(all, v)
		}
	}
	return all
}

// settable lists the fields behind the kind that the item does not compute.
func (pr *Protocol) settable() []*Field {
	var list []*Field
	for i := 1; i < len(pr.Fields); i++ {
		if f := &pr.Fields[i]; !f.automatic() {
			list = append(list, f)
		}
	}
	return list
}
