package packet

import (
	"fmt"
	"reflect"
	"strings"
)

// Source is the Lua expression that makes the packet again: only what differs from defaults and from what the build
// would compute is said.
func (p *Packet) Source() string {
	q := p.minimal()
	var parts []string
	for i := range q.Len() {
		parts = append(parts, q.Layer(i).source())
	}
	return strings.Join(parts, " / ")
}

// minimal is a copy in which every field is automatic again whose value the build computes anyway. Checksums come
// last: they follow from the other fields.
func (p *Packet) minimal() *Packet {
	sent, q := p.Sent(), p.Copy()
	for i := range q.layers {
		if l := &q.layers[i]; l.proto.Foreign == nil {
			l.auto |= l.proto.computed & l.shape.mask
		}
	}
	for _, late := range []bool{false, true} {
		for changed := true; changed; {
			changed = false
			q.Build()
			for i := range q.layers {
				changed = q.Layer(i).restore(sent.Layer(i), late) || changed
			}
		}
	}
	return q
}

// restore sets again the automatic fields that came out differently than in want.
func (c Context) restore(want Context, late bool) (changed bool) {
	l := &c.p.layers[c.i]
	for i := range l.proto.Fields {
		f := &l.proto.Fields[i]
		if l.auto>>i&1 == 0 || f.Auto == nil || f.Late != late || !l.shape.has(i) {
			continue
		}
		if f.Bits == 0 {
			changed = c.restoreVarying(f, want) || changed
			continue
		}
		if v, _ := want.Number(f); v != f.uint(c.p.raw, c.bit(i)) {
			f.setUint(c.p.raw, c.bit(i), v)
			l.auto &^= 1 << i
			changed = true
		}
	}
	return changed
}

// restoreVarying is restore for a field of varying width.
func (c Context) restoreVarying(f *Field, want Context) bool {
	v := want.Stored(f)
	if reflect.DeepEqual(v, c.Stored(f)) {
		return false
	}
	return c.SetField(f, v) == nil
}

// source is one layer's part of Source.
func (c Context) source() string {
	pr := c.Protocol()
	if pr == raw || !pr.Buildable() {
		return Quote(string(c.Header()))
	}
	if pr.Foreign != nil {
		return pr.Name + literal(pr.Foreign(c))
	}
	plain, same := c.fresh()
	var parts []string
	for i := range pr.Fields {
		f := &pr.Fields[i]
		if !c.has(i) || c.IsAuto(f) {
			continue
		}
		v, fresh := c.value(i), same
		if f.control {
			fresh = plain
		}
		if d := fresh.Layer(0); d.has(i) && f.Auto == nil && reflect.DeepEqual(v, d.value(i)) {
			continue
		}
		parts = append(parts, f.Name+"="+f.sourceOf(c, v))
	}
	return pr.Name + "{" + strings.Join(parts, ", ") + "}"
}

// fresh is a layer of defaults, and one that has the same fields as c: all others depend on the control fields.
func (c Context) fresh() (plain, same *Packet) {
	var rec Record
	for f := range c.Fields() {
		if f.control && !c.IsAuto(f) {
			rec = append(rec, Entry{f.Name, c.value(f.index)})
		}
	}
	plain, _ = New(c.p.reg, c.Protocol(), nil)
	same, err := New(c.p.reg, c.Protocol(), rec)
	if err != nil {
		same = plain
	}
	return plain, same
}

// sourceOf is a value in Lua, by its name where it has one.
func (f *Field) sourceOf(c Context, v Value) string {
	if e, ok := f.Kind.(*Enum); ok {
		if n, _ := number(v); e.Names[n] != "" {
			return Quote(e.Names[n])
		}
	}
	if n, ok := number(v); ok && f.Kind == Hex && f.Bits <= 53 {
		return fmt.Sprintf("%#x", n)
	}
	return literal(v)
}

// literal is a value as Lua source.
func literal(v Value) string {
	switch v := v.(type) {
	case U64:
		return fmt.Sprintf("u64%q", plainText(uint64(v)))
	case []Value:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = literal(e)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Record:
		var parts []string
		for _, e := range v {
			parts = append(parts, key(e.Name)+literal(e.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return TextOf(v)
}

// key is name=, or nothing for a position.
func key(name string) string {
	if name != "" && '1' <= name[0] && name[0] <= '9' {
		return ""
	}
	return name + "="
}
