package filter

import (
	"net/netip"
	"strconv"
	"strings"

	"moonwire/host/filter/internal/flow"
)

// Names looks up what an expression calls by name. A nil function knows no names, and the package's own tables of
// services and protocols are asked first. An error's text becomes part of the compilation's error.
type Names struct {
	// Host gives a host's addresses.
	Host func(name string) ([]netip.Addr, error)
	// Service gives the ports of a service; 0 where the protocol has none.
	Service func(name string) (tcp, udp uint16)
	// Network gives a network's number, as in /etc/networks: 10, 192.168 ...
	Network func(name string) (uint32, bool)
	// Protocol gives an IP protocol's number.
	Protocol func(name string) (uint8, bool)
	// MAC gives a host's MAC address, as in /etc/ethers.
	MAC func(name string) ([6]byte, bool)
}

// idName tests for what a name means behind its qualifiers.
func (g *generator) idName(name string, q qualifier) *cond {
	switch q.kind {
	case kwNet:
		return g.nameNetwork(name, q)
	case kwPort, kwPortrange:
		return g.namePort(name, q)
	case kwGateway:
		g.fail("gateway is not supported: write ether host MAC and not host ADDRESS")
	case kwProto:
		return g.number(g.nameProtocol(name, q.proto), q.proto)
	case kwProtochain:
		return g.protochain(g.nameProtocol(name, q.proto), q.proto)
	}
	switch {
	case q.none:
		g.fail("%s needs a word before it that says what it is%s", quote(name), suggest(name, words))
	case q.proto == link:
		return g.nameMAC(name, q)
	case q.proto == decnet:
		g.fail("DECnet addresses go by number, as in 1.13: %s can't be looked up", quote(name))
	}
	return g.nameHost(name, q)
}

func (g *generator) nameMAC(name string, q qualifier) *cond {
	if !g.hasMAC() {
		g.fail("%s has no MAC addresses", linkName(g.linkType))
	}
	if look := g.options.Names.MAC; look != nil {
		if mac, ok := look(name); ok {
			return g.hostMAC(mac[:], q.dir)
		}
	}
	g.fail("no MAC address is known for host %s", quote(name))
	return nil
}

func (g *generator) nameNetwork(name string, q qualifier) *cond {
	if look := g.options.Names.Network; look != nil {
		if n, ok := look(name); ok && n != 0 {
			return g.idNumber(n, q)
		}
	}
	g.fail("network %s is not known", quote(name))
	return nil
}

// nameHost tests for each address of a host. Where the link layer doesn't tell protocols apart, only IP is looked at.
func (g *generator) nameHost(name string, q qualifier) *cond {
	look := g.options.Names.Host
	if look == nil {
		look = func(s string) ([]netip.Addr, error) {
			a, err := netip.ParseAddr(s)
			return []netip.Addr{a}, err
		}
	}
	addrs, err := look(name)
	if err != nil {
		g.fail("host %s is not known (%v)%s", quote(name), err, suggest(name, words))
	}
	q4, q6 := q, q
	if g.protocol.base == unset && q.proto == anyProto {
		q4.proto, q6.proto = ip, ip6
	}
	var c *cond
	for _, a := range addrs {
		if a = a.Unmap(); a.Is4() && q.proto != ip6 {
			b := a.As4()
			c = flow.Any(c, g.host4(uint32(b[0])<<24|uint32(b[1])<<16|uint32(b[2])<<8|uint32(b[3]), 0xffffffff, q4))
		} else if a.Is6() && q.proto != ip {
			c = flow.Any(c, g.host6(netip.PrefixFrom(a.WithZone(""), 128), q6))
		}
	}
	if c == nil {
		g.fail("host %s has no address of that kind", quote(name))
	}
	return c
}

// namePort tests for a service's port, or for a range of ports.
func (g *generator) namePort(name string, q qualifier) *cond {
	asked := g.transport(q)
	var test portTest
	var protocol int
	if q.kind == kwPortrange {
		test, protocol = g.nameRange(name)
	} else {
		var n uint32
		n, protocol = g.service(name)
		test = g.port(g.portNumber(n))
	}
	if asked != noNumber && protocol != noNumber && asked != protocol {
		g.fail("%s is no port of %s", quote(name), q.proto)
	}
	if asked != noNumber {
		protocol = asked
	}
	return g.ports(test, protocol, q.dir)
}

// nameRange reads two ports with a dash between them.
func (g *generator) nameRange(name string) (test portTest, protocol int) {
	first, second, ok := strings.Cut(name, "-")
	if !ok {
		g.fail("two ports expected, as in 6000-6008, got %s", quote(name))
	}
	low, protocol := g.service(first)
	high, other := g.service(second)
	if other != protocol {
		protocol = noNumber
	}
	return g.portrange(g.portNumber(low), g.portNumber(high)), protocol
}

// service finds a port by name or number, and its protocol when it is only one.
func (g *generator) service(name string) (port uint32, protocol int) {
	if n, err := strconv.ParseUint(name, 10, 32); err == nil {
		return uint32(n), noNumber
	}
	s, ok := services()[name]
	if !ok && g.options.Names.Service != nil {
		s.tcp, s.udp = g.options.Names.Service(name)
	}
	switch {
	case s.tcp != 0 && s.tcp == s.udp:
		return uint32(s.tcp), noNumber
	case s.tcp != 0:
		return uint32(s.tcp), numTCP
	case s.udp != 0:
		return uint32(s.udp), numUDP
	}
	g.fail("port %s is not known%s", quote(name), suggest(name, both(sorted(services()), words)))
	return 0, noNumber
}

// nameProtocol is the number of a protocol inside another one.
func (g *generator) nameProtocol(name string, over proto) uint32 {
	switch over {
	case anyProto, ip, ip6:
		if n, ok := protocolNumbers[name]; ok {
			return uint32(n)
		}
		if look := g.options.Names.Protocol; look != nil {
			if n, ok := look(name); ok {
				return uint32(n)
			}
		}
		g.fail("IP protocol %s is not known%s", quote(name), suggest(name, sorted(protocolNumbers)))
	case link:
		if n, ok := etherNumbers[name]; ok {
			return n
		}
		g.fail("Ethernet protocol %s is not known%s", quote(name), suggest(name, sorted(etherNumbers)))
	case iso:
		n, ok := map[string]uint32{"esis": isoESIS, "isis": isoISIS, "clnp": isoCLNP}[name]
		if ok {
			return n
		}
		g.fail("%s is no protocol of ISO's network layer (clnp, esis, isis)", quote(name))
	}
	g.fail("%s has no protocols by name", over)
	return 0
}

// etherNumbers are the Ethernet types and 802.2 service access points that go by name.
var etherNumbers = map[string]uint32{
	"aarp": typeAARP, "arp": typeARP, "atalk": typeATalk, "decnet": typeDECnet, "ip": typeIPv4, "ip6": typeIPv6,
	"lat": typeLAT, "loopback": typeLoop, "mopdl": typeMOPDL, "moprc": typeMOPRC, "rarp": typeRARP, "sca": typeSCA,
	"iso": sapISO, "stp": sapSTP, "ipx": sapIPX, "netbeui": sapNetBEUI,
}
