package permit

import "encoding/binary"

// udp reads the tunnels that are known by their port. A tunnel's end knows them by the destination's; decoders look at both.
func (r *reader) udp(s *segment) {
	if s.later || len(s.data) < 8 {
		return
	}
	r.tunnel(binary.BigEndian.Uint16(s.data[2:]), s)
	r.tunnel(binary.BigEndian.Uint16(s.data), s)
}

// tunnel reads what goes to or comes from a port, if that is a tunnel's.
func (r *reader) tunnel(port uint16, s *segment) {
	switch body := s.data[8:]; port {
	case 4789, 8472: // VXLAN (RFC 7348), and Linux's port of old
		if len(body) >= 8+14 || s.piece {
			r.inside(r.innerEthernet, body[min(8, len(body)):], s)
		}
	case 6081:
		r.geneve(body, s)
	case 2152:
		r.gtp(body, s)
	}
}

// geneve reads a packet of Geneve (RFC 8926).
func (r *reader) geneve(b []byte, s *segment) {
	if s.piece {
		r.inside(r.innerEthernet, nil, s)
		return
	}
	if len(b) < 8 {
		return
	}
	header := 8 + 4*int(b[0]&63)
	if len(b) < header {
		r.unreadable("its tunnel's header is cut")
		return
	}
	kind := binary.BigEndian.Uint16(b[2:])
	r.inside(func(b []byte) { r.carried(kind, b) }, b[header:], s)
}

// gtp reads a packet of mobile networks (3GPP TS 29.281 section 5). Extension headers are not looked into.
func (r *reader) gtp(b []byte, s *segment) {
	const version1, extended, user = 0x30, 4, 255
	if s.piece {
		r.inside(r.packet, nil, s)
		return
	}
	if len(b) < 8 || b[0]&0xf0 != version1 || b[1] != user {
		return
	}
	header := 8
	if b[0]&7 != 0 { // sequence number, N-PDU number, type of the next extension header
		header = 12
	}
	if b[0]&extended != 0 || len(b) <= header {
		r.unreadable("its tunnel's header can't be read")
		return
	}
	r.inside(r.packet, b[header:], s)
}
