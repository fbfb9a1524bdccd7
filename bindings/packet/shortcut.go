package packet

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// ofPackets and ofLayers answer at once for what scripts do with every packet.
var (
	ofPackets = decl.Shortcuts{Get: getLayer}
	ofLayers  = decl.Shortcuts{Get: getNumber, Set: setShort}
)

// getLayer is p.name for a layer that was asked for by that name before: of this packet, or of another.
func getLayer(self any, name string) (lua.LValue, lua.LNumber, bool) {
	p, ok := self.(*packet.Packet)
	if !ok || name == "" {
		return nil, 0, false
	}
	if all, ok := p.Attached.(*views); ok {
		for _, h := range all.layers {
			if h != nil && h.name == name {
				return &h.ud, 0, true
			}
		}
	}
	s := packets.Of(p)
	if s == nil || s.Layers == nil {
		return nil, 0, false
	}
	pr := s.Asked(name)
	if pr == nil {
		return nil, 0, false
	}
	i := p.Find(pr, 1)
	if i < 0 {
		return lua.LNil, 0, true
	}
	h := handedOf(s, p, i)
	h.name = name
	return &h.ud, 0, true
}

// getNumber is layer.name for plain numbers.
func getNumber(self any, name string) (lua.LValue, lua.LNumber, bool) {
	if v, ok := self.(*view); ok {
		c := v.p.Layer(v.i)
		if f := c.Own(name); f != nil {
			n, ok := c.Plain(f)
			return nil, lua.LNumber(n), ok
		}
	}
	return nil, 0, false
}

// setShort is layer.name = value for what has a short way.
func setShort(self any, name string, value lua.LValue) bool {
	if v, ok := self.(*view); ok {
		c := v.p.Layer(v.i)
		if f := c.Own(name); f != nil {
			return assignShort(c, f, value)
		}
	}
	return false
}
