package packet

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// Options is a list of options that begin with their kind and mostly go on with their length, as those of IP and TCP.
// An entry is read as {"mss", 1460}, the kind and its values in order, or with Named as {type="mtu", mtu=1280}. Both are
// taken when it is written; a kind without a table is {253, "value"} or {type=253, value="value"}, and a string stands as
// it is. What would not be written again as it was read is given as the string of its bytes.
type Options struct {
	// Items are the known options: their first field is the kind, by default that of the item.
	Items []*Protocol
	// Other reads every kind of more than one byte: kind, length, value.
	Other *Protocol
	Named bool
	// Unit is what the length of all is a multiple of, counting the Base bytes of the header before them.
	Unit, Base int
	// Pad appends n bytes that mean nothing; nil: zeros.
	Pad func(dst []byte, n int) []byte
	// Place says where an item must stand: its offset, counting Base, is at behind a multiple of unit. nil: anywhere.
	Place func(item *Protocol) (unit, at int)
}

// compile prepares the tables.
func (o *Options) compile() error {
	for _, item := range append(slices.Clone(o.Items), o.Other) {
		if item.byName == nil {
			if err := item.Compile(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Type is a list of tables.
func (o *Options) Type() string { return "table[]" }

// Text is the list in Lua's notation, with the names of numbers.
func (o *Options) Text(v Value) string {
	list, ok := v.([]Value)
	if !ok {
		return TextOf(v)
	}
	parts := make([]string, len(list))
	for i, e := range list {
		if item := o.itemOf(o.option(e).kind); item != nil {
			parts[i] = item.text(e)
		} else {
			parts[i] = TextOf(e)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Get reads the options one after the other.
func (o *Options) Get(_, b []byte) Value {
	list, whole := []Value{}, len(b)
	for len(b) > 0 {
		entry, n := o.readOne(b)
		last := o.ends(b[:n])
		list, b = append(list, entry), b[n:]
		if last {
			if !o.isPadding(b, whole) {
				list = append(list, string(b))
			}
			break
		}
	}
	return list
}

// ends says whether an option is the end of the list: kind 0, where that is a single byte.
func (o *Options) ends(one []byte) bool {
	item, ok := o.item(0)
	return ok && len(one) == 1 && one[0] == 0 && o.Pad == nil && len(item.Fields) == 1
}

// isPadding says whether b is what a write would add behind the end of the options.
func (o *Options) isPadding(b []byte, whole int) bool {
	n := o.missing(whole - len(b))
	return len(b) == n && bytes.Equal(b, o.pad(nil, n))
}

// readOne reads the option at the start of b.
func (o *Options) readOne(b []byte) (Value, int) {
	kind := getBits(b, 0, min(o.Other.Fields[0].Bits, 8*len(b)))
	item, known := o.item(kind)
	if known && len(item.Fields) == 1 {
		if v := o.same(item, b[:1]); v != nil {
			return v, 1
		}
	}
	l, err := o.Other.measure(b)
	if err != nil || l.len == 0 {
		return string(b), len(b)
	}
	one := b[:l.len]
	if known {
		if v := o.same(item, one); v != nil {
			return v, len(one)
		}
	}
	if v := o.same(o.Other, one); v != nil {
		return v, len(one)
	}
	return string(b), len(b) // a length that can't be
}

// same reads b as an item, nil when that would not be written as the same bytes.
func (o *Options) same(item *Protocol, b []byte) Value {
	rec, n := item.read(b)
	if n != len(b) {
		return nil
	}
	v := o.entry(item, rec, false)
	if again, err := o.putOne(nil, v); err == nil && bytes.Equal(again, b) {
		return v
	}
	if o.Named {
		v = o.entry(item, rec, true)
		if again, err := o.putOne(nil, v); err == nil && bytes.Equal(again, b) {
			return v
		}
	}
	return nil
}

// entry is a record as a value of the list; computed: with what the item would compute.
func (o *Options) entry(item *Protocol, rec Record, computed bool) Value {
	kind := Value(item.Name)
	if item == o.Other {
		kind = rec[0].Value
	}
	if o.Named {
		v := Record{{item.Fields[0].Name, kind}}
		for _, e := range rec[1:] {
			if computed || !item.byName[e.Name].automatic() {
				v = append(v, e)
			}
		}
		return v
	}
	v := []Value{kind}
	for _, e := range rec[1:] {
		if f := item.byName[e.Name]; f.automatic() {
			continue
		}
		if list, ok := e.Value.([]Value); ok {
			v = append(v, list...)
		} else {
			v = append(v, e.Value)
		}
	}
	return v
}

// item finds the table of a kind.
func (o *Options) item(kind uint64) (*Protocol, bool) {
	for _, item := range o.Items {
		if n, _ := item.Fields[0].number(item.Fields[0].Default); n == kind {
			return item, true
		}
	}
	return nil, false
}

// itemOf is the table of a kind given by number or by name, nil for an unknown name.
func (o *Options) itemOf(kind Value) *Protocol {
	if n, ok := numeral(kind); ok {
		if item, ok := o.item(n); ok {
			return item
		}
		return o.Other
	}
	name, _ := kind.(string)
	for _, item := range o.Items {
		for _, n := range item.Names() {
			if strings.EqualFold(n, name) {
				return item
			}
		}
	}
	return nil
}

// Put writes the options and what pads them.
func (o *Options) Put(dst []byte, v Value) ([]byte, error) {
	start := len(dst)
	if s, ok := v.(string); ok {
		dst = append(dst, s...)
		return o.pad(dst, o.missing(len(dst)-start)), nil
	}
	list, ok := v.([]Value)
	if !ok {
		return dst, errors.New("list of options")
	}
	for _, e := range list {
		if item := o.itemOf(o.option(e).kind); item != nil && o.Place != nil {
			unit, at := o.Place(item)
			dst = o.pad(dst, short(len(dst)-start+o.Base-at, unit))
		}
		var err error
		if dst, err = o.putOne(dst, e); err != nil {
			return dst, err
		}
	}
	return o.pad(dst, o.missing(len(dst)-start)), nil
}

// putOne writes an option.
func (o *Options) putOne(dst []byte, v Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		return append(dst, s...), nil
	}
	opt := o.option(v)
	item := o.itemOf(opt.kind)
	if item == nil {
		return dst, &BadValue{Want: "number or one of " + o.names(), Got: describe(opt.kind)}
	}
	rec, err := opt.record(item)
	if err != nil {
		return dst, err
	}
	b, err := item.write(rec)
	if err != nil {
		return dst, err
	}
	return append(dst, b...), nil
}

// names lists the known options.
func (o *Options) names() string {
	names := make([]string, len(o.Items))
	for i, item := range o.Items {
		names[i] = item.Name
	}
	return strings.Join(names, ", ")
}

// missing is how many bytes n bytes of options lack to a whole unit.
func (o *Options) missing(n int) int { return short(n+o.Base, o.Unit) }

// short is how far n is below the next multiple of unit.
func short(n, unit int) int {
	if unit < 2 {
		return 0
	}
	return ((-n)%unit + unit) % unit
}

func (o *Options) pad(dst []byte, n int) []byte {
	if n == 0 {
		return dst
	}
	if o.Pad != nil {
		return o.Pad(dst, n)
	}
	return append(dst, make([]byte, n)...)
}
