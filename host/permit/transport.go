package permit

import (
	"encoding/binary"
	"net/netip"
)

// upper decides about what an IP packet carries.
func (r *reader) upper(s segment) {
	for s.proto == ah && !s.later { // an authentication header (RFC 4302) hides nothing
		if len(s.data) < 12 || len(s.data) < 4*int(s.data[1])+8 {
			r.unreadable("its authentication header is cut")
			return
		}
		s.unsure = s.unsure || s.piece
		s.proto, s.data = int16(s.data[0]), s.data[4*int(s.data[1])+8:]
	}
	if s.dst.Is6() && isExtension(s.proto) && !s.later {
		r.unreadable("its IPv6 extension headers can't be read")
		return
	}
	r.transport(s)
}

// transport decides about a segment, and about the packets that it carries.
func (r *reader) transport(s segment) {
	if s.proto == icmp6 && r.neighbour(&s) {
		return
	}
	r.everywhere(&s)
	switch s.proto {
	case ipip:
		r.inside(r.ip4, s.data, &s)
	case ip6ip:
		r.inside(r.ip6, s.data, &s)
	case ipip94:
		r.inside(r.packet, s.data, &s)
	case gre:
		r.inside(r.gre, s.data, &s)
	case ethernet:
		r.inside(r.innerEthernet, s.data, &s)
	case etherIP:
		r.inside(r.innerEthernet, s.data[min(2, len(s.data)):], &s)
	case minimal, ipComp, l2tp, mpls:
		r.unreadable("what it carries can't be looked into")
	case pim: // a register message (RFC 7761 section 4.9.3)
		if len(s.data) > 0 && s.data[0]&15 == 1 {
			r.inside(r.packet, s.data[min(8, len(s.data)):], &s)
		}
	case udp:
		r.udp(&s)
	}
}

// everywhere decides about a segment at its destination and at each station on the way there, from its source and from the
// address that takes the source's place.
func (r *reader) everywhere(s *segment) {
	r.passes(s)
	for via := s.via; len(via) >= 16; via = via[16:] {
		there := *s
		there.dst = netip.AddrFrom16([16]byte(via[:16]))
		r.passes(&there)
	}
	if s.home.IsValid() {
		from := *s
		from.src = s.home
		r.passes(&from)
	}
}

// gre reads a packet of generic routing encapsulation (RFC 2784, RFC 2890).
func (r *reader) gre(b []byte) {
	if len(b) < 4 || b[0]&0x4f != 0 || b[1]&7 != 0 { // a source route, or another version
		r.unreadable("what it carries can't be looked into")
		return
	}
	header := 4
	for _, bit := range []byte{0x80, 0x20, 0x10} { // checksum, key, sequence number
		if b[0]&bit != 0 {
			header += 4
		}
	}
	if len(b) < header {
		r.unreadable("its tunnel's header is cut")
		return
	}
	r.carried(binary.BigEndian.Uint16(b[2:]), b[header:])
}

// carried reads what a tunnel carries, by its Ethernet type.
func (r *reader) carried(kind uint16, b []byte) {
	if kind == typeTEB {
		r.innerEthernet(b)
		return
	}
	if isTag(kind) {
		r.unreadable("what it carries can't be looked into")
		return
	}
	r.network(kind, b)
}

func (r *reader) innerEthernet(b []byte) { r.ethernet(b, false) }

// neighbour decides about neighbour discovery (RFC 4861): who is asked for must be granted, and what is said of a
// neighbour must be true of this one. Neither comes in fragments (RFC 6980). It leaves other messages of ICMPv6.
func (r *reader) neighbour(s *segment) bool {
	const solicitation, advertisement = 135, 136
	if s.later || len(s.data) == 0 || s.data[0] != solicitation && s.data[0] != advertisement {
		return false
	}
	if s.cut || s.piece || s.unsure || len(s.data) < 24 || len(s.via) > 0 || s.home.IsValid() {
		r.unreadable("its neighbour discovery is cut")
		return true
	}
	target := netip.AddrFrom16([16]byte(s.data[8:24]))
	said := s.data[24:]
	for len(said) >= 8 && said[1] != 0 {
		if (said[0] == 1 || said[0] == 2) && r.depth == 0 && r.mac != nil {
			r.mac = mostForeign(r.f, r.mac, said[2:8])
		}
		said = said[min(8*int(said[1]), len(said)):]
	}
	s.proto = neighbour
	about := *s
	if s.data[0] == solicitation {
		if about.dst = target; s.dst != target && s.dst != solicited(target) {
			r.passes(s)
		}
	} else {
		about.src = target
		r.passes(s)
	}
	r.passes(&about)
	return true
}

// solicited is the group where those listen that have an address (RFC 4291 section 2.7.1).
func solicited(a netip.Addr) netip.Addr {
	b, group := a.As16(), [16]byte{0: 0xff, 1: 0x02, 11: 1, 12: 0xff}
	copy(group[13:], b[13:])
	return netip.AddrFrom16(group)
}

// hasPorts says whether a protocol's header begins with two ports.
func hasPorts(proto int16) bool {
	switch proto {
	case tcp, udp, sctp, dccp, udpLite:
		return true
	}
	return false
}

// port is the destination port of a segment; not known where it has none, or it can't be read.
func (s *segment) port() (port uint16, known bool) {
	if !hasPorts(s.proto) || s.later || s.unsure || len(s.data) < 4 {
		return 0, false
	}
	return binary.BigEndian.Uint16(s.data[2:]), true
}
