package packet

import (
	"bytes"
	"slices"
)

// unsayable makes raw bytes of a layer that its own fields would not make again: one that was cut short, or written otherwise
// than its protocol has it.
func (p *Packet) unsayable(i int) {
	if l := &p.layers[i]; !l.proto.plain && l.proto.Buildable() && !(Context{p, i}).sayable() {
		*l = layer{proto: raw, shape: raw.shape, off: l.off, len: l.len, outer: l.outer, trails: l.trails}
	}
}

// sayable says whether the layer's fields make its bytes again.
func (c Context) sayable() bool {
	pr := c.Protocol()
	if pr.Foreign != nil {
		again, err := pr.compose(pr.Foreign(c))
		return err == nil && bytes.Equal(again, c.Header())
	}
	var rec Record
	for _, f := range c.said() {
		rec = append(rec, Entry{f.Name, c.value(f.index)})
	}
	again, err := New(c.p.reg, pr, rec)
	if err != nil {
		return false
	}
	return bytes.Equal(again.Layer(0).chosen(), c.chosen())
}

// chosen is the header without what is computed.
func (c Context) chosen() []byte {
	b := slices.Clone(c.Header())
	for f := range c.Fields() {
		if f.Auto == nil {
			continue
		}
		if at, width, ok := c.Span(f); ok && width > 0 {
			clearBits(b, at-c.Offset()*8, width)
		}
	}
	return b
}
