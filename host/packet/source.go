package packet

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Source is the Lua expression that makes the packet again: only what differs from defaults and from what the build
// would compute is said.
func (p *Packet) Source() string {
	q := p.minimal()
	if q.Len() == 0 {
		return `""`
	}
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
		q.enclose(i)
		q.unsayable(i)
		if l := &q.layers[i]; l.proto.Foreign == nil {
			l.auto |= l.proto.computed & l.shape.mask &^ q.Layer(i).steered()
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

// enclose makes raw bytes of padding that an outer layer's length covers: said as padding, it would lie outside of that.
func (p *Packet) enclose(i int) {
	l := &p.layers[i]
	for j := int32(0); l.proto == padding && j < l.outer; j++ {
		if p.layers[j].proto.End != nil {
			l.proto, l.shape, l.outer = raw, raw.shape, 0
		}
	}
}

// steered are the automatic fields on which it depends what other fields there are, and which are not what a fresh layer
// has: it would lack those fields.
func (c Context) steered() (mask uint64) {
	for f := range c.Fields() {
		if n, ok := c.Number(f); ok && f.control && f.Auto != nil {
			if fresh, _ := f.number(f.Default); n != fresh || n != f.Auto(c)&f.max() {
				mask |= 1 << f.index
			}
		}
	}
	return mask
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
	var parts []string
	for _, f := range c.said() {
		parts = append(parts, key(f.Name)+f.sourceOf(c, c.value(f.index)))
	}
	return pr.Name + "{" + strings.Join(parts, ", ") + "}"
}

// said are the fields that the source of a layer names: those that a fresh layer would have otherwise.
func (c Context) said() (fields []*Field) {
	plain, same := c.fresh()
	for f := range c.Fields() {
		if c.IsAuto(f) {
			continue
		}
		v, fresh := c.value(f.index), same
		if f.control {
			fresh = plain
		}
		if d := fresh.Layer(0); d.has(f.index) && f.Auto == nil && reflect.DeepEqual(v, d.value(f.index)) && !c.suitsOtherwise(f, v) {
			continue
		}
		fields = append(fields, f)
	}
	return fields
}

// suitsOtherwise says whether something else than v would suit what follows.
func (c Context) suitsOtherwise(f *Field, v Value) bool {
	if f.Suit == nil {
		return false
	}
	better := f.Suit(c)
	return better != nil && !reflect.DeepEqual(better, v)
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

// sourceOf is a value in Lua, by its name where it has one that stands for it.
func (f *Field) sourceOf(c Context, v Value) string {
	if e, ok := f.Kind.(*Enum); ok {
		n, _ := number(v)
		if again, _ := e.Number(e.Names[n], f.Bits); e.Names[n] != "" && again == n {
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

// key is name=, ["local"]= for a word that Lua has for itself, or nothing for a position.
func key(name string) string {
	switch {
	case name != "" && '1' <= name[0] && name[0] <= '9':
		return ""
	case slices.Contains(luaWords, name):
		return `["` + name + `"]=`
	}
	return name + "="
}

// luaWords can't be names in Lua.
var luaWords = []string{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
	"nil", "not", "or", "repeat", "return", "then", "true", "until", "while"}
