package layers_test

import (
	"bytes"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// FuzzDecode reads any bytes as any layer: nothing panics, each field has a value and a text, and what is built again is
// what was read.
func FuzzDecode(f *testing.F) {
	all := layers.Registry().Protocols()
	at := map[*packet.Protocol]int{}
	for i, pr := range all {
		at[pr] = i
	}
	for _, c := range wireCases() {
		p := c.build(f)
		for i := range p.Len() {
			f.Add(uint16(at[p.Layer(i).Protocol()]), bytes.Clone(p.Raw()[p.Layer(i).Offset():]))
		}
	}
	f.Fuzz(func(t *testing.T, which uint16, b []byte) {
		p := packet.Decode(layers.Registry(), bytes.Clone(b), all[int(which)%len(all)])
		total := 0
		for i := range p.Len() {
			c := p.Layer(i)
			total += len(c.Header())
			for field := range c.Fields() {
				_ = c.Text(field)
				_ = c.Value(field)
			}
			_ = c.String()
		}
		if total != len(b) {
			t.Fatalf("%d layers cover %d of %d bytes", p.Len(), total, len(b))
		}
		if built := p.Copy().Build(); !bytes.Equal(built, b) {
			t.Fatalf("built %x of %x", built, b)
		}
		for i := range p.Len() {
			for field := range p.Layer(i).Fields() {
				p.Layer(i).SetField(field, p.Layer(i).Value(field))
			}
		}
		p.Build()
	})
}
