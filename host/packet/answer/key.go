package answer

import (
	"net/netip"

	"moonwire/host/packet"
)

// A key puts requests into buckets: an answer's keys are among them. A request whose answerer isn't known beforehand (a
// group was asked) has zeros there.
type key struct {
	proto byte       // IP protocol number; 0 of frames without IP
	from  netip.Addr // who is to answer
	sport uint16     // of the answer
	dport uint16
	id    uint32 // what request and answer have in common besides
}

// requestKeys are the buckets of a request: the first for answers, the second, if it is another, for ICMP errors, which
// bring back only the beginning of what they are about.
func requestKeys(p *packet.Packet) (answers, errors key) {
	c, ok := content(p.First())
	if !ok {
		return key{}, key{}
	}
	if c.Protocol().Name == "arp" {
		_, target := arpAddresses(c.Header())
		k := key{id: tail(target)}
		return k, k
	}
	dst, ok := destination(c)
	if !ok {
		return key{}, key{}
	}
	if toGroup(p) || isGroup(dst) {
		dst = netip.Addr{}
	}
	if last, ok := routed(c); ok && dst.IsValid() {
		dst = last
	}
	up, ok := content(c.Next())
	if !ok {
		k := key{from: dst}
		return k, k
	}
	b := up.Whole()
	switch up.Protocol().Name {
	case "icmp":
		k := key{proto: protoICMP, from: dst, id: icmpID(b)}
		return k, k
	case "icmp6":
		k := key{proto: protoICMP6, from: dst, id: icmp6ID(b)}
		return k, k
	case "tcp", "sctp", "udp":
		k := key{proto: portProtocols[up.Protocol().Name], from: dst, sport: be16(b, 2), dport: be16(b, 0)}
		if !dst.IsValid() || k.proto == protoUDP && k.sport == portTFTP {
			k.sport = 0
		}
		with := k
		with.id = applicationID(up)
		return with, k
	}
	k := key{from: dst}
	return k, k
}

// replyKeys are the buckets in which to look for what a packet answers, the most exact first.
func replyKeys(p *packet.Packet) (keys [6]key, n int) {
	exact, ports := replyKey(p)
	add := func(k key) {
		if n == 0 || keys[n-1] != k {
			keys[n] = k
			n++
		}
	}
	for _, known := range []bool{true, false} {
		k := exact
		if !known {
			if !ports || exact.id == 0 {
				break
			}
			k.id = 0 // bytes that were sent as they are
		}
		add(k)
		if ports {
			k.sport = 0
			add(k)
		}
		k.from = netip.Addr{}
		add(k)
	}
	return keys, n
}

// replyKey is the most exact bucket of a reply, and whether ports are in it.
func replyKey(p *packet.Packet) (k key, ports bool) {
	c, ok := content(p.First())
	if !ok {
		return key{}, false
	}
	if c.Protocol().Name == "arp" {
		sender, _ := arpAddresses(c.Header())
		return key{id: tail(sender)}, false
	}
	src, ok := source(c)
	if !ok {
		return key{}, false
	}
	if b, ok := quoted(c); ok {
		return quotedKey(b)
	}
	up, ok := content(c.Next())
	if !ok {
		return key{from: src}, false
	}
	b := up.Whole()
	switch up.Protocol().Name {
	case "icmp":
		return key{proto: protoICMP, from: src, id: icmpID(b)}, false
	case "icmp6":
		return key{proto: protoICMP6, from: src, id: icmp6ID(b)}, false
	case "tcp", "sctp", "udp":
		return key{proto: portProtocols[up.Protocol().Name], from: src, sport: be16(b, 0), dport: be16(b, 2), id: applicationID(up)}, true
	}
	return key{from: src}, false
}

// quotedKey is the bucket of the request that an ICMP error quotes.
func quotedKey(b []byte) (key, bool) {
	var proto byte
	var upper []byte
	k := key{}
	if n := headerLen(b); len(b) > 0 && b[0]>>4 == 4 && n > 0 {
		proto, upper, k.from = b[9], b[n:], netip.AddrFrom4([4]byte(b[16:20]))
	} else if len(b) >= 40 && b[0]>>4 == 6 {
		k.from = netip.AddrFrom16([16]byte(b[24:40]))
		proto, upper = upper6(b)
	}
	if isGroup(k.from) {
		k.from = netip.Addr{}
	}
	switch proto {
	case protoICMP:
		k.proto, k.id = proto, icmpID(upper)
	case protoICMP6:
		k.proto, k.id = proto, icmp6ID(upper)
	case protoTCP, protoUDP, protoSCTP:
		k.proto, k.sport, k.dport = proto, be16(upper, 2), be16(upper, 0)
		return k, true
	}
	return k, false
}

var portProtocols = map[string]byte{"tcp": protoTCP, "udp": protoUDP, "sctp": protoSCTP}

// icmpID is what a question and its answer share: identifier and number.
func icmpID(b []byte) uint32 {
	if len(b) > 0 && (b[0] == 9 || b[0] == 10) {
		return 0 // routers, where a lifetime stands in that place
	}
	return be32(b, 4)
}

// icmp6ID is icmpID for version 6; of neighbour discovery the end of the target.
func icmp6ID(b []byte) uint32 {
	if len(b) == 0 {
		return 0
	}
	switch b[0] {
	case echoRequest6, echoRequest6 + 1:
		return be32(b, 4)
	case neighborSolicit, neighborSolicit + 1:
		return be32(b, 20)
	}
	return 0
}

// applicationID is the identifier that an application's message above UDP has.
func applicationID(udp packet.Context) uint32 {
	up, ok := udp.Next()
	if !ok {
		return 0
	}
	b := up.Whole()
	switch up.Protocol().Name {
	case "dns":
		return uint32(be16(b, 0))
	case "dhcp":
		return be32(b, 4)
	case "snmp":
		id, _ := snmpID(b)
		return uint32(id)
	}
	return 0
}

// source is the source address of an IP layer.
func source(c packet.Context) (netip.Addr, bool) {
	switch h := c.Header(); c.Protocol().Name {
	case "ip":
		return netip.AddrFrom4([4]byte(h[12:16])), true
	case "ipv6":
		return netip.AddrFrom16([16]byte(h[8:24])), true
	}
	return netip.Addr{}, false
}

// destination is the destination address of an IP layer.
func destination(c packet.Context) (netip.Addr, bool) {
	switch h := c.Header(); c.Protocol().Name {
	case "ip":
		return netip.AddrFrom4([4]byte(h[16:20])), true
	case "ipv6":
		return netip.AddrFrom16([16]byte(h[24:40])), true
	}
	return netip.Addr{}, false
}

// tail is the last four bytes of an address.
func tail(b []byte) uint32 {
	if len(b) < 4 {
		return 0
	}
	return be32(b, len(b)-4)
}
