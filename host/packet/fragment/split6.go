package fragment

import (
	"encoding/binary"
	"slices"

	"moonwire/host/packet"
)

// fragmentHeader is the next header value of the Fragment header.
const fragmentHeader = 44

// cutter6 takes an IPv6 datagram apart: the headers that routers read stay in front of each fragment header, the rest is
// cut. A Fragment header that is there already stays, with its identification.
func cutter6(c packet.Context, o Options) *cutter {
	front := unfragmentable(c)
	head := slices.Clone(c.Packet().Raw()[c.Offset() : front.Offset()+len(front.Header())])
	nh := nextHeader(head, front.Offset()-c.Offset())
	k := &cutter{payload: front.Payload()}
	upper, id := *nh, o.NewID
	if next, ok := front.Next(); ok && next.Protocol().Name == "ipv6_frag" {
		k.offset, k.more = int(next.Uint("offset"))*unit, next.Uint("m") == 1
		upper, id = byte(next.Uint("nh")), uint32(next.Uint("id"))
		k.payload = next.Payload()
	} else if ok {
		k.whole = headersLen(next)
	}
	if o.HasID {
		id = o.ID
	}
	*nh = fragmentHeader
	k.first = binary.BigEndian.AppendUint32(append(head, upper, 0, 0, 0), id)
	k.later = k.first
	k.head = func(s span) []byte { return k.header6(slices.Clone(k.first), s) }
	return k
}

// header6 completes a fragment's headers.
func (k *cutter) header6(h []byte, s span) []byte {
	binary.BigEndian.PutUint16(h[4:], uint16(len(h)-40+s.to-s.from))
	offset := uint16(k.offset + s.from)
	if !s.last || k.more {
		offset |= 1
	}
	binary.BigEndian.PutUint16(h[len(h)-6:], offset)
	return h
}

// unfragmentable is the last header that every fragment needs on its way: of hop-by-hop options, of a routing header and
// of the destination options before it, else the IPv6 header itself.
func unfragmentable(c packet.Context) packet.Context {
	last := c
	for next, ok := c.Next(); ok; next, ok = next.Next() {
		switch next.Protocol().Name {
		case "ipv6_hopopts", "ipv6_routing":
			last = next
		case "ipv6_dest":
		default:
			return last
		}
	}
	return last
}

// nextHeader is the place in head, IPv6 and its extension headers, that says what follows the last of them, which
// begins at last.
func nextHeader(head []byte, last int) *byte {
	if last == 0 {
		return &head[6]
	}
	return &head[last]
}

// headersLen is the length of the headers that must be in the first fragment: extension headers and that of the upper
// layer.
func headersLen(next packet.Context) (n int) {
	for ok := true; ok; next, ok = next.Next() {
		switch next.Protocol().Name {
		case "raw", "padding":
			return n
		case "ipv6_dest":
			n += len(next.Header())
		default:
			return n + len(next.Header())
		}
	}
	return n
}
