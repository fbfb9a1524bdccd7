package link

import (
	"fmt"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// A filling is a field that the sender filled in for one frame, and what stood there before.
type filling struct {
	at  int
	old [16]byte
	len int
}

// A filler fills in what a packet leaves to its sender.
type filler struct {
	link *Link
	now  time.Time
	to   []byte // MAC address of who gets it; nil: the next hop by the routes
	p    *packet.Packet
	done []filling
	room [4]filling
}

// append builds a packet and appends its bytes to dst. Fields that are the sender's to fill are filled for this once; to,
// when not nil, is the MAC address to which a packet goes that has none.
func (l *Link) append(L *lua.LState, dst []byte, p *packet.Packet, to []byte) ([]byte, error) {
	p, err := l.framed(p)
	if err != nil {
		return dst, err
	}
	f := filler{link: l, to: to, p: p}
	if err = f.all(L); err == nil {
		dst = append(dst, p.Complete()...)
	}
	f.undo()
	return dst, err
}

// all fills in all that the packet leaves to its sender; what has to be asked for first is.
func (f *filler) all(L *lua.LState) error {
	f.done = f.room[:0]
	f.p.Suit()
	for {
		err := f.fill()
		u, ask := err.(*unknown)
		if !ask {
			return err
		}
		f.undo()
		if f.now.IsZero() {
			f.now = network.ClockFrom(decl.HostOf(L).Context()).Now()
		}
		f.link.learn(L, u, f.now)
	}
}

// framed is the packet with what the link wants outside: an Ethernet header, where it has none.
func (l *Link) framed(p *packet.Packet) (*packet.Packet, error) {
	outer, ok := p.First()
	if !ok {
		return p, nil
	}
	name := outer.Protocol().Name
	if l.iface.LinkType == "linux_sll2" {
		return nil, decl.Refuse(decl.Unsupported, fmt.Errorf("%s hears all interfaces: open the one to send by", l.iface.Name))
	}
	if l.iface.LinkType == "ip" {
		if name == "eth" {
			return nil, decl.Misuse("%s carries IP packets, without an Ethernet header", l.iface.Name)
		}
		return p, nil
	}
	if name == "eth" || !withoutLink[name] {
		return p, nil
	}
	eth, err := p.Registry().Lookup("eth")
	if err != nil {
		return nil, err
	}
	header, err := packet.New(p.Registry(), eth, nil)
	if err != nil {
		return nil, err
	}
	return packet.Stack(header, p), nil
}

// withoutLink are protocols that stand behind an Ethernet header.
var withoutLink = map[string]bool{"ip": true, "ipv6": true, "arp": true, "dot1q": true, "dot1ad": true, "mpls": true, "pppoe": true, "eapol": true, "lldp": true}

// undo puts back what stood in the fields.
func (f *filler) undo() {
	for _, was := range f.done {
		copy(f.p.Raw()[was.at:], was.old[:was.len])
	}
	f.done = f.done[:0]
}

// fill fills in all layers. An *unknown is to be learned first; then it is to be called again.
func (f *filler) fill() (err error) {
	for i := 0; i < f.p.Len() && err == nil; i++ {
		c := f.p.Layer(i)
		if !c.Leaves() {
			continue
		}
		switch r := f.link.role(c.Protocol()); r.name {
		case "eth":
			err = f.ethernet(c, r)
		case "ip", "ipv6":
			err = f.source(c, r)
		case "arp":
			err = f.source(c, r)
			f.set(c, r.hardware, f.link.iface.MAC)
		}
	}
	return err
}

// A role is what the fields of a protocol are to a sender.
type role struct {
	name             string
	src, dst         *packet.Field
	hardware, target *packet.Field // of ARP
}

// role finds the fields of a protocol, once.
func (l *Link) role(pr *packet.Protocol) *role {
	r := l.roles[pr]
	if r == nil {
		r = &role{name: pr.Name}
		names := map[string][2]string{"eth": {"src", "dst"}, "ip": {"src", "dst"}, "ipv6": {"src", "dst"}, "arp": {"psrc", "pdst"}}[pr.Name]
		r.src, _ = pr.Field(names[0])
		r.dst, _ = pr.Field(names[1])
		r.hardware, _ = pr.Field("hwsrc")
		r.target, _ = pr.Field("hwdst")
		l.roles[pr] = r
	}
	return r
}

// source fills in the address from which this host would send to the layer's destination.
func (f *filler) source(c packet.Context, r *role) error {
	to, ok := netip.AddrFromSlice(bytesOf(c, r.dst))
	if !ok || !c.IsAuto(r.src) {
		return nil
	}
	h, err := f.link.known(to, false, f.now)
	if _, ask := err.(*unknown); err != nil && r.name == "arp" && !ask { // a question about an address behind no route is no mistake
		h.src, err = f.link.own(to), nil
	}
	if err == nil {
		f.set(c, r.src, h.src.AsSlice())
	}
	return err
}

// own is an address of the interface, of the family of a; the unspecified one when it has none.
func (l *Link) own(a netip.Addr) netip.Addr {
	for _, p := range l.iface.Addrs {
		if p.Addr().Is4() == a.Is4() {
			return p.Addr()
		}
	}
	return netip.Addr{}
}

// ethernet fills in the interface's address, and that of the next hop to where the packet inside goes.
func (f *filler) ethernet(c packet.Context, r *role) error {
	f.set(c, r.src, f.link.iface.MAC)
	switch {
	case !c.IsAuto(r.dst):
		return nil
	case f.to != nil:
		f.set(c, r.dst, f.to)
		return nil
	}
	for in, ok := c.Next(); ok; in, ok = in.Next() {
		switch inner := f.link.role(in.Protocol()); inner.name {
		case "ip", "ipv6":
			to, ok := netip.AddrFromSlice(bytesOf(in, inner.dst))
			if !ok {
				return nil
			}
			h, err := f.link.known(to, true, f.now)
			if err == nil {
				f.set(c, r.dst, h.mac)
			}
			return err
		case "arp":
			const answer = 2
			if to := bytesOf(in, inner.target); in.Uint("op") == answer && len(to) == 6 && [6]byte(to) != [6]byte{} {
				f.set(c, r.dst, to)
			}
			return nil
		}
	}
	return nil
}

// set writes bytes into a field that nobody set.
func (f *filler) set(c packet.Context, field *packet.Field, b []byte) {
	raw := bytesOf(c, field)
	if len(raw) != len(b) || len(b) > 16 || len(b) == 0 || !c.IsAuto(field) {
		return
	}
	bit, _, _ := c.Span(field)
	was := filling{at: bit / 8, len: len(b)}
	copy(was.old[:], raw)
	copy(raw, b)
	f.done = append(f.done, was)
}

// bytesOf is the bytes of a field, in place.
func bytesOf(c packet.Context, field *packet.Field) []byte {
	if field == nil {
		return nil
	}
	bit, width, ok := c.Span(field)
	if !ok {
		return nil
	}
	return c.Packet().Raw()[bit/8 : (bit+width)/8]
}
