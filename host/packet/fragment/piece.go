package fragment

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/packet"
)

// A piece is a fragment taken apart.
type piece struct {
	key   Key
	v6    bool
	from  int // of its payload in the datagram
	more  bool
	data  []byte
	at    time.Duration
	frame *packet.Packet
	ip    int // index of the IP layer
	head  int // bytes of the headers in front of the payload: link and IP
}

func (f *piece) end() int { return f.from + len(f.data) }

// fragmentOf finds the outermost IP layer of a frame that is a fragment. IP in IP is looked into; what an ICMP error
// quotes is not.
func fragmentOf(p *packet.Packet) (*piece, bool) {
	inIP := false
	for c, ok := p.Layer(-1).Next(); ok; c, ok = c.Next() {
		switch c.Protocol().Name {
		case "ip":
			inIP = true
			if c.Uint("frag") != 0 || c.Uint("flags")&1 != 0 {
				return piece4(c), true
			}
		case "ipv6":
			inIP = true
		case "ipv6_frag":
			if ip, ok := below(c, "ipv6"); ok {
				return piece6(ip, c), true
			}
		default:
			if inIP && c.Protocol().Uppers != "ipv6" {
				return nil, false
			}
		}
	}
	return nil, false
}

// below is the nearest layer of that name under c.
func below(c packet.Context, name string) (packet.Context, bool) {
	ok := true
	for ok && c.Protocol().Name != name {
		c, ok = c.Lower()
	}
	return c, ok
}

func piece4(c packet.Context) *piece {
	h := c.Header()
	return &piece{
		key:  Key{netip.AddrFrom4([4]byte(h[12:16])), netip.AddrFrom4([4]byte(h[16:20])), h[9], uint32(c.Uint("id"))},
		from: int(c.Uint("frag")) * unit, more: c.Uint("flags")&1 != 0, data: slices.Clone(c.Payload()),
		frame: c.Packet(), ip: c.Index(), head: c.Offset() + len(h),
	}
}

func piece6(ip, c packet.Context) *piece {
	h := ip.Header()
	return &piece{v6: true,
		key:  Key{netip.AddrFrom16([16]byte(h[8:24])), netip.AddrFrom16([16]byte(h[24:40])), 0, uint32(c.Uint("id"))},
		from: int(c.Uint("offset")) * unit, more: c.Uint("m") == 1, data: slices.Clone(c.Payload()),
		frame: c.Packet(), ip: ip.Index(), head: c.Offset() + len(c.Header()),
	}
}

// wrong says why no datagram can have such a fragment, "" when one can.
func (p Policy) wrong(f *piece) string {
	switch {
	case len(f.data) == 0:
		return isEmpty
	case f.end()+f.headers() > sizeMax:
		return "it ends behind byte 65535 of the datagram"
	case f.more && len(f.data)%unit != 0 && p == Linux && !f.v6:
		f.data = f.data[:len(f.data)/unit*unit] // Linux leaves out the odd bytes
		if len(f.data) == 0 {
			return isEmpty
		}
	case f.more && len(f.data)%unit != 0:
		return "its length is no multiple of 8 and it is not the last"
	}
	return ""
}

// isEmpty is why a fragment without payload is wrong; Linux gives up its datagram.
const isEmpty = "it is empty"

// sizeMax is the length of the longest datagram: of IPv4 with its header, of IPv6 without.
const sizeMax = 65535

// headers is what of the headers counts for sizeMax.
func (f *piece) headers() int {
	ip := f.frame.Layer(f.ip)
	if f.v6 {
		return f.head - unit - ip.Offset() - len(ip.Header())
	}
	return len(ip.Header())
}

// whole is the datagram of these stretches behind the headers of its first fragment.
func (f *piece) whole(parts []stretch) *packet.Packet {
	raw := slices.Clone(f.frame.Raw()[:f.head])
	if f.v6 {
		raw = raw[:f.head-unit]
	}
	for _, s := range parts {
		raw = append(raw, s.data...)
	}
	start := f.frame.Layer(f.ip).Offset()
	if f.v6 {
		f.join6(raw[start:])
	} else {
		join4(raw[start:], f.head-start)
	}
	return packet.Decode(f.frame.Registry(), raw, f.frame.Layer(0).Protocol())
}

// join4 makes a fragment's header that of the whole datagram.
func join4(datagram []byte, header int) {
	binary.BigEndian.PutUint16(datagram[2:], uint16(len(datagram)))
	flags := binary.BigEndian.Uint16(datagram[6:]) &^ (moreFollow | offsetMask)
	binary.BigEndian.PutUint16(datagram[6:], flags)
	withChecksum(datagram[:header])
}

// join6 takes the fragment header out of the chain.
func (f *piece) join6(datagram []byte) {
	binary.BigEndian.PutUint16(datagram[4:], uint16(len(datagram)-40))
	for i := f.ip; ; i++ {
		c := f.frame.Layer(i)
		if next := f.frame.Layer(i + 1); next.Protocol().Name == "ipv6_frag" {
			last := c.Offset() - f.frame.Layer(f.ip).Offset()
			*nextHeader(datagram, last) = byte(next.Uint("nh"))
			return
		}
	}
}
