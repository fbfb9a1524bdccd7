package packet

import (
	"fmt"
	"maps"
	"slices"
)

// A Registry is a set of protocols and of the bindings between them.
type Registry struct {
	byName   map[string]*Protocol // and by alias
	order    []*Protocol
	upper    map[select_]*Protocol
	overlays map[pair][]overlay
	selects  map[*Protocol][]*Field // fields beside Protocol.Select that bindings named
	// Fallback reads layers that no table here knows; nil: they stay raw.
	Fallback func(c Context, payload []byte) *Protocol

	// Attached is for whoever has the set.
	Attached any
}

// select_ is a value of a field; of several fields with one name the first stands for all.
type select_ struct {
	lower *Protocol
	field int
	value uint64
}

type pair struct{ lower, upper *Protocol }

type overlay struct {
	field string
	value uint64
}

// A Binding says that a field of a lower protocol has a value when the upper one follows.
type Binding struct {
	Lower, Field string
	Value        uint64
	Upper        string
	// OneWay bindings are only for building, or only for reading.
	BuildOnly, ReadOnly bool
}

// NewRegistry makes a set of protocols; raw and padding are always in it.
func NewRegistry(protocols []*Protocol, bindings []Binding) (*Registry, error) {
	r := &Registry{byName: map[string]*Protocol{}, upper: map[select_]*Protocol{}, overlays: map[pair][]overlay{}, selects: map[*Protocol][]*Field{}}
	for _, pr := range append([]*Protocol{raw, padding}, protocols...) {
		if err := r.Add(pr); err != nil {
			return nil, err
		}
	}
	for _, b := range bindings {
		if err := r.Bind(b); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Clone is a registry of its own with the same content: what a script adds to it nobody else sees.
func (r *Registry) Clone() *Registry {
	return &Registry{byName: maps.Clone(r.byName), order: slices.Clone(r.order), upper: maps.Clone(r.upper),
		overlays: maps.Clone(r.overlays), selects: maps.Clone(r.selects), Fallback: r.Fallback}
}

// Add takes a protocol in; its name must be new, or that of one that can only be read, which it replaces.
func (r *Registry) Add(pr *Protocol) error {
	old, taken := r.byName[pr.Name]
	if taken && old.Buildable() {
		return fmt.Errorf("there is a layer named '%s' already", pr.Name)
	}
	if pr.byName == nil {
		if err := pr.Compile(); err != nil {
			return err
		}
	}
	r.byName[pr.Name] = pr
	if taken {
		r.order = slices.DeleteFunc(r.order, func(o *Protocol) bool { return o == old })
	}
	r.order = append(r.order, pr)
	for _, a := range pr.Aliases {
		if _, taken := r.byName[a]; !taken {
			r.byName[a] = pr
		}
	}
	return nil
}

// Remove takes a protocol out, with its bindings.
func (r *Registry) Remove(pr *Protocol) {
	maps.DeleteFunc(r.byName, func(_ string, p *Protocol) bool { return p == pr })
	r.order = slices.DeleteFunc(r.order, func(p *Protocol) bool { return p == pr })
	maps.DeleteFunc(r.upper, func(k select_, up *Protocol) bool { return up == pr || k.lower == pr })
	maps.DeleteFunc(r.overlays, func(k pair, _ []overlay) bool { return k.upper == pr || k.lower == pr })
}

// Bind joins two protocols.
func (r *Registry) Bind(b Binding) error {
	lower, err := r.Lookup(b.Lower)
	if err != nil {
		return err
	}
	upper, err := r.Lookup(b.Upper)
	if err != nil {
		return err
	}
	f, err := lower.Field(b.Field)
	if err != nil {
		return err
	}
	if f.Bits == 0 && f.Auto == nil || f.Bits != 0 && b.Value > f.max() {
		return &BadValue{Field: lower.Name + "." + f.Name, Want: f.want(), Got: plainText(b.Value)}
	}
	f = lower.byName[f.Name]
	key := select_{lower, f.index, b.Value}
	if _, taken := r.upper[key]; !b.BuildOnly && (!taken || upper != r.upper[key]) {
		r.upper[key] = upper
		if !slices.Contains(lower.selectors, f) && !slices.Contains(r.selects[lower], f) {
			r.selects[lower] = append(slices.Clone(r.selects[lower]), f)
		}
	}
	p := pair{lower, upper}
	taken := slices.ContainsFunc(r.overlays[p], func(o overlay) bool { return o.field == f.Name })
	if !b.ReadOnly && !taken {
		r.overlays[p] = append(slices.Clone(r.overlays[p]), overlay{f.Name, b.Value})
	}
	return nil
}

// overload is the value that a field of lower takes when upper follows.
func (r *Registry) overload(lower *Protocol, field string, upper *Protocol) (uint64, bool) {
	if r == nil {
		return 0, false
	}
	for _, o := range r.overlays[pair{lower, upper}] {
		if o.field == field {
			return o.value, true
		}
	}
	if lower.Uppers == "" {
		return 0, false
	}
	if model := r.byName[lower.Uppers]; model != nil && field == lower.Select[0] {
		return r.overload(model, model.Select[0], upper)
	}
	return 0, false
}

// Lookup finds a protocol by name or alias.
func (r *Registry) Lookup(name string) (*Protocol, error) {
	if pr, ok := r.byName[name]; ok {
		return pr, nil
	}
	return nil, &UnknownName{"layer", "", name, r.Names()}
}

// Names lists the protocols in the order they came.
func (r *Registry) Names() []string {
	names := make([]string, len(r.order))
	for i, pr := range r.order {
		names[i] = pr.Name
	}
	return names
}

// Protocols lists them in the order they came.
func (r *Registry) Protocols() []*Protocol { return slices.Clone(r.order) }

// next finds what follows a layer that was just read, nil when nothing here knows.
func (r *Registry) next(c Context) *Protocol {
	pr := c.Protocol()
	if pr.Next != nil {
		if name := pr.Next(c); name != "" {
			return r.byName[name]
		}
	}
	if up := r.selected(c, pr.selectors); up != nil {
		return up
	}
	if up := r.selected(c, r.selects[pr]); up != nil || pr.Uppers == "" {
		return up
	}
	model := r.byName[pr.Uppers]
	return r.upper[select_{model, model.selectors[0].index, c.Uint(pr.Select[0])}]
}

// selected is the protocol that one of the fields is bound to.
func (r *Registry) selected(c Context, fields []*Field) *Protocol {
	for _, first := range fields {
		f := first
		for f != nil && !c.has(f.index) {
			f = f.other
		}
		if f == nil {
			continue
		}
		if n, ok := c.Number(f); ok {
			if up := r.upper[select_{c.Protocol(), first.index, n}]; up != nil {
				return up
			}
		}
	}
	return nil
}

// variant is the protocol that reads b when pr was asked to.
func (r *Registry) variant(pr *Protocol, b []byte) *Protocol {
	if name := pr.Variant(b); name != "" && r.byName[name] != nil {
		return r.byName[name]
	}
	return pr
}

// raw is bytes that nothing reads further.
var raw = compiled(&Protocol{Name: "raw", Title: "Bytes", Aliases: []string{"data", "Raw"},
	Fields: []Field{{Name: "load", Kind: Bytes, Doc: "the bytes", Wireshark: "data.data"}}, plain: true})

// padding is bytes behind what the layers' lengths cover.
var padding = compiled(&Protocol{Name: "padding", Title: "Padding", Aliases: []string{"Padding"},
	Fields: []Field{{Name: "load", Kind: Bytes, Doc: "the bytes"}}, plain: true, behind: true})

func compiled(pr *Protocol) *Protocol {
	if err := pr.Compile(); err != nil {
		panic(err) // a fault in this file
	}
	return pr
}

// RawOf makes a packet of plain bytes.
func RawOf(reg *Registry, b string) *Packet {
	p := Empty(reg, 1, len(b))
	p.plain(b)
	return p
}
