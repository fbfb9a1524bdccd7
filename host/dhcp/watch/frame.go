package watch

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// wanted is what Look reads, in tcpdump's language: both versions of DHCP, fragments of datagrams that may be such, and claims
// of addresses.
const wanted = "udp port 67 or udp port 68 or udp port 546 or udp port 547 or ip[6:2] & 0x1fff != 0 or ip6[6] = 44 or arp or (icmp6 and ip6[40] = 136)"

// Filter lets pass what Look reads, also in VLANs.
const Filter = wanted + " or (vlan and (" + wanted + "))"

// Ports of servers and clients (RFC 2131 section 4.1, RFC 8415 section 7.2).
const (
	server4, client4 = 67, 68
	client6, server6 = 546, 547
)

// A Sight is what a frame has for a Watcher: at most one of these.
type Sight struct {
	Message   *Sighting
	Claim     *Claim
	Malformed error // a datagram between DHCP's ports that is no message
}

// Look reads a frame. Its bytes must stay as they are.
func Look(p *packet.Packet, at time.Time) (s Sight) {
	var around surroundings
	for c, ok := p.First(); ok; c, ok = c.Next() {
		switch c.Protocol().Name {
		case "eth":
			if h := c.Header(); len(h) >= 12 {
				around.to, around.from = h[:6], h[6:12]
			}
		case "ip":
			around.src, around.dst, _ = addresses(c.Header(), 12, 4)
		case "ipv6":
			around.src, around.dst, _ = addresses(c.Header(), 8, 16)
		case "arp":
			return Sight{Claim: claim4(c.Whole(), at)}
		case "icmp6":
			return Sight{Claim: around.claim6(c.Whole(), at)}
		case "udp":
			if s, ok = around.message(c, at); ok {
				return s
			}
		}
	}
	return Sight{}
}

// surroundings are the addresses that a datagram lies between.
type surroundings struct {
	from, to net.HardwareAddr
	src, dst netip.Addr
}

// addresses are two addresses of a size in a header.
func addresses(h []byte, at, size int) (src, dst netip.Addr, ok bool) {
	if len(h) < at+2*size {
		return src, dst, false
	}
	src, _ = netip.AddrFromSlice(h[at : at+size])
	dst, _ = netip.AddrFromSlice(h[at+size : at+2*size])
	return src, dst, true
}

// message reads what a UDP datagram carries; ok is false when it isn't between DHCP's ports.
func (a *surroundings) message(c packet.Context, at time.Time) (s Sight, ok bool) {
	h := c.Header()
	if len(h) < 4 {
		return s, false
	}
	sport, dport := uint16(h[0])<<8|uint16(h[1]), uint16(h[2])<<8|uint16(h[3])
	m := &Sighting{Time: at, SrcMAC: a.from, DstMAC: a.to, Src: netip.AddrPortFrom(a.src, sport), Dst: netip.AddrPortFrom(a.dst, dport)}
	var err error
	switch {
	case dport == server4, dport == client4, sport == server4:
		m.V4, err = dhcp4.Decode(c.Payload())
	case dport == server6, dport == client6, sport == server6:
		m.V6, err = dhcp6.Decode(c.Payload())
	default:
		return s, false
	}
	if err != nil {
		return Sight{Malformed: err}, true
	}
	return Sight{Message: m}, true
}

// claim4 reads an ARP message (RFC 826); probes claim nothing (RFC 5227 section 1.1).
func claim4(b []byte, at time.Time) *Claim {
	if len(b) < 28 || b[4] != 6 || b[5] != 4 || [4]byte(b[14:18]) == [4]byte{} {
		return nil
	}
	return &Claim{Time: at, MAC: b[8:14], Address: netip.AddrFrom4([4]byte(b[14:18]))}
}

// advertisement is the ICMPv6 type of a neighbour advertisement (RFC 4861 section 4.4).
const advertisement = 136

// claim6 reads a neighbour advertisement.
func (a *surroundings) claim6(b []byte, at time.Time) *Claim {
	if len(b) < 24 || b[0] != advertisement {
		return nil
	}
	mac := a.from
	for rest := b[24:]; len(rest) >= 8 && rest[1] > 0 && int(rest[1])*8 <= len(rest); rest = rest[int(rest[1])*8:] {
		if rest[0] == 2 { // target link-layer address
			mac = rest[2:8]
		}
	}
	if len(mac) == 0 {
		return nil
	}
	return &Claim{Time: at, MAC: mac, Address: netip.AddrFrom16([16]byte(b[8:24]))}
}
