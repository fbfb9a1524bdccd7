package permit

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"

	"moonwire/host/network"
)

// Frames decides about crafted frames that are to leave by one interface, and about crafted packets that the system puts
// into frames. What counts are the packet's own headers, of every packet in the packet:
//
//   - Ethernet, with tags of VLANs (802.1Q, 802.1ad); ARP and neighbour discovery by the address that is asked for;
//   - IPv4 and IPv6 with their options and extension headers: a source route's stations are destinations, too; fragments,
//     of which the first one must hold the ports, and later ones have none;
//   - what travels inside: IP in IP, GRE, EtherIP, Ethernet in IP, VXLAN (ports 4789 and 8472) and Geneve (6081).
//
// Their sources must be the interface's own addresses, or among those that the grant has. What can't be read so needs a
// grant without bounds on where it goes; other tunnels are not looked into: over UDP they end at the address and port that
// was granted, encrypted ones at their address.
type Frames struct {
	policy *Policy
	link   string
	look   func() []network.Interface // the table of now
	allow  []rule
	deny   []rule
	open   bool // some rule allows everything, and none forbids
	fixed  bool // own isn't read from the table
	own    atomic.Pointer[station]
}

// A rule is a grant for raw frames, made ready for packets.
type rule struct {
	grant  Grant
	any    bool // towards whom doesn't matter
	prefix netip.Prefix
	port   uint16
	proto  int16 // -1: every one; for "icmp" both of its numbers count
	free   bool  // every source
	from   netip.Prefix
}

// station is what an interface has for its own.
type station struct {
	mac    []byte
	addrs  []netip.Addr
	begins string // with what frames do: network.Interface's LinkType
}

// Frames makes what decides about frames on a link, where "" is a link that routes choose. all is the table of interfaces.
func (p *Policy) Frames(link string, all func() []network.Interface) *Frames {
	f := &Frames{policy: p, link: link, look: all}
	for _, g := range p.Allow {
		if g.Kind == Raw && (onLink(g.Link, link) && link != "" || g.Link == "") {
			f.allow = append(f.allow, ruled(g))
		}
	}
	if p.All {
		f.allow = []rule{ruled(Grant{Kind: Raw})}
	}
	for _, g := range p.Deny {
		switch {
		case g.Kind == ToNet && g.To.Host != "" && g.To.Host != Anything:
			f.deny = append(f.deny, p.ruledOut(g)...)
		case g.Kind == ToNet, g.Kind == Raw && (onLink(g.Link, link) || link == ""):
			f.deny = append(f.deny, ruled(g))
		}
	}
	f.open = len(f.deny) == 0 && slices.ContainsFunc(f.allow, func(r rule) bool { return r.any && r.free })
	f.refresh()
	return f
}

// ruled makes a rule of a grant.
func ruled(g Grant) rule {
	r := rule{grant: g, any: g.To.every() && g.To.Port == 0 && g.To.Protocol == "", prefix: g.To.Prefix, port: g.To.Port,
		proto: -1, free: g.anySource(), from: g.From}
	if g.To.Protocol != "" {
		r.proto = protocolNumber(g.To.Protocol)
	}
	return r
}

// protocolNumber is the IP protocol that a Net's word means; ICMP stands for ICMPv6 as well.
func protocolNumber(word string) int16 {
	switch word {
	case "icmp":
		return icmp
	case "tcp":
		return tcp
	case "udp":
		return udp
	}
	n := int16(0)
	for _, digit := range word {
		n = n*10 + int16(digit-'0')
	}
	return n
}

// refresh reads the interface's own addresses.
func (f *Frames) refresh() {
	if f.open || f.fixed {
		return
	}
	s := &station{}
	for _, i := range f.look() {
		if i.Name != f.link && f.link != "" {
			continue
		}
		s.mac, s.begins = i.MAC, i.LinkType
		for _, p := range i.Addrs {
			s.addrs = append(s.addrs, p.Addr().Unmap().WithZone(""))
		}
	}
	f.own.Store(s)
}

// isOwn says whether an address is the interface's. One that isn't known may be new there.
func (f *Frames) isOwn(a netip.Addr) bool {
	if slices.Contains(f.own.Load().addrs, a) {
		return true
	}
	f.refresh()
	return slices.Contains(f.own.Load().addrs, a)
}

// ownMAC says whether a hardware address is the interface's, or none.
func (f *Frames) ownMAC(mac []byte) bool {
	return bytes.Equal(mac, f.own.Load().mac) || string(mac) == "\x00\x00\x00\x00\x00\x00"
}

// Check decides about a frame, which begins as those of the interface do.
func (f *Frames) Check(frame []byte) error {
	if f.open {
		return nil
	}
	r := reader{f: f}
	switch f.own.Load().begins {
	case "ethernet":
		r.ethernet(frame, true)
	case "ip":
		r.packet(frame)
	default:
		r.unreadable("the interface's headers aren't known")
	}
	return r.verdict()
}

// CheckPacket decides about the payload of an IP packet whose header is the system's: to dst, and from src, one of the
// machine's own addresses; the zero one is of the system's choice.
func (f *Frames) CheckPacket(protocol int, src, dst netip.Addr, payload []byte) error {
	if f.open {
		return nil
	}
	r := reader{f: f}
	dst = reached(dst)
	if src = src.Unmap().WithZone(""); !src.IsValid() {
		src = netip.IPv4Unspecified()
		if dst.Is6() {
			src = netip.IPv6Unspecified()
		}
	}
	r.transport(segment{src: src, dst: dst, proto: int16(protocol), data: payload})
	return r.verdict()
}

// refusal is why what goes from src to dst, perhaps under another's hardware address, isn't allowed.
func (f *Frames) refusal(why string, foreign bool, src, dst netip.Addr, port uint16, proto int16) error {
	to := Net{Port: port}
	if dst.IsValid() {
		to.Prefix = whole(dst)
	}
	switch proto {
	case icmp, icmp6:
		to.Protocol, to.Port = "icmp", 0
	case tcp:
		to.Protocol = "tcp"
	case udp:
		to.Protocol = "udp"
	}
	would := Grant{Kind: Raw, Link: f.link, To: to}
	var tried strings.Builder
	tried.WriteString("a frame")
	if src.IsValid() && !src.IsUnspecified() && !f.isOwn(src) {
		tried.WriteString(" from " + src.String())
		would.From = whole(src)
	}
	if foreign && !would.From.IsValid() {
		would.AnySource = true
	}
	if dst.IsValid() {
		tried.WriteString(" to " + to.String())
	} else {
		would = Grant{Kind: Raw, Link: f.link, AnySource: true}
	}
	if f.link != "" {
		tried.WriteString(" on " + f.link)
	}
	return f.policy.refuse(&Refusal{Tried: tried.String(), Why: why, Would: Grants{would}}, Raw)
}
