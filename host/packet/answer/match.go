package answer

import "moonwire/host/packet"

// Match says whether reply answers request; where it does not, the rule that refused and the values that differ. caller
// is handed to the rules of protocols that a script defined.
func Match(caller any, reply, request *packet.Packet) (ok bool, reason string) {
	t := trail{caller: caller}
	if t.match(reply, request) {
		return true, ""
	}
	return false, t.String()
}

// step is what a rule found.
type step int

const (
	refused step = iota // it is no answer
	settled             // it is one, whatever follows
	deeper              // the next layers decide
)

// further is deeper when ok.
func further(ok bool) step {
	if ok {
		return deeper
	}
	return refused
}

// final is settled when ok.
func final(ok bool) step {
	if ok {
		return settled
	}
	return refused
}

// a rule compares two layers of one protocol.
type rule func(t *trail, reply, request packet.Context) step

// rules are those of the built-in protocols. Protocols without one leave it to the next layers.
var rules = map[string]rule{
	"arp": arp, "ip": ip4, "ipv6": ip6, "icmp": icmp, "icmp6": icmp6, "igmp": igmp,
	"tcp": tcp, "udp": udp, "sctp": sctp, "vxlan": vxlan,
	"dns": dns, "dhcp": dhcp, "dhcp6": dhcp6, "ntp": ntp, "radius": radius, "snmp": snmp, "tftp": tftp,
}

// carriers only bring the layers behind them: what answers is inside.
var carriers = map[string]bool{
	"eth": true, "dot3": true, "llc": true, "snap": true, "dot1q": true, "dot1ad": true, "mpls": true, "ppp": true, "pppoe": true,
	"hdlc": true, "sll": true, "sll2": true, "null": true, "loop": true, "ipv6_hopopts": true, "ipv6_routing": true, "ipv6_frag": true,
	"ipv6_dest": true,
}

// match compares two packets.
func (t *trail) match(reply, request *packet.Packet) bool {
	t.groupReply, t.groupRequest = toGroup(reply), toGroup(request)
	if !t.tags(reply, request) {
		return false
	}
	a, moreA := content(reply.First())
	q, moreQ := content(request.First())
	for moreA && moreQ {
		switch t.layers(a, q) {
		case refused:
			return false
		case settled:
			return true
		}
		a, moreA = content(a.Next())
		q, moreQ = content(q.Next())
	}
	return t.depth > 0 || t.link(reply, request)
}

// layers compares two layers.
func (t *trail) layers(a, q packet.Context) step {
	pa, pq := a.Protocol(), q.Protocol()
	switch {
	case pa != pq && t.depth > 0 && (pa.Name == "raw" || pq.Name == "raw"):
		return settled
	case pa != pq:
		t.refuse("layer", pa.Name, pq.Name)
		return refused
	case pq.Answers != nil:
		t.enter(pq.Name)
		ok, reason := pq.Answers(t.caller, a, q)
		t.reason = reason
		if ok {
			t.hold("rule")
		} else if reason == "" {
			t.reason = pq.Name + ": its rule says no"
		}
		return final(ok)
	}
	if r := rules[pq.Name]; r != nil {
		t.enter(pq.Name)
		return r(t, a, q)
	}
	return deeper
}

// content is the first layer from c on that is no carrier; false when there is none.
func content(c packet.Context, ok bool) (packet.Context, bool) {
	for ok && carriers[c.Protocol().Name] {
		c, ok = c.Next()
	}
	return c, ok && c.Protocol().Name != "padding"
}

// toGroup says whether an Ethernet frame went to a group of stations.
func toGroup(p *packet.Packet) bool {
	c, ok := p.First()
	return ok && c.Protocol().Name == "eth" && c.Header()[0]&1 != 0
}

// tags checks that two tagged frames are of one VLAN. Where only one has a tag, the other's was taken off on the way.
func (t *trail) tags(reply, request *packet.Packet) bool {
	a, taggedA := vlan(reply)
	q, taggedQ := vlan(request)
	return !taggedA || !taggedQ || same(t, "vlan", a, q)
}

// vlan is the innermost VLAN identifier of a frame.
func vlan(p *packet.Packet) (id uint16, tagged bool) {
	for c, ok := p.First(); ok && carriers[c.Protocol().Name]; c, ok = c.Next() {
		if name := c.Protocol().Name; name == "dot1q" || name == "dot1ad" {
			id, tagged = be16(c.Header(), 0)&0xfff, true
		}
	}
	return id, tagged
}

// link compares frames of which only the Ethernet header says anything.
func (t *trail) link(reply, request *packet.Packet) bool {
	a, okA := reply.First()
	q, okQ := request.First()
	if !okA || !okQ || a.Protocol().Name != "eth" || q.Protocol().Name != "eth" {
		return t.refuse("layers", "none", "one that can be compared")
	}
	t.enter("eth")
	ah, qh := a.Header(), q.Header()
	return same(t, "type", be16(ah, 12), be16(qh, 12)) &&
		(t.groupReply || same(t, "dst", packet.MAC(ah[:6]), packet.MAC(qh[6:12]))) &&
		(t.groupRequest || same(t, "src", packet.MAC(ah[6:12]), packet.MAC(qh[:6])))
}

// be16 is the 16 bits at an offset; 0 behind the end.
func be16(b []byte, at int) uint16 {
	if at+2 > len(b) {
		return 0
	}
	return uint16(b[at])<<8 | uint16(b[at+1])
}

// be32 is the 32 bits at an offset; 0 behind the end.
func be32(b []byte, at int) uint32 { return uint32(be16(b, at))<<16 | uint32(be16(b, at+2)) }
