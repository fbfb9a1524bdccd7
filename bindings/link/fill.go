package link

import (
	"errors"
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
}

// append builds a packet and appends its bytes to dst. Fields that are the sender's to fill are filled for this once; to,
// when not nil, is the MAC address to which a packet goes that has none.
func (l *Link) append(L *lua.LState, dst []byte, p *packet.Packet, to []byte) ([]byte, error) {
	p, err := l.framed(p)
	if err != nil {
		return dst, err
	}
	err = l.filled(L, p, to, func() { dst = append(dst, p.Build()...) })
	return dst, err
}

// filled calls do while all that p leaves to its sender is filled in.
func (l *Link) filled(L *lua.LState, p *packet.Packet, to []byte, do func()) error {
	var room [8]filling
	f := filler{link: l, now: network.ClockFrom(decl.HostOf(L).Context()).Now(), to: to, p: p, done: room[:0]}
	for {
		err := f.fill()
		if err == nil {
			do()
		}
		f.undo()
		var u *unknown
		if !errors.As(err, &u) {
			return err
		}
		l.learn(L, u, f.now)
	}
}

// framed is the packet with what the link wants outside: an Ethernet header, where it has none.
func (l *Link) framed(p *packet.Packet) (*packet.Packet, error) {
	outer, ok := p.First()
	if !ok {
		return p, nil
	}
	name := outer.Protocol().Name
	if l.iface.LinkType == "ip" {
		if name == "eth" {
			return nil, decl.Misuse("%s carries IP packets, without an Ethernet header", l.iface.Name)
		}
		return p, nil
	}
	if !withoutLink[name] {
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
		switch c.Protocol().Name {
		case "eth":
			err = f.ethernet(c)
		case "ip", "ipv6":
			err = f.source(c, "src", "dst")
		case "arp":
			err = f.source(c, "psrc", "pdst")
			f.set(c, "hwsrc", f.link.iface.MAC)
		}
	}
	return err
}

// source fills in the address from which this host would send to the layer's destination.
func (f *filler) source(c packet.Context, src, dst string) error {
	if !auto(c, src) {
		return nil
	}
	to, ok := addressOf(c, dst)
	if !ok {
		return nil
	}
	h, err := f.link.known(to, false, f.now)
	var u *unknown
	if err != nil && c.Protocol().Name == "arp" && !errors.As(err, &u) { // a question about an address behind no route is no mistake
		h.src, err = f.link.own(to), nil
	}
	if err == nil {
		f.set(c, src, h.src.AsSlice())
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
func (f *filler) ethernet(c packet.Context) error {
	f.set(c, "src", f.link.iface.MAC)
	if f.to != nil {
		f.set(c, "dst", f.to)
	}
	if !auto(c, "dst") || f.to != nil {
		return nil
	}
	for in, ok := c.Next(); ok; in, ok = in.Next() {
		switch in.Protocol().Name {
		case "ip", "ipv6":
			to, ok := addressOf(in, "dst")
			if !ok {
				return nil
			}
			h, err := f.link.known(to, true, f.now)
			if err == nil {
				f.set(c, "dst", h.mac)
			}
			return err
		case "arp":
			const answer = 2
			if to := bytesOf(in, "hwdst"); in.Uint("op") == answer && len(to) == 6 && [6]byte(to) != [6]byte{} {
				f.set(c, "dst", to)
			}
			return nil
		}
	}
	return nil
}

// auto says whether nobody set a field that the sender may fill.
func auto(c packet.Context, name string) bool {
	field, err := c.Protocol().Field(name)
	return err == nil && c.IsAuto(field)
}

// set writes bytes into a field that nobody set.
func (f *filler) set(c packet.Context, name string, b []byte) {
	if !auto(c, name) {
		return
	}
	field, _ := c.Protocol().Field(name)
	bit, width, ok := c.Span(field)
	if !ok || width != len(b)*8 || len(b) > 16 {
		return
	}
	raw := f.p.Raw()[bit/8 : bit/8+len(b)]
	was := filling{at: bit / 8, len: len(b)}
	copy(was.old[:], raw)
	copy(raw, b)
	f.done = append(f.done, was)
}

// addressOf reads an address field.
func addressOf(c packet.Context, name string) (netip.Addr, bool) {
	return netip.AddrFromSlice(bytesOf(c, name))
}

// bytesOf is the bytes of a field.
func bytesOf(c packet.Context, name string) []byte {
	field, err := c.Protocol().Field(name)
	if err != nil {
		return nil
	}
	bit, width, ok := c.Span(field)
	if !ok {
		return nil
	}
	return c.Packet().Raw()[bit/8 : (bit+width)/8]
}
