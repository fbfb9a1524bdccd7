package packet

import "slices"

// A Packet is flat bytes and the places of its layers in them.
type Packet struct {
	reg     *Registry
	raw     []byte
	layers  []layer
	pending pending // what of a decoded packet nobody looked at yet
	reason  string  // why the last layer of a decoded packet is raw

	// Attached is for whoever holds the packet: the views that Lua has of its layers.
	Attached any
}

// layer is one header in a packet.
type layer struct {
	proto  *Protocol
	shape  *Shape
	off    int32 // in the packet's bytes
	len    int32
	outer  int32   // of what trails: the first layer that it lies outside of
	trails bool    // a trailer: not part of the layers in between
	suited bool    // some field went by what follows
	auto   uint64  // fields that nobody set
	ext    []int32 // ends of the varying fields, when there are several
}

// pending is a decode that stopped where nobody asked further.
type pending struct {
	open       bool
	proto      *Protocol // of what comes next; nil: nobody knows
	unsettled  bool      // proto isn't found out yet
	off, limit int32
	pads       []pad
}

// pad is a stretch of bytes behind what a layer's length covers.
type pad struct {
	off, end, outer int32
	trailer         *Protocol // nil: padding
}

// Registry is the set of protocols that the packet knows.
func (p *Packet) Registry() *Registry { return p.reg }

// Len is the number of layers.
func (p *Packet) Len() int {
	p.finish()
	return len(p.layers)
}

// Layer is layer i, from 0.
func (p *Packet) Layer(i int) Context {
	if i >= len(p.layers) {
		p.reach(i)
	}
	return Context{p, i}
}

// reach decodes as far as layer i.
func (p *Packet) reach(i int) {
	for i >= len(p.layers) && p.step() {
	}
}

// First is the outermost layer, without decoding further; ok is false when there is none.
func (p *Packet) First() (c Context, ok bool) { return Context{p, -1}.Next() }

// Find is the index of the nth layer (from 1) of a protocol; -1 when there is none. Decoding goes no further than it
// must.
func (p *Packet) Find(pr *Protocol, nth int) int {
	for i := 0; ; i++ {
		for i >= len(p.layers) {
			if !p.step() {
				return -1
			}
		}
		if p.layers[i].proto == pr {
			if nth--; nth == 0 {
				return i
			}
		}
	}
}

// Size is the number of bytes as they stand.
func (p *Packet) Size() int { return len(p.raw) }

// Raw is the bytes as they stand, before a build; they are the packet's own.
func (p *Packet) Raw() []byte { return p.raw }

// Reason says why the last layer of a decoded packet could not be read, "" when all was.
func (p *Packet) Reason() string {
	p.finish()
	return p.reason
}

// Copy is a packet of its own with the same content.
func (p *Packet) Copy() *Packet {
	p.finish()
	q := Empty(p.reg, len(p.layers), len(p.raw))
	q.append(p)
	return q
}

// Stack is a new packet of a's layers with b's behind them. Padding stays outside of everything.
func Stack(a, b *Packet) *Packet {
	a.finish()
	b.finish()
	q := Empty(a.reg, len(a.layers)+len(b.layers), len(a.raw)+len(b.raw))
	q.append(a)
	q.append(b)
	return q
}

// StackBytes is a new packet of a's layers with plain bytes behind them.
func StackBytes(a *Packet, b string) *Packet {
	a.finish()
	q := Empty(a.reg, len(a.layers)+1, len(a.raw)+len(b))
	q.append(a)
	q.reason = ""
	q.plain(b)
	return q
}

// plain puts a raw layer behind p's.
func (p *Packet) plain(b string) {
	p.layers = append(p.layers, layer{proto: raw, shape: raw.shape, off: int32(len(p.raw)), len: int32(len(b))})
	p.raw = append(p.raw, b...)
}

// append puts b's layers behind p's, and between them what b's first layer wants there.
func (p *Packet) append(b *Packet) {
	if i := len(p.layers) - 1; i >= 0 && len(b.layers) > 0 && b.layers[0].proto.Under != nil {
		if via := p.reg.byName[b.layers[0].proto.Under[p.layers[i].proto.Name]]; via != nil {
			p.fixed(via)
		}
	}
	shift, layers := int32(len(p.raw)), int32(len(p.layers))
	p.raw, p.layers = append(p.raw, b.raw...), append(p.layers, b.layers...)
	for i := int(layers); i < len(p.layers); i++ {
		l := &p.layers[i]
		l.off += shift
		if l.outer > 0 {
			l.outer += layers
		} else if l.proto.TrailerOf != nil {
			l.trails, l.outer = p.trailed(l.proto.TrailerOf)
		}
		if l.ext != nil {
			l.ext = append([]int32(nil), l.ext...)
		}
	}
	p.reason = b.reason
}

// trailed finds the layer whose payload a trailer stands behind, the last one of those names.
func (p *Packet) trailed(names []string) (ok bool, outer int32) {
	for i := len(p.layers) - 1; i >= 0; i-- {
		if slices.Contains(names, p.layers[i].proto.Name) {
			return i+1 < len(p.layers), int32(i + 1)
		}
	}
	return false, 0
}

// New is a packet of one fresh layer; values are given by field name.
func New(reg *Registry, pr *Protocol, values Record) (*Packet, error) {
	p := Empty(reg, 1, len(pr.template))
	return p, p.Fresh(pr, values)
}

// Fresh appends a layer with its defaults and the given values.
func (p *Packet) Fresh(pr *Protocol, values Record) error {
	if pr.Foreign != nil {
		return p.written(pr, values)
	}
	if !pr.whens && len(pr.vary) == 0 {
		i := p.fixed(pr)
		for _, e := range values {
			if err := p.Layer(i).Set(e.Name, e.Value); err != nil {
				return err
			}
		}
		return nil
	}
	for _, e := range values {
		if _, err := pr.Field(e.Name); err != nil {
			return err
		}
	}
	l, raw, err := pr.encode(values, nil)
	if err != nil {
		return err
	}
	l.off = int32(len(p.raw))
	p.raw, p.layers = append(p.raw, raw...), append(p.layers, l)
	return nil
}

// written appends a layer that is no row of fields.
func (p *Packet) written(pr *Protocol, values Record) error {
	raw, err := pr.compose(values)
	if err != nil {
		return err
	}
	p.layers = append(p.layers, layer{proto: pr, off: int32(len(p.raw)), len: int32(len(raw))})
	p.raw = append(p.raw, raw...)
	return nil
}

// fixed appends a layer of the protocol's defaults.
func (p *Packet) fixed(pr *Protocol) int {
	p.layers = append(p.layers, layer{proto: pr, shape: pr.shape, off: int32(len(p.raw)), len: int32(len(pr.template)),
		auto: pr.all, ext: append([]int32(nil), pr.ext...)})
	p.raw = append(p.raw, pr.template...)
	return len(p.layers) - 1
}

// Start appends a layer of the protocol's defaults when its fields are always the same, and says whether it did: then
// each field is set on its own.
func (p *Packet) Start(pr *Protocol) bool {
	if pr.whens || pr.Foreign != nil {
		return false
	}
	p.fixed(pr)
	return true
}

// DecodeOnlyError is the error for making a layer that can only be read.
type DecodeOnlyError struct{ Layer string }

func (e *DecodeOnlyError) Error() string {
	return e.Layer + " can be decoded and shown, but not built; give its bytes as a string"
}
