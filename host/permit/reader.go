package permit

import (
	"encoding/binary"
	"net/netip"
)

// The IP protocols that the reader knows (IANA).
const (
	hopByHop  = 0
	icmp      = 1
	ipip      = 4
	tcp       = 6
	udp       = 17
	dccp      = 33
	ip6ip     = 41
	routing   = 43
	fragment  = 44
	gre       = 47
	esp       = 50
	ah        = 51
	minimal   = 55 // encapsulation within IP (RFC 2004)
	icmp6     = 58
	options   = 60
	ipip94    = 94
	etherIP   = 97
	pim       = 103
	ipComp    = 108
	l2tp      = 115
	sctp      = 132
	mobility  = 135
	udpLite   = 136
	mpls      = 137
	hip       = 139
	shim6     = 140
	ethernet  = 143 // RFC 8986
	neighbour = -2  // ARP and neighbour discovery: no protocol and port count
)

// The types of Ethernet frames (IANA).
const (
	typeIPv4 = 0x0800
	typeARP  = 0x0806
	typeIPv6 = 0x86dd
	typeTEB  = 0x6558 // bridged Ethernet
)

// deepest is how many packets may be inside each other.
const deepest = 6

// A reader reads one frame, and decides about each packet in it. The first refusal stays.
type reader struct {
	f     *Frames
	mac   []byte // the frame's source; of a packet without a frame, nil
	depth int
	err   error
}

// A segment is what an IP packet carries.
type segment struct {
	src, dst netip.Addr
	proto    int16
	data     []byte
	cut      bool       // it has a fragment header, though it may be whole
	piece    bool       // one of several fragments
	later    bool       // and not the first
	unsure   bool       // where its ports are depends on other fragments
	via      []byte     // the stations of IPv6's routing header, 16 bytes each
	home     netip.Addr // the home address among IPv6's options
}

// verdict is what came out.
func (r *reader) verdict() error { return r.err }

// ethernet reads a frame. Its own source address counts when it is the outer one.
func (r *reader) ethernet(b []byte, outer bool) {
	if len(b) < 14 {
		r.unreadable("it is shorter than its header")
		return
	}
	if outer {
		r.mac = b[6:12]
	}
	kind, b := binary.BigEndian.Uint16(b[12:]), b[14:]
	for isTag(kind) && len(b) >= 4 {
		kind, b = binary.BigEndian.Uint16(b[2:]), b[4:]
	}
	if kind < 0x600 {
		r.llc(b)
		return
	}
	r.network(kind, b)
}

// llc reads a frame of IEEE 802.2, which may have an Ethernet type, too (RFC 1042).
func (r *reader) llc(b []byte) {
	const ip, snap = 0x06, 0xaa
	switch {
	case len(b) >= 8 && string(b[:6]) == "\xaa\xaa\x03\x00\x00\x00":
		r.network(binary.BigEndian.Uint16(b[6:]), b[8:])
	case len(b) == 0 || b[0] == ip || b[0] == snap:
		r.unreadable("what it carries can't be looked into")
	default:
		r.foreign()
	}
}

// isTag says whether what follows is an 802.1Q tag.
func isTag(kind uint16) bool {
	return kind == 0x8100 || kind == 0x88a8 || kind == 0x9100 || kind == 0x9200 || kind == 0x9300
}

// network reads what a link carries.
func (r *reader) network(kind uint16, b []byte) {
	switch kind {
	case typeIPv4:
		r.ip4(b)
	case typeIPv6:
		r.ip6(b)
	case typeARP:
		r.arp(b)
	default:
		if isTag(kind) || carriesPackets(kind) {
			r.unreadable("what it carries can't be looked into")
			return
		}
		r.foreign()
	}
}

// carriesPackets says whether frames of a type have, or may have, packets with addresses of their own in them.
func carriesPackets(kind uint16) bool {
	switch kind {
	case 0x8847, 0x8848, // MPLS
		0x8863, 0x8864, 0x880b, // PPP
		0x8035,         // RARP
		typeTEB,        // bridged Ethernet
		0x88e7,         // 802.1ah
		0x894f,         // NSH
		0x88be, 0x22eb, // ERSPAN
		0x8926,         // VN-Tag
		0x893f, 0x88e5, // 802.1BR, MACsec
		0x876b, 0x22f3, // TCP/IP compression, TRILL
		0x8870: // jumbo
		return true
	}
	return false
}

// packet reads a packet whose first bits say which IP it is.
func (r *reader) packet(b []byte) {
	switch {
	case len(b) > 0 && b[0]>>4 == 4:
		r.ip4(b)
	case len(b) > 0 && b[0]>>4 == 6:
		r.ip6(b)
	default:
		r.unreadable("it is no IP packet")
	}
}

// inside reads a packet in the packet.
func (r *reader) inside(read func([]byte), b []byte, s *segment) {
	if r.depth == deepest || s.piece {
		r.unreadable("a packet in its packets can't be looked into")
		return
	}
	r.depth++
	read(b)
	r.depth--
}

// ip4 reads an IPv4 packet (RFC 791).
func (r *reader) ip4(b []byte) {
	if len(b) < 20 || b[0]>>4 != 4 || b[0]&15 < 5 || len(b) < int(b[0]&15)*4 {
		r.unreadable("its IPv4 header is cut or wrong")
		return
	}
	header, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	place := binary.BigEndian.Uint16(b[6:])
	s := segment{src: netip.AddrFrom4([4]byte(b[12:16])), dst: netip.AddrFrom4([4]byte(b[16:20])), proto: int16(b[9]),
		piece: place&0x3fff != 0, later: place&0x1fff != 0, data: b[header:]}
	if total != 0 && total < len(b) { // none says that the frame is the packet
		s.data = b[header:max(total, header)]
	}
	if header > 20 && !r.routes4(b[20:header], &s) {
		r.unreadable("its IPv4 options are wrong")
		return
	}
	r.upper(s)
}

// routes4 decides about the stations of source routes among IPv4's options. It fails when the options can't be read.
func (r *reader) routes4(b []byte, s *segment) bool {
	for len(b) > 0 && b[0] != 0 {
		if b[0] == 1 {
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			return false
		}
		if o := b[:b[1]]; o[0] == 131 || o[0] == 137 {
			if len(o) < 3 || len(o)%4 != 3 {
				return false
			}
			for o = o[3:]; len(o) > 0; o = o[4:] {
				via := *s
				via.dst = netip.AddrFrom4([4]byte(o[:4]))
				r.passes(&via)
			}
		}
		b = b[b[1]:]
	}
	return true
}

// ip6 reads an IPv6 packet (RFC 8200) up to what it carries.
func (r *reader) ip6(b []byte) {
	if len(b) < 40 || b[0]>>4 != 6 {
		r.unreadable("its IPv6 header is cut or wrong")
		return
	}
	s := segment{src: netip.AddrFrom16([16]byte(b[8:24])), dst: netip.AddrFrom16([16]byte(b[24:40])), proto: int16(b[6]), data: b[40:]}
	if length := int(binary.BigEndian.Uint16(b[4:])); length != 0 && length < len(s.data) {
		s.data = s.data[:length]
	}
	if s.src.Is4In6() || s.dst.Is4In6() {
		r.unreadable("its IPv6 addresses stand for IPv4's")
		return
	}
	for isExtension(s.proto) && !s.later {
		if !r.extension(&s) {
			r.unreadable("its IPv6 extension headers can't be read")
			return
		}
	}
	if s.later && isExtension(s.proto) {
		s.unsure = true
	}
	r.upper(s)
}

func isExtension(proto int16) bool {
	switch proto {
	case hopByHop, routing, fragment, options, mobility, hip, shim6:
		return true
	}
	return false
}

// extension reads one extension header, and makes s what follows it.
func (r *reader) extension(s *segment) bool {
	b := s.data
	if len(b) < 8 {
		return false
	}
	size := 8 + 8*int(b[1])
	if s.proto == fragment {
		size = 8
		place := binary.BigEndian.Uint16(b[2:])
		s.cut, s.piece, s.later = true, s.piece || place&0xfff9 != 0, place>>3 != 0
	} else if len(b) < size {
		return false
	} else {
		s.unsure = s.unsure || s.piece // another fragment may put something else there
	}
	switch s.proto {
	case routing:
		if len(s.via) > 0 || !s.routes6(b[:size]) {
			return false
		}
	case options:
		if !s.homed(b[2:size]) {
			return false
		}
	}
	s.proto, s.data = int16(b[0]), b[size:]
	return true
}

// routes6 notes the stations of a routing header (RFC 8200 section 4.4, RFC 8754).
func (s *segment) routes6(b []byte) bool {
	end := len(b)
	switch b[2] {
	case 0, 2:
	case 4:
		if end = 8 + 16*(int(b[4])+1); end > len(b) {
			return false
		}
	default:
		return b[3] == 0 // no station is left
	}
	s.via = b[8:end]
	return len(s.via)%16 == 0
}

// homed notes the home address among destination options, which takes the source's place (RFC 6275 section 6.3).
func (s *segment) homed(b []byte) bool {
	for len(b) > 0 {
		if b[0] == 0 {
			b = b[1:]
			continue
		}
		if len(b) < 2 || len(b) < 2+int(b[1]) {
			return false
		}
		if b[0] == 201 {
			if b[1] != 16 || s.home.IsValid() {
				return false
			}
			s.home = netip.AddrFrom16([16]byte(b[2:18]))
		}
		b = b[2+int(b[1]):]
	}
	return true
}

// arp decides by who is asked for, and who is said to ask (RFC 826).
func (r *reader) arp(b []byte) {
	if len(b) < 28 || binary.BigEndian.Uint16(b[2:]) != typeIPv4 || b[4] != 6 || b[5] != 4 {
		r.unreadable("it is no ARP message of IPv4 over Ethernet")
		return
	}
	if r.depth == 0 {
		r.mac = mostForeign(r.f, r.mac, b[8:14])
	}
	s := segment{src: netip.AddrFrom4([4]byte(b[14:18])), dst: netip.AddrFrom4([4]byte(b[24:28])), proto: neighbour}
	r.passes(&s)
}

// mostForeign is the one of two hardware addresses that isn't the interface's.
func mostForeign(f *Frames, a, b []byte) []byte {
	if f.ownMAC(a) {
		return b
	}
	return a
}
