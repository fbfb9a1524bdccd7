package filter

import (
	"encoding/binary"
	"net/netip"

	"moonwire/host/filter/internal/flow"
)

// ends joins the tests of the two ends of a packet as a direction asks.
func (g *generator) ends(d direction, what string, at func(end direction) *cond) *cond {
	switch d {
	case src, dst:
		return at(d)
	case bothEnds:
		s := at(src)
		return flow.All(s, at(dst))
	case eitherEnd:
		s := at(src)
		return flow.Any(s, at(dst))
	}
	g.fail("%s tests an address field of 802.11, not %s", d, what)
	return nil
}

// pick is the first offset for the source, the second for the destination.
func pick(end direction, source, destination uint32) uint32 {
	if end == src {
		return source
	}
	return destination
}

// host4 tests for an IPv4 address: in IP, ARP and RARP when the qualifier names no protocol.
func (g *generator) host4(addr, mask uint32, q qualifier) *cond {
	in := func(p, source, destination uint32) *cond {
		return g.ends(q.dir, "IP addresses", func(end direction) *cond {
			c := g.carries(p)
			return flow.All(c, g.masked(wordAt(fromNetwork, pick(end, source, destination)), addr, mask))
		})
	}
	switch q.proto {
	case anyProto:
		c := in(typeIPv4, 12, 16)
		if g.labels == 0 {
			c = flow.Any(c, in(typeARP, 14, 24))
			c = flow.Any(c, in(typeRARP, 14, 24))
		}
		return c
	case ip:
		return in(typeIPv4, 12, 16)
	case arp:
		return in(typeARP, 14, 24)
	case rarp:
		return in(typeRARP, 14, 24)
	case decnet:
		return g.hostDECnet(addr, q.dir)
	}
	g.fail("%s has no IPv4 addresses: a host or net goes with ip, arp or rarp, or with no protocol", q.proto)
	return nil
}

// host6 tests for an IPv6 prefix.
func (g *generator) host6(prefix netip.Prefix, q qualifier) *cond {
	if q.proto != anyProto && q.proto != ip6 {
		g.fail("%s has no IPv6 addresses: such a host or net goes with ip6, or with no protocol", q.proto)
	}
	addr := prefix.Addr().As16()
	return g.ends(q.dir, "IP addresses", func(end direction) *cond {
		from := pick(end, 8, 24)
		var c *cond
		for i := uint32(0); i < 16; i += 4 {
			test := g.masked(wordAt(fromNetwork, from+i), binary.BigEndian.Uint32(addr[i:]), wordMask(prefix.Bits()-int(i)*8))
			c = flow.All(c, test)
		}
		return flow.All(g.carries(typeIPv6), c)
	})
}

// wordMask is a word with its first bits set.
func wordMask(bits int) uint32 {
	switch {
	case bits <= 0:
		return 0
	case bits >= 32:
		return 0xffffffff
	}
	return 0xffffffff << (32 - bits)
}

// hostDECnet tests for a DECnet Phase IV address. Its headers come with and without padding, long and short.
func (g *generator) hostDECnet(addr uint32, d direction) *cond {
	addr = addr>>8&0xff | addr<<8&0xff00
	return g.ends(d, "DECnet addresses", func(end direction) *cond {
		short, long := pick(end, 3, 1), pick(end, 15, 7)
		padded := func(flags, at uint32) *cond {
			c := g.masked(halfAt(fromNetwork, 2), flags|0x8100, 0xff07)
			return flow.All(c, g.equal(halfAt(fromNetwork, 2+1+at), addr))
		}
		plain := func(flags, at uint32) *cond {
			c := g.masked(byteAt(fromNetwork, 2), flags, 7)
			return flow.All(c, g.equal(halfAt(fromNetwork, 2+at), addr))
		}
		c := padded(6, long)
		c = flow.Any(plain(6, long), c)
		c = flow.Any(padded(2, short), c)
		c = flow.Any(plain(2, short), c)
		return flow.All(g.carries(typeDECnet), c)
	})
}

// broadcast tests for the link layer's broadcast address, or for IP's two ways to write the subnet's.
func (g *generator) broadcast(p proto) *cond {
	switch {
	case p == ip:
		hosts := ^g.options.Netmask
		is := g.carries(typeIPv4)
		zeros := g.masked(wordAt(fromNetwork, 16), 0, hosts)
		return flow.All(is, flow.Any(zeros, g.masked(wordAt(fromNetwork, 16), hosts, hosts)))
	case p != anyProto && p != link:
		g.fail("%s has no broadcast: ether and ip have", p)
	case g.linkType == linkARCnet || g.linkType == linkARCnetLinux:
		return g.hostARCnet(0, dst)
	case !g.hasMAC():
		g.fail("%s has no broadcast address", linkName(g.linkType))
	}
	return g.hostMAC([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, dst)
}

// multicast tests the group bit of the link layer's destination, or IP's ranges of groups.
func (g *generator) multicast(p proto) *cond {
	group := func(at uint32) *cond { return g.anyBit(byteAt(fromHeader, at), 1) }
	switch p {
	case ip:
		is := g.carries(typeIPv4)
		return flow.All(is, g.compare(byteAt(fromNetwork, 16), 0xffffffff, flow.GreaterEqual, 224))
	case ip6:
		is := g.carries(typeIPv6)
		return flow.All(is, g.equal(byteAt(fromNetwork, 24), 0xff))
	case anyProto, link:
	default:
		g.fail("%s has no multicast: ether, ip and ip6 have", p)
	}
	switch t := g.linkType; {
	case t == linkARCnet || t == linkARCnetLinux:
		return g.hostARCnet(0, dst)
	case isEthernet(t):
		return flow.All(g.dataInside(), group(0))
	case t == linkFDDI:
		return group(1)
	case t == linkTokenRing || t == linkIPoverFC:
		return group(2)
	case isWLAN(t):
		return g.wlanMulticast()
	}
	g.fail("%s has no multicast addresses", linkName(g.linkType))
	return nil
}
