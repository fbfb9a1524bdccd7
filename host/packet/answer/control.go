package answer

import (
	"encoding/hex"

	"moonwire/host/packet"
)

func hexText(b []byte) string { return hex.EncodeToString(b) }

// icmpReply is the type that answers a type (RFC 792, RFC 950, RFC 1256, RFC 8335).
var icmpReply = map[byte]byte{8: 0, 10: 9, 13: 14, 15: 16, 17: 18, 33: 34, 35: 36, 37: 38, 42: 43}

// icmp: the type answers, identifier and sequence number stay.
func icmp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	want, asks := icmpReply[qb[0]]
	switch {
	case !asks:
		t.refuse("request type", qb[0], "one that asks for an answer")
		return refused
	case !same(t, "type", ab[0], want):
		return refused
	case qb[0] == 10: // solicitations of routers have no number
		return settled
	case qb[0] == 42: // the sequence number is one byte
		return final(same(t, "id", be16(ab, 4), be16(qb, 4)) && same(t, "seq", be16(ab, 6)>>8, be16(qb, 6)>>8))
	}
	return final(t.numbered(ab, qb))
}

// numbered compares identifier and sequence number.
func (t *trail) numbered(ab, qb []byte) bool {
	return same(t, "id", be16(ab, 4), be16(qb, 4)) && same(t, "seq", be16(ab, 6), be16(qb, 6))
}

// The types of ICMPv6 that ask (RFC 4443, RFC 4861, RFC 2710, RFC 4620, RFC 3122, RFC 6275).
const (
	echoRequest6       = 128
	listenerQuery      = 130
	listenerReport     = 131
	listenerReport2    = 143
	routerSolicitation = 133
	neighborSolicit    = 135
	nodeQuery          = 139
	inverseSolicit     = 141
	homeAgentRequest   = 144
	mobilePrefix       = 146
)

// icmp6: the type answers; what it is about stays: a number, a target, a group.
func icmp6(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	kind := ab[0]
	if qb[0] == listenerQuery && kind == listenerReport2 {
		kind = listenerReport
	}
	switch qb[0] {
	case echoRequest6, routerSolicitation, neighborSolicit, listenerQuery, nodeQuery, inverseSolicit, homeAgentRequest, mobilePrefix:
	default:
		t.refuse("request type", qb[0], "one that asks for an answer")
		return refused
	}
	if !same(t, "type", kind, qb[0]+1) {
		return refused
	}
	switch qb[0] {
	case echoRequest6:
		return final(t.numbered(ab, qb))
	case neighborSolicit:
		return final(same(t, "tgt", text(part(ab, 8, 24)), text(part(qb, 8, 24))))
	case listenerQuery:
		group := text(part(qb, 8, 24))
		return final(group == "::" || ab[0] == listenerReport2 || same(t, "mladdr", text(part(ab, 8, 24)), group))
	case nodeQuery:
		return final(same(t, "nonce", hexText(part(ab, 8, 16)), hexText(part(qb, 8, 16))))
	case homeAgentRequest, mobilePrefix:
		return final(same(t, "id", be16(ab, 4), be16(qb, 4)))
	}
	return settled
}

// part is bytes from to to, as many as there are.
func part(b []byte, from, to int) []byte { return b[min(from, len(b)):min(to, len(b))] }

// igmp: a report answers a query about its group, or about all (RFC 2236, RFC 3376).
func igmp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	const query, report1, report2, report3 = 0x11, 0x12, 0x16, 0x22
	if !same(t, "request type", qb[0], query) {
		return refused
	}
	if kind := ab[0]; kind != report1 && kind != report3 && !same(t, "type", kind, report2) {
		return refused
	}
	group := text(part(qb, 4, 8))
	return final(group == "0.0.0.0" || ab[0] == report3 || same(t, "gaddr", text(part(ab, 4, 8)), group))
}
