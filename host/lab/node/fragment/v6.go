package fragment

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// The headers that every fragment repeats, and that of the fragment itself.
const (
	hopByHop    = 0
	routing     = 43
	fragmenting = 44
	destination = 60

	fragmentHeader = 8
)

// V6 cuts a whole IPv6 packet into fragments of at most mtu bytes under one identification. Each is preceded by room bytes
// for a link header. A packet that is a fragment already is the sender's business: the answer is nil.
func V6(packet []byte, mtu, room int, id uint32) [][]byte {
	keep, next := unfragmentable(packet)
	if keep == 0 {
		return nil
	}
	data := packet[keep:]
	most := (mtu - keep - fragmentHeader) &^ (unit - 1)
	if most <= 0 {
		return nil
	}
	kind := packet[next]
	var out [][]byte
	for offset := 0; offset < len(data); offset += most {
		n := min(most, len(data)-offset)
		b := make([]byte, room, room+keep+fragmentHeader+n)
		b = append(b, packet[:keep]...)
		field := uint16(offset)
		if offset+n < len(data) {
			field |= 1
		}
		b = append(b, kind, 0)
		b = binary.BigEndian.AppendUint16(b, field)
		b = binary.BigEndian.AppendUint32(b, id)
		b = append(b, data[offset:offset+n]...)
		b[room+next] = fragmenting
		header.IPv6(b[room:]).SetPayloadLength(uint16(len(b) - room - header.IPv6MinimumSize))
		out = append(out, b)
	}
	return out
}

// unfragmentable is the length of the headers that every node on the way reads, and where the type of the header behind
// them stands. The length is 0 when a packet can't be cut.
func unfragmentable(packet []byte) (length, next int) {
	at, field := header.IPv6MinimumSize, 6
	if len(packet) < at {
		return 0, 0
	}
	length, next = at, field
	for {
		switch kind := packet[field]; kind {
		case hopByHop, routing, destination:
			if len(packet) < at+8 {
				return 0, 0
			}
			field = at
			at += 8 + 8*int(packet[at+1])
			if at > len(packet) {
				return 0, 0
			}
			if kind != destination || packet[field] == routing {
				length, next = at, field
			}
		case fragmenting:
			return 0, 0
		default:
			return length, next
		}
	}
}
