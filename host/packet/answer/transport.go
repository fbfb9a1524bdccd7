package answer

import "moonwire/host/packet"

// The bits of TCP's flags.
const (
	flagFIN = 1 << iota
	flagSYN
	flagRST
	_
	flagACK
)

// slack is how far a sequence number may be off: probes of an idle connection repeat a number that is past.
const slack = 2

// tcp: the ports changed sides, and the numbers fit (RFC 9293 section 3.4, 3.10).
func tcp(t *trail, a, q packet.Context) step {
	ah, qh := a.Header(), q.Header()
	if !t.ports(ah, qh) {
		return refused
	}
	af, qf := ah[13], qh[13]
	switch {
	case qf&flagRST != 0:
		t.refuse("request flags", "R", "anything but a reset")
		return refused
	case af&flagSYN != 0 && qf&flagSYN == 0:
		t.refuse("flags", "S", "no connection request")
		return refused
	}
	if af&flagACK != 0 && !t.acknowledges(be32(ah, 8), be32(qh, 4), segment(q)) {
		return refused
	}
	if qf&flagACK != 0 && af&(flagACK|flagRST) != 0 {
		if d := int32(be32(ah, 4) - be32(qh, 8)); d < -slack || d > slack {
			t.refuse("seq", be32(ah, 4), be32(qh, 8))
			return refused
		}
		t.hold("seq")
	}
	return settled
}

// ports checks that the ports changed sides.
func (t *trail) ports(ah, qh []byte) bool {
	return same(t, "dport", be16(ah, 2), be16(qh, 0)) && same(t, "sport", be16(ah, 0), be16(qh, 2))
}

// segment is the sequence numbers that a segment takes up: its data, SYN and FIN.
func segment(c packet.Context) uint32 {
	n, flags := uint32(len(c.Payload())), c.Header()[13]
	if flags&flagSYN != 0 {
		n++
	}
	if flags&flagFIN != 0 {
		n++
	}
	return n
}

// acknowledges checks an acknowledgment of the length numbers from seq on: of all of them, or a part.
func (t *trail) acknowledges(ack, seq, length uint32) bool {
	if d := int32(ack - seq); d < -slack || d > int32(length)+slack {
		return t.refuse("ack", ack, seq+length)
	}
	t.hold("ack")
	return true
}

// The ports whose servers answer from another one: TFTP (RFC 1350 section 4).
const portTFTP = 69

// udp: the ports changed sides. Who answers a group, or a TFTP request, does so from a port of its own.
func udp(t *trail, a, q packet.Context) step {
	ah, qh := a.Header(), q.Header()
	if !same(t, "dport", be16(ah, 2), be16(qh, 0)) {
		return refused
	}
	return further(be16(qh, 2) == portTFTP || t.asksGroup(q) || same(t, "sport", be16(ah, 0), be16(qh, 2)))
}

// asksGroup says whether the request with the layer c went to a group.
func (t *trail) asksGroup(c packet.Context) bool {
	for t.groupRequest || c.Index() > 0 {
		if t.groupRequest {
			return true
		}
		c, _ = c.Lower()
		if dst, ok := destination(c); ok {
			return isGroup(dst)
		}
	}
	return false
}

// The chunk of SCTP that asks for an association (RFC 9260 section 3.3.2).
const chunkINIT = 1

// sctp: the ports changed sides, and what answers INIT bears the tag that it asked for (RFC 9260 section 8.5).
func sctp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	if !t.ports(ab, qb) {
		return refused
	}
	const reflected = 1 // the T bit: the tag is the request's own, as the answerer has none
	if len(qb) >= 20 && qb[12] == chunkINIT && len(ab) > 13 && ab[13]&reflected == 0 {
		return final(same(t, "tag", be32(ab, 4), be32(qb, 16)))
	}
	return settled
}

// vxlan: the network is the same (RFC 7348 section 5).
func vxlan(t *trail, a, q packet.Context) step {
	return further(same(t, "vni", be32(a.Header(), 4)>>8, be32(q.Header(), 4)>>8))
}
