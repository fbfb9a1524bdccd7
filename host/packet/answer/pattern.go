package answer

import (
	"bytes"
	"fmt"
	"reflect"

	"moonwire/host/packet"
)

// A Pattern is a packet of which only the layers and the fields that somebody set count.
type Pattern struct{ layers []packet.Context }

// NewPattern makes a pattern of a packet, which must not be changed afterwards.
func NewPattern(p *packet.Packet) *Pattern {
	pt := new(Pattern)
	for i := range p.Len() {
		pt.layers = append(pt.layers, p.Layer(i))
	}
	return pt
}

// Fits says whether a packet has the pattern's layers in their order, others between them allowed, with the same values
// in the fields that are set; where not, which one isn't there or differs.
func (pt *Pattern) Fits(p *packet.Packet) (ok bool, reason string) {
	c, more := p.First()
	for _, want := range pt.layers {
		reason = ""
		for {
			if !more {
				if reason == "" {
					reason = "there is no layer " + want.Protocol().Name
				}
				return false, reason
			}
			if c.Protocol() == want.Protocol() {
				differs := difference(c, want)
				if differs == nil {
					break
				}
				if reason == "" {
					reason = differs.String()
				}
			}
			c, more = c.Next()
		}
		c, more = c.Next()
	}
	return true, ""
}

// A diff is a field that is not as the pattern wants it.
type diff struct {
	c, want packet.Context
	f       *packet.Field
}

// String says which, and both values.
func (d *diff) String() string {
	name := d.c.Protocol().Name + ": " + d.f.Name
	if !d.c.Has(d.f.Name) {
		return name + " is not there"
	}
	return fmt.Sprintf("%s %s ~= %s", name, d.c.Text(d.f), d.want.Text(d.f))
}

// difference is the first field of want that somebody set and that is otherwise in c; nil when there is none.
func difference(c, want packet.Context) *diff {
	fields := want.Protocol().Fields
	for i := range fields {
		f := &fields[i]
		if !want.IsSet(f) {
			continue
		}
		if _, _, there := want.Span(f); there && !equal(c, want, f) {
			return &diff{c, want, f}
		}
	}
	return nil
}

// equal compares a field of two layers.
func equal(c, want packet.Context, f *packet.Field) bool {
	if n, ok := want.Number(f); ok {
		m, ok := c.Number(f)
		return ok && m == n
	}
	a, b := bytesOf(c, f), bytesOf(want, f)
	return a != nil && (bytes.Equal(a, b) || reflect.DeepEqual(c.Stored(f), want.Stored(f)))
}

// bytesOf is the bytes of a field; nil when it isn't there.
func bytesOf(c packet.Context, f *packet.Field) []byte {
	bit, width, ok := c.Span(f)
	if !ok {
		return nil
	}
	return c.Packet().Raw()[bit/8 : (bit+width)/8 : (bit+width)/8]
}
