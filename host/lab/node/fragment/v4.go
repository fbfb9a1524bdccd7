// Package fragment cuts IP packets into fragments, as a sender or a router on the way does (RFC 791 section 3.2, RFC 8200
// section 4.5).
package fragment

import (
	"encoding/binary"

	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// unit is what fragment offsets are counted in.
const unit = 8

// The length of an IPv4 header without options, and the flag of those that every fragment carries.
const (
	minimum4 = header.IPv4MinimumSize
	copied   = 0x80
)

// V4 cuts a whole IPv4 packet, which may be a fragment itself, into fragments of at most mtu bytes. Each is preceded by
// room bytes for a link header.
func V4(packet []byte, mtu, room int) [][]byte {
	h := header.IPv4(packet)
	first := int(h.HeaderLength())
	later := append(append(make([]byte, 0, first), packet[:minimum4]...), carried(packet[minimum4:first])...)
	later[0] = 4<<4 | byte(len(later)/4)

	data := packet[first:h.TotalLength()]
	offset, more := h.FragmentOffset(), h.More()
	var out [][]byte
	for head := packet[:first]; len(data) > 0; head = later {
		n := mtu - len(head)
		if n >= len(data) {
			n = len(data)
		} else if n &^= unit - 1; n <= 0 {
			return nil
		}
		last := n == len(data)
		out = append(out, piece4(head, data[:n], room, offset, more || !last))
		offset += uint16(n)
		data = data[n:]
	}
	return out
}

// piece4 is one fragment.
func piece4(head, data []byte, room int, offset uint16, more bool) []byte {
	b := make([]byte, room, room+len(head)+len(data))
	b = append(append(b, head...), data...)
	h := header.IPv4(b[room:])
	h.SetTotalLength(uint16(len(head) + len(data)))
	flags := h.Flags() &^ header.IPv4FlagMoreFragments
	if more {
		flags |= header.IPv4FlagMoreFragments
	}
	h.SetFlagsFragmentOffset(flags, offset)
	h.SetChecksum(0)
	h.SetChecksum(^h.CalculateChecksum())
	return b
}

// carried are the options that each fragment has to carry (RFC 791 section 3.1), padded to whole words.
func carried(options []byte) []byte {
	var out []byte
	for i := 0; i < len(options); {
		n := 1
		switch header.IPv4OptionType(options[i]) {
		case header.IPv4OptionListEndType:
			return pad(out)
		case header.IPv4OptionNOPType:
		default:
			if i+1 >= len(options) || options[i+1] < 2 || i+int(options[i+1]) > len(options) {
				return pad(out)
			}
			n = int(options[i+1])
			if options[i]&copied != 0 {
				out = append(out, options[i:i+n]...)
			}
		}
		i += n
	}
	return pad(out)
}

func pad(options []byte) []byte {
	for len(options)%4 != 0 {
		options = append(options, byte(header.IPv4OptionListEndType))
	}
	return options
}

// Identify gives a whole packet an identification and lets it be cut.
func Identify(packet []byte, id uint16) {
	h := header.IPv4(packet)
	h.SetFlagsFragmentOffset(h.Flags()&^header.IPv4FlagDontFragment, h.FragmentOffset())
	binary.BigEndian.PutUint16(packet[4:], id)
	h.SetChecksum(0)
	h.SetChecksum(^h.CalculateChecksum())
}
