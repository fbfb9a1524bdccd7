package packet

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Protocol is a table of fields and the rules that join its layers to others.
type Protocol struct {
	Name    string   // as in p.ip; Scapy's, in small letters
	Title   string   // for people: "Internet Protocol version 4"
	Source  string   // RFC and section
	Aliases []string // tshark's name of the layer, Scapy's class where it differs
	Fields  []Field

	// Select names the field that says what the next layer is; several: the first that is bound decides, as UDP's ports.
	Select []string
	// Next says what the next layer is where a field can't; nil or "" leaves it to Select.
	Next func(c Context) string
	// Uppers names a protocol whose bindings hold here too, for the field that both select by: what follows a VLAN tag's
	// type is what follows Ethernet's.
	Uppers string
	// Variant names the protocol that reads these bytes instead when a packet is decoded: Ethernet with a length in the
	// place of a type. nil or "": this one.
	Variant func(b []byte) string
	// End is the number of bytes from the start of the layer to the end of its payload, as its header tells; nil or a
	// negative number: it tells nothing. Bytes behind it are padding.
	End func(c Context) int
	// Total is a formula for End.
	Total string
	// Trailer names the protocol of the bytes behind End, which are part of this layer's payload then; nil or "": they are
	// padding. TrailerOf says of that protocol whose layers it ends: stacked behind their payload, it is outside of the
	// layers in between.
	Trailer   func(c Context) string
	TrailerOf []string
	// Particular protocols are those that the Suit rules of fields below know of.
	Particular bool
	// Foreign reads the fields of layers that are no row of fields: nested encodings, lines of text, what another library
	// decodes. Measure finds the end of their header, and Write makes one of the fields that somebody gave; without it
	// they can be read and shown, never built. Fields has their names and kinds only.
	Foreign func(c Context) Record
	Write   func(values Record) ([]byte, error)
	Measure func(h Header) (int, error)
	// DecodeOnly says why Scapy and tshark can't both confirm what is built, "" when they do.
	DecodeOnly string
	// Under names a layer that comes between when this one is stacked right on another: {"tcp": "dns_tcp"}.
	Under map[string]string
	// Pseudo gives the addresses of the pseudo header, for the checksums of the layers above.
	Pseudo PseudoHeader
	// Answers says whether a reply's layer answers a request's of the same protocol, and names the values that differ when
	// it does not. caller is what the one who asks gave to package answer: Lua's state, for rules that are written there.
	// nil: package answer has the rule, or the next layers decide.
	Answers func(caller any, reply, request Context) (ok bool, reason string)
	// Summary is the layer in one line; nil: a line made of the name and the first fields.
	Summary func(c Context) string

	plain     bool // raw, padding: bytes without structure
	behind    bool // padding: outside of the lengths of the layers before it
	byName    map[string]*Field
	places    [namePlaces]*Field // some of byName
	selectors []*Field           // of Select
	vary      []int              // fields of varying width
	whens     bool
	relative  bool
	all       uint64 // a bit for each field
	autos     uint64 // automatic fields
	fills     uint64 // of these, the sender's to fill in
	computed  uint64 // those with Auto
	suits     uint64 // those with Suit
	shape     *Shape // of protocols without conditions
	template  []byte // fields' defaults of a fresh layer, without conditions
	ext       []int32
	mu        sync.Mutex
	shapes    map[uint64]*Shape
}

// namePlaces is how many fields a protocol finds without its map, at most.
const namePlaces = 16

// A Shape is where the fields of a header stand, given which are there: in bits from the base of their segment. A
// segment begins where a field of varying width ends.
type Shape struct {
	mask uint64
	at   []int32 // bit offset in the segment; -1: not there
	seg  []int16
	vars int
	tail int32 // bytes of the last segment
}

// Field finds a field by its name or by tshark's. Of several with one name it is the first; Context.Field finds the one
// that a layer has.
func (pr *Protocol) Field(name string) (*Field, error) {
	if f, ok := pr.byName[name]; ok {
		return f, nil
	}
	return nil, &UnknownName{"field", pr.Name, name, pr.FieldNames()}
}

// FieldNames lists the fields in order.
func (pr *Protocol) FieldNames() []string {
	names := make([]string, 0, len(pr.Fields))
	for i := range pr.Fields {
		if f := &pr.Fields[i]; pr.byName[f.Name] == f {
			names = append(names, f.Name)
		}
	}
	return names
}

// Compile checks the table and prepares it; every protocol is compiled once, by its registry or by hand.
func (pr *Protocol) Compile() error {
	if len(pr.Fields) > 64 {
		return fmt.Errorf("%s: more than 64 fields", pr.Name)
	}
	pr.byName, pr.shapes = map[string]*Field{}, map[uint64]*Shape{}
	for i := range pr.Fields {
		if err := pr.compileField(i); err != nil {
			return fmt.Errorf("%s.%s: %w", pr.Name, pr.Fields[i].Name, err)
		}
	}
	for i := range pr.Fields {
		f := &pr.Fields[i]
		if _, taken := pr.byName[f.Wireshark]; f.Wireshark != "" && !taken {
			pr.byName[f.Wireshark] = f
		}
	}
	for _, name := range pr.Select {
		if pr.byName[name] == nil {
			return fmt.Errorf("%s: Select names no field '%s'", pr.Name, name)
		}
		pr.selectors = append(pr.selectors, pr.byName[name])
	}
	if err := pr.formulas(); err != nil {
		return err
	}
	if pr.whens || pr.Foreign != nil {
		return nil
	}
	pr.shape = pr.shapeOf(^uint64(0))
	l, raw, err := pr.encode(nil, nil)
	pr.template, pr.ext = raw, l.ext
	return err
}

func (pr *Protocol) compileField(i int) (err error) {
	f := &pr.Fields[i]
	f.index, f.plain = i, f.plainly()
	switch {
	case f.Name == "":
		return fmt.Errorf("a field without a name")
	case pr.byName[f.Name] != nil && (f.When == "" || pr.byName[f.Name].When == ""):
		return fmt.Errorf("two fields of this name")
	case f.Bits > 64 && (f.integer() || f.Bits%8 != 0), f.Bits < 0:
		return fmt.Errorf("%d bits", f.Bits)
	case f.Little && (f.Bits%8 != 0 || !f.integer()):
		return fmt.Errorf("a little-endian field has whole bytes")
	}
	if f.Bits == 0 {
		pr.vary = append(pr.vary, i)
	}
	pr.all |= 1 << i
	if f.automatic() {
		pr.autos |= 1 << i
	}
	if f.Fill {
		pr.fills |= 1 << i
	}
	if f.Auto != nil {
		pr.computed |= 1 << i
	}
	if f.Suit != nil {
		pr.suits |= 1 << i
	}
	if _, ok := f.Kind.(Relative); ok || f.Pad != 0 {
		pr.relative = true
	}
	if f.Size != "" {
		if f.size, err = ParseExpr(f.Size, pr.slot); err != nil {
			return err
		}
	}
	if f.When != "" {
		pr.whens = true
		controls := func(name string) (int, bool) {
			n, ok := pr.slot(name)
			for o := pr.byName[name]; ok && o != nil; o = o.other {
				o.control = true
			}
			return n, ok
		}
		if f.when, err = ParseExpr(f.When, controls); err != nil {
			return err
		}
		f.open = slices.Contains(strings.FieldsFunc(f.When, func(r rune) bool { return r > 0x7f || !word(byte(r)) }), "rest")
	}
	if l, ok := f.Kind.(*ListOf); ok {
		if err := l.compile(pr.slot); err != nil {
			return err
		}
	}
	if o, ok := f.Kind.(interface{ compile() error }); ok { // Options, or what has them inside
		if err := o.compile(); err != nil {
			return err
		}
	}
	pr.join(f)
	return nil
}

// slot finds an integer field for an expression.
func (pr *Protocol) slot(name string) (int, bool) {
	f, ok := pr.byName[name]
	if !ok || f.Bits == 0 || !f.integer() {
		return 0, false
	}
	return f.index, true
}

// join makes a field known by its name, behind those that have the same one.
func (pr *Protocol) join(f *Field) {
	o := pr.byName[f.Name]
	if o == nil {
		pr.byName[f.Name] = f
		pr.places[Place(f.Name, namePlaces)] = f
		return
	}
	for f.control = o.control; o.other != nil; o = o.other {
	}
	o.other = f
}

// shapeOf is the shape with those fields, made once for each set.
func (pr *Protocol) shapeOf(mask uint64) *Shape {
	pr.mu.Lock()
	defer pr.mu.Unlock()
	if s, ok := pr.shapes[mask]; ok {
		return s
	}
	s := &Shape{mask: mask, at: make([]int32, len(pr.Fields)), seg: make([]int16, len(pr.Fields))}
	var bit int32
	for i := range pr.Fields {
		f := &pr.Fields[i]
		s.at[i] = -1
		if mask>>i&1 == 0 {
			continue
		}
		s.at[i], s.seg[i] = bit, int16(s.vars)
		bit += int32(f.Bits)
		if f.Bits == 0 {
			s.vars++
			bit = 0
		}
	}
	s.tail = (bit + 7) / 8
	pr.shapes[mask] = s
	return s
}

// has says whether the shape has field i.
func (s *Shape) has(i int) bool { return s.mask>>i&1 != 0 }

// Buildable says whether layers can be built, not only read.
func (pr *Protocol) Buildable() bool { return pr.Foreign == nil || pr.Write != nil }

// Names lists the name and the aliases.
func (pr *Protocol) Names() []string { return append([]string{pr.Name}, slices.Clone(pr.Aliases)...) }
