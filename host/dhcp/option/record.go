package option

import (
	"fmt"
	"slices"
	"strings"

	"moonwire/host/decl/nearest"
	"moonwire/host/packet"
)

// A Field is one entry of a record.
type Field struct {
	Name    string
	Kind    Kind
	Default packet.Value // for a record that is written without it; nil: it must be given
}

// Record is fields one after another, each by its name.
func Record(fields ...Field) Kind { return record{fields} }

type record struct{ fields []Field }

// Type lists the fields.
func (k record) Type() string {
	parts := make([]string, len(k.fields))
	for i, f := range k.fields {
		parts[i] = f.Name + ": " + f.Kind.Type()
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (k record) Size() int {
	sum := 0
	for _, f := range k.fields {
		n := f.Kind.Size()
		if n == 0 {
			return 0
		}
		sum += n
	}
	return sum
}

func (k record) Read(b []byte) (packet.Value, int, error) {
	rec, at := make(packet.Record, 0, len(k.fields)), 0
	for _, f := range k.fields {
		v, n, err := f.Kind.Read(b[at:])
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", f.Name, err)
		}
		rec, at = append(rec, packet.Entry{Name: f.Name, Value: v}), at+n
	}
	return rec, at, nil
}

func (k record) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	rec, ok := asRecord(v)
	if !ok {
		return dst, unexpected("table with "+k.names(), v)
	}
	if err := k.only(rec); err != nil {
		return dst, err
	}
	for _, f := range k.fields {
		v := rec.Get(f.Name)
		if v == nil {
			v = f.Default
		}
		if dst, err = f.Kind.Append(dst, v); err != nil {
			return dst, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return dst, nil
}

// only finds a name that is no field's.
func (k record) only(rec packet.Record) error {
	for _, e := range rec {
		if !slices.ContainsFunc(k.fields, func(f Field) bool { return f.Name == e.Name }) {
			return k.unknown(e.Name)
		}
	}
	return nil
}

// asRecord is v as a record; an empty table is an empty one.
func asRecord(v packet.Value) (packet.Record, bool) {
	if l, ok := v.([]packet.Value); ok && len(l) == 0 {
		return nil, true
	}
	rec, ok := v.(packet.Record)
	return rec, ok
}

// names lists the fields for an error message.
func (k record) names() string { return joined(k.fieldNames()) }

func (k record) fieldNames() (names []string) {
	for _, f := range k.fields {
		names = append(names, f.Name)
	}
	return names
}

// unknown is the error for a name that is no field's.
func (k record) unknown(name string) error {
	if near := nearest.Word(name, k.fieldNames()); near != "" {
		return fmt.Errorf("no field '%s' (did you mean '%s'?)", name, near)
	}
	return fmt.Errorf("no field '%s' (it has %s)", name, k.names())
}
