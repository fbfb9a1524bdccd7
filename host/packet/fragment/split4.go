package fragment

import (
	"encoding/binary"
	"fmt"
	"slices"

	"moonwire/host/packet"
)

// Bits of the field with flags and offset (RFC 791 section 3.1).
const (
	dontFragment = 1 << 14
	moreFollow   = 1 << 13
	offsetMask   = moreFollow - 1
)

// copied is the bit of options that go with every fragment.
const copied = 0x80

// cutter4 takes an IPv4 datagram apart.
func cutter4(c packet.Context, o Options) (*cutter, error) {
	first := slices.Clone(c.Header())
	field := binary.BigEndian.Uint16(first[6:])
	payload := c.Payload()
	if n := len(first) + len(payload); field&dontFragment != 0 && n > o.MTU && !o.Force {
		return nil, fmt.Errorf("don't fragment is set, and the datagram of %d bytes is longer than the MTU of %d (clear ip.flags, or force)", n, o.MTU)
	}
	k := &cutter{first: first, later: laterHeader(first), payload: payload,
		offset: int(field&offsetMask) * unit, more: field&moreFollow != 0}
	k.head = func(s span) []byte {
		h := k.later
		if s.from == 0 {
			h = k.first
		}
		return k.header4(slices.Clone(h), s)
	}
	return k, nil
}

// header4 completes a fragment's header.
func (k *cutter) header4(h []byte, s span) []byte {
	flags := binary.BigEndian.Uint16(h[6:]) &^ (offsetMask | moreFollow)
	if !s.last || k.more {
		flags |= moreFollow
	}
	binary.BigEndian.PutUint16(h[2:], uint16(len(h)+s.to-s.from))
	binary.BigEndian.PutUint16(h[6:], flags|uint16((k.offset+s.from)/unit)&offsetMask)
	return withChecksum(h)
}

// withChecksum sets the checksum of an IPv4 header.
func withChecksum(h []byte) []byte {
	h[10], h[11] = 0, 0
	binary.BigEndian.PutUint16(h[10:], ^packet.Fold(packet.Sum(h, 0)))
	return h
}

// laterHeader is a header with only those options that go with every fragment.
func laterHeader(h []byte) []byte {
	later := slices.Clone(h[:20])
	for b := h[20:]; len(b) > 0 && b[0] != 0; {
		n := 1
		if b[0] != 1 && len(b) > 1 {
			n = int(b[1])
		}
		if b[0] != 1 && n < 2 || n > len(b) {
			break // options that nobody can read
		}
		if b[0]&copied != 0 {
			later = append(later, b[:n]...)
		}
		b = b[n:]
	}
	for len(later)%4 != 0 {
		later = append(later, 0)
	}
	later[0] = h[0]&0xf0 | byte(len(later)/4)
	return later
}
