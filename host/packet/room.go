package packet

// A packet is allocated together with room for its layers and bytes; most packets need no other memory.
type (
	oneLayer struct {
		Packet
		layers [1]layer
		raw    [48]byte
	}
	threeLayers struct {
		Packet
		layers [3]layer
		raw    [64]byte
	}
	fiveLayers struct {
		Packet
		layers [5]layer
		raw    [128]byte
	}
)

// Empty is a packet without layers, with room for so many.
func Empty(reg *Registry, layers, size int) *Packet {
	var p *Packet
	switch {
	case layers <= 1 && size <= 48:
		r := &oneLayer{}
		p = &r.Packet
		p.layers, p.raw = r.layers[:0], r.raw[:0]
	case layers <= 3 && size <= 64:
		r := &threeLayers{}
		p = &r.Packet
		p.layers, p.raw = r.layers[:0], r.raw[:0]
	default:
		r := &fiveLayers{}
		p = &r.Packet
		p.layers, p.raw = r.layers[:0], r.raw[:0]
	}
	p.reg = reg
	return p
}
