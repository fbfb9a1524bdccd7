package answer

import (
	"bytes"
	"encoding/binary"

	"moonwire/host/packet"
)

// dns: it is a response, and the identifier stays (RFC 1035 section 4.1.1).
func dns(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	const response = 0x8000
	return final(same(t, "qr", be16(ab, 2)>>15, 1) && same(t, "request qr", be16(qb, 2)&response>>15, 0) &&
		same(t, "id", be16(ab, 0), be16(qb, 0)))
}

// dhcp: a reply with the transaction's identifier (RFC 2131 section 4.1).
func dhcp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	const request, reply = 1, 2
	return final(same(t, "op", ab[0], reply) && same(t, "request op", qb[0], request) && same(t, "xid", be32(ab, 4), be32(qb, 4)))
}

// The messages of DHCPv6 (RFC 8415 section 7.3).
const (
	dhcp6Solicit   = 1
	dhcp6Advertise = 2
	dhcp6Reply     = 7
	dhcp6Relay     = 12
	dhcp6RelayBack = 13
)

// dhcp6: an advertisement or a reply with the transaction's identifier; a relayed one goes back the same way.
func dhcp6(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	if qb[0] == dhcp6Relay {
		return final(same(t, "msgtype", ab[0], dhcp6RelayBack) && same(t, "linkaddr", text(part(ab, 2, 18)), text(part(qb, 2, 18))) &&
			same(t, "peeraddr", text(part(ab, 18, 34)), text(part(qb, 18, 34))))
	}
	if qb[0] != dhcp6Solicit || ab[0] != dhcp6Advertise {
		if !same(t, "msgtype", ab[0], dhcp6Reply) {
			return refused
		}
	}
	const xid = 0xffffff
	return final(same(t, "trid", be32(ab, 0)&xid, be32(qb, 0)&xid))
}

// ntp: a server's packet whose origin time is the request's transmit time (RFC 5905 section 8).
func ntp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	const client, server, symmetricActive, symmetricPassive = 3, 4, 1, 2
	want := map[byte]byte{client: server, symmetricActive: symmetricPassive}[qb[0]&7]
	if !same(t, "mode", ab[0]&7, want) {
		return refused
	}
	if len(ab) < 48 || len(qb) < 48 {
		return settled
	}
	return final(same(t, "orig", binary.BigEndian.Uint64(ab[24:]), binary.BigEndian.Uint64(qb[40:])))
}

// radiusReplies are the codes that answer a code (RFC 2865 section 3, RFC 2866 section 3, RFC 5176 section 2.3).
var radiusReplies = map[byte][]byte{1: {2, 3, 11}, 4: {5}, 12: {2, 3, 5}, 40: {41, 42}, 43: {44, 45}}

// radius: the code answers, the identifier stays.
func radius(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	if bytes.IndexByte(radiusReplies[qb[0]], ab[0]) < 0 {
		t.refuse("code", ab[0], radiusReplies[qb[0]])
		return refused
	}
	t.hold("code")
	return final(same(t, "id", be16(ab, 0)&0xff, be16(qb, 0)&0xff))
}

// tftp: data, an acknowledgment, options or an error follow the request or block (RFC 1350, RFC 2347).
func tftp(t *trail, a, q packet.Context) step {
	ab, qb := a.Whole(), q.Whole()
	const read, write, data, ack, oops, options = 1, 2, 3, 4, 5, 6
	asked, got := be16(qb, 0), be16(ab, 0)
	switch {
	case got == oops:
		return settled
	case asked == read && got == options, asked == write && got == options:
		return settled
	case asked == read:
		return final(same(t, "op", got, data))
	case asked == write:
		return final(same(t, "op", got, ack))
	case asked == data:
		return final(same(t, "op", got, ack) && same(t, "block", be16(ab, 2), be16(qb, 2)))
	case asked == ack:
		return final(same(t, "op", got, data) && same(t, "block", be16(ab, 2), be16(qb, 2)+1))
	case asked == options:
		return final(got == ack || same(t, "op", got, data))
	}
	t.refuse("request op", asked, "one that asks for an answer")
	return refused
}

// snmp: the request's identifier stays, or the message's in version 3 (RFC 3416 section 3, RFC 3412 section 6).
func snmp(t *trail, a, q packet.Context) step {
	got, okA := snmpID(a.Whole())
	want, okQ := snmpID(q.Whole())
	if !okA || !okQ {
		return settled // bytes that are no SNMP: the ports decided
	}
	return final(same(t, "id", got, want))
}

// snmpID reads the number by which an SNMP message is known: SEQUENCE { version, community, PDU { request-id … } } or
// SEQUENCE { 3, SEQUENCE { msgID … } … }.
func snmpID(b []byte) (id int32, ok bool) {
	const sequence, integer = 0x30, 0x02
	tag, message, _, ok := element(b)
	if !ok || tag != sequence {
		return 0, false
	}
	tag, version, rest, ok := element(message)
	if !ok || tag != integer || len(version) != 1 {
		return 0, false
	}
	_, inner, rest, ok := element(rest) // the community, or version 3's header
	if ok && version[0] != 3 {
		_, inner, _, ok = element(rest)
	}
	if !ok {
		return 0, false
	}
	tag, number, _, ok := element(inner)
	if !ok || tag != integer || len(number) == 0 || len(number) > 4 {
		return 0, false
	}
	id = int32(int8(number[0]))
	for _, c := range number[1:] {
		id = id<<8 | int32(c)
	}
	return id, true
}

// element cuts the first element off BER: its tag, its content and what follows.
func element(b []byte) (tag byte, content, rest []byte, ok bool) {
	if len(b) < 2 {
		return 0, nil, nil, false
	}
	n, at := int(b[1]), 2
	if n >= 0x80 {
		octets := n & 0x7f
		if octets == 0 || octets > 4 || at+octets > len(b) {
			return 0, nil, nil, false
		}
		n = 0
		for _, c := range b[at : at+octets] {
			n = n<<8 | int(c)
		}
		at += octets
	}
	if n < 0 || n > len(b)-at {
		return 0, nil, nil, false
	}
	return b[0], b[at : at+n], b[at+n:], true
}
