package filter

import "moonwire/host/filter/internal/flow"

// prologue is what a program begins with when headers are of variable length: code that notes their lengths.
func (g *generator) prologue() []ins {
	if !g.tagMove {
		return nil
	}
	return []ins{
		flow.Raw(flow.LoadImm, 0),
		flow.Raw(flow.Store, uint32(g.payload.register)),
		flow.Raw(flow.Store, uint32(g.protocol.register)),
	}
}
