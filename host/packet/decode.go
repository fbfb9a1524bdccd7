package packet

// Decode reads b as a packet that begins with first. It never fails: what can't be read is a raw layer, and Reason says
// why. The packet keeps b itself; layers are read when somebody asks for them.
func Decode(reg *Registry, b []byte, first *Protocol) *Packet {
	return new(Decoded).Read(reg, b, first)
}

// A Decoded is room for a packet that is read, and for the layers that most have. Who hands packets out can have it in one
// piece with more.
type Decoded struct {
	Packet
	layers [4]layer
}

// Read is Decode into d, which must be fresh.
func (d *Decoded) Read(reg *Registry, b []byte, first *Protocol) *Packet {
	p := &d.Packet
	p.reg, p.raw, p.layers = reg, b[:len(b):len(b)], d.layers[:0]
	p.pending.open, p.pending.proto, p.pending.limit = true, first, int32(len(b))
	return p
}

// finish reads all layers.
func (p *Packet) finish() {
	for p.step() {
	}
}

// step reads the next layer of a decoded packet; false when all are read.
func (p *Packet) step() bool {
	q := &p.pending
	if !q.open {
		return false
	}
	p.settle()
	if q.proto == nil || q.off == q.limit && len(p.layers) > 0 {
		p.rest("")
		return true
	}
	if q.proto.Variant != nil {
		q.proto = p.reg.variant(q.proto, p.raw[q.off:q.limit])
	}
	l, err := q.proto.measure(p.raw[q.off:q.limit])
	if err == nil && l.len == 0 && l.proto != raw {
		err = errShort
	}
	if err != nil {
		p.rest(q.proto.Name + ": " + err.Error())
		return true
	}
	l.off = q.off
	p.layers = append(p.layers, l)
	p.advance(Context{p, len(p.layers) - 1})
	return true
}

// advance finds where the layer that was just read ends.
func (p *Packet) advance(c Context) {
	l, q := &p.layers[c.i], &p.pending
	q.off = l.off + l.len
	q.proto = nil
	if l.proto.plain {
		p.rest("")
		return
	}
	if l.proto.End != nil {
		if end := l.proto.End(c); end >= 0 {
			if end := max(l.off+int32(end), q.off); end < q.limit {
				q.pads = append(q.pads, pad{end, q.limit, int32(c.i), nil})
				if l.proto.Trailer != nil {
					q.pads[len(q.pads)-1].follow(p.reg.byName[l.proto.Trailer(c)])
				}
				q.limit = end
			}
		}
	}
	q.unsettled = q.off < q.limit
}

// settle finds the protocol of what follows the last layer. It waits until somebody asks for that, or changes a field
// that it depends on.
func (p *Packet) settle() {
	q := &p.pending
	if !q.unsettled {
		return
	}
	q.unsettled = false
	c := Context{p, len(p.layers) - 1}
	if q.proto = p.reg.next(c); q.proto == nil && p.reg.Fallback != nil {
		q.proto = p.reg.Fallback(c, p.raw[q.off:q.limit])
	}
}

// rest makes raw of what is left, and padding of what is behind it, and ends the decode.
func (p *Packet) rest(reason string) {
	q := &p.pending
	q.open, p.reason = false, reason
	if q.off < q.limit {
		p.layers = append(p.layers, layer{proto: raw, shape: raw.shape, off: q.off, len: q.limit - q.off})
	}
	for i := len(q.pads) - 1; i >= 0; i-- {
		p.layers = append(p.layers, p.trailing(q.pads[i]))
	}
}

// follow makes a trailer of padding: it is inside of its layer.
func (d *pad) follow(trailer *Protocol) {
	if trailer != nil {
		d.trailer, d.outer = trailer, d.outer+1
	}
}

// trailing is the layer of a stretch behind another's end.
func (p *Packet) trailing(d pad) layer {
	if d.trailer != nil {
		l, err := d.trailer.measure(p.raw[d.off:d.end])
		if err == nil && l.len == d.end-d.off {
			l.off, l.outer, l.trails = d.off, d.outer, true
			return l
		}
	}
	return layer{proto: padding, shape: padding.shape, off: d.off, len: d.end - d.off, outer: d.outer}
}

// end is where the payload of layer i ends, of so many bytes in all.
func (q *pending) end(i, size int32) int32 {
	for k := len(q.pads) - 1; k >= 0; k-- { // the inner ones come last
		if q.pads[k].outer <= i {
			return q.pads[k].off
		}
	}
	return size
}

// move tells the decode that the layers before it grew.
func (q *pending) move(by int32) {
	q.off, q.limit = q.off+by, q.limit+by
	for k := range q.pads {
		q.pads[k].off, q.pads[k].end = q.pads[k].off+by, q.pads[k].end+by
	}
}
