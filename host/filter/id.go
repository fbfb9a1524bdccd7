package filter

import (
	"net/netip"
	"strings"
)

// id reads a name or an address, with the mask or length that may follow an address.
func (p *parser) id(q qualifier) item {
	t := p.advance()
	g := p.gen
	i := item{kind: isName, q: q, at: t.at}
	g.at = t.at
	switch t.kind {
	case kindName:
		i.cond = g.idName(t.name, q)
	case kindIPv6:
		length := wanted{128, false}
		if p.accept('/') {
			length = wanted{p.expect(kindNumber, "a prefix length, 0 to 128").num, true}
		}
		i.cond = g.idIPv6(t.text, length.n, q)
	case kindMAC:
		if q.kind != 0 && q.kind != kwHost || q.proto != link {
			g.fail("a MAC address goes with ether: ether host %s", t.text)
		}
		if !g.hasMAC() {
			g.fail("%s has no MAC addresses", linkName(g.linkType))
		}
		i.cond = g.hostMAC(parseMAC(t.text), q.dir)
	case kindARCnet:
		if g.linkType != linkARCnet && g.linkType != linkARCnetLinux {
			g.fail("an ARCnet address goes with captures of ARCnet, and this is one of %s", linkName(g.linkType))
		}
		if q.kind != 0 && q.kind != kwHost || q.proto != link {
			g.fail("an ARCnet address goes with link: link host %s", t.text)
		}
		i.cond = g.hostARCnet(uint32(parseMAC(t.text[1:])[0]), q.dir)
	default:
		i.cond = p.dotted(t, q)
	}
	return i
}

// dotted reads the mask or length that may follow an IPv4 address.
func (p *parser) dotted(t token, q qualifier) *cond {
	g := p.gen
	switch p.token.kind {
	case '/':
		p.advance()
		length := p.expect(kindNumber, "a prefix length, 0 to 32")
		if length.num > 32 {
			fail(length.at, "a prefix of IPv4 is at most 32 bits long, not %d", length.num)
		}
		return g.network4(t.text, g.partial(t.text).first(), wordMask(int(length.num)), q)
	case kwMask:
		p.advance()
		mask := p.expect(kindIPv4, "a mask, as in 255.255.0.0")
		return g.network4(t.text, g.partial(t.text).first(), g.partial(mask.text).first(), q)
	}
	switch q.kind {
	case kwPort, kwPortrange:
		g.fail("%s expected, got IPv4 address %s", idExpected(q), t.text)
	case kwProto, kwProtochain:
		g.fail("%s expected, got IPv4 address %s", idExpected(q), t.text)
	case kwGateway:
		g.fail("gateway takes a host's name, not an address")
	}
	if q.none {
		g.noQualifier(t.text)
	}
	if q.proto == decnet {
		return g.host4(g.addressDECnet(t.text), 0, q)
	}
	a := g.partial(t.text)
	if q.proto == link {
		g.fail("ether goes with MAC addresses, and %s is an IPv4 address", t.text)
	}
	return g.host4(a.first(), wordMask(a.bits), q)
}

func (g *generator) noQualifier(text string) {
	g.fail("%s needs a word before it that says what it is: host, net, port, ...", text)
}

// A partial4 is an IPv4 address of which only the first bits are given.
type partial4 struct {
	value uint32
	bits  int
}

// first puts the bits that are given first.
func (a partial4) first() uint32 { return a.value << (32 - a.bits) }

// partial reads one to four decimal numbers with dots.
func (g *generator) partial(text string) partial4 {
	var a partial4
	for part := range strings.SplitSeq(text, ".") {
		n := uint32(0)
		for i := 0; i < len(part); i++ {
			if !digit(part[i]) || n > 25 {
				n = 256
				break
			}
			n = n*10 + uint32(part[i]-'0')
		}
		if n > 255 {
			g.fail("%s is no IPv4 address: its parts are decimal numbers from 0 to 255", text)
		}
		a.value = a.value<<8 | n
		a.bits += 8
	}
	return a
}

// network4 tests for a network whose mask is given.
func (g *generator) network4(text string, addr, mask uint32, q qualifier) *cond {
	if q.kind != kwNet {
		g.fail("a mask goes with net, as in net %s mask %s", quad(addr&mask), quad(mask))
	}
	if addr&^mask != 0 {
		g.fail("%s has bits set outside of its mask %s (did you mean %s?)", text, quad(mask), quad(addr&mask))
	}
	return g.host4(addr, mask, q)
}

func quad(a uint32) string {
	return netip.AddrFrom4([4]byte{byte(a >> 24), byte(a >> 16), byte(a >> 8), byte(a)}).String()
}

// idIPv6 tests for an IPv6 address or prefix.
func (g *generator) idIPv6(text string, bits uint32, q qualifier) *cond {
	addr, err := netip.ParseAddr(text)
	if err != nil {
		g.fail("%s is no IPv6 address", text)
	}
	if bits > 128 {
		g.fail("a prefix of IPv6 is at most 128 bits long, not %d", bits)
	}
	prefix := netip.PrefixFrom(addr, int(bits))
	if first := prefix.Masked().Addr(); first != addr {
		g.fail("%s has bits set outside of its first %d (did you mean %s?)", text, bits, first)
	}
	switch q.kind {
	case 0, kwHost:
		if bits != 128 {
			g.fail("a prefix length goes with net: net %s/%d", text, bits)
		}
	case kwNet:
	default:
		g.fail("%s expected, got IPv6 address %s", idExpected(q), text)
	}
	if q.none {
		g.noQualifier(text)
	}
	return g.host6(prefix, q)
}

// idNumber tests for what a number means behind its qualifiers.
func (g *generator) idNumber(n uint32, q qualifier) *cond {
	switch q.kind {
	case kwPort:
		return g.ports(g.port(g.portNumber(n)), g.transport(q), q.dir)
	case kwPortrange:
		return g.ports(g.portrange(g.portNumber(n), n), g.transport(q), q.dir)
	case kwGateway:
		g.fail("gateway takes a host's name, not a number")
	case kwProto:
		return g.number(n, q.proto)
	case kwProtochain:
		return g.protochain(n, q.proto)
	}
	switch {
	case q.none:
		g.noQualifier("a number")
	case q.proto == decnet:
		return g.host4(n, 0, q)
	case q.proto == link:
		g.fail("a number is no MAC address")
	}
	mask := uint32(0xffffffff)
	if q.kind == kwNet {
		// net 10 is 10.0.0.0/8
		for n != 0 && n&0xff000000 == 0 {
			n <<= 8
			mask <<= 8
		}
	}
	return g.host4(n, mask, q)
}

func (g *generator) portNumber(n uint32) uint32 {
	if n > 65535 {
		g.fail("a port is at most 65535, not %d", n)
	}
	return n
}

// transport is the protocol that a port's qualifiers name.
func (g *generator) transport(q qualifier) int {
	switch q.proto {
	case anyProto:
		return noNumber
	case tcp:
		return numTCP
	case udp:
		return numUDP
	case sctp:
		return numSCTP
	}
	g.fail("%s has no ports: tcp, udp and sctp have", q.proto)
	return noNumber
}

func parseMAC(text string) []byte {
	var mac []byte
	for i := 0; i < len(text); {
		if !hexDigit(text[i]) {
			i++
			continue
		}
		n := hexDigits(text[i:], 2)
		v := byte(0)
		for _, c := range []byte(text[i : i+n]) {
			v = v<<4 | byte(hexValue(c))
		}
		mac = append(mac, v)
		i += n
	}
	return mac
}

// addressDECnet reads area.node.
func (g *generator) addressDECnet(text string) uint32 {
	area, node, _ := strings.Cut(text, ".")
	number := func(s string) uint32 {
		n := uint32(0)
		for i := 0; i < len(s) && digit(s[i]); i++ {
			n = n*10 + uint32(s[i]-'0')
		}
		return n
	}
	return number(area)<<10&0xfc00 | number(node)&0x3ff
}
