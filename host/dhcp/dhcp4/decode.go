package dhcp4

import (
	"encoding/binary"
	"fmt"
	"net/netip"

	"moonwire/host/dhcp/option"
)

// Decode reads a message. It keeps b, which must not change while the message lives. Only bytes that don't hold a client's
// hardware address are no message; everything else that is wrong is in Problems.
func Decode(b []byte) (*Message, error) {
	if len(b) < headerSize {
		return nil, fmt.Errorf("a DHCP message has %d bytes or more, these are %d", headerSize, len(b))
	}
	m := &Message{Op: b[0], HType: b[1], HLen: b[2], Hops: b[3], XID: binary.BigEndian.Uint32(b[4:]),
		Secs: binary.BigEndian.Uint16(b[8:]), Flags: binary.BigEndian.Uint16(b[10:]),
		CIAddr: address(b[12:]), YIAddr: address(b[16:]), SIAddr: address(b[20:]), GIAddr: address(b[24:]), CHAddr: [16]byte(b[28:44])}
	rest := b[headerSize:]
	m.SName, rest = cut(rest, snameSize)
	m.File, rest = cut(rest, fileSize)
	m.checkHeader()
	if len(b) < fixedSize {
		m.short = len(b)
		m.problem(len(b), 0, "the message ends after %d of %d bytes of its fixed fields", len(b), fixedSize)
		return m, nil
	}
	if len(rest) < len(cookie) || string(rest[:len(cookie)]) != cookie {
		m.Trailer = rest
		return m, nil
	}
	m.Cookie, m.Options = true, m.room[:0]
	m.Trailer = m.readArea(Options, rest[len(cookie):], fixedSize+len(cookie))
	m.readOverload()
	return m, nil
}

func address(b []byte) netip.Addr { return netip.AddrFrom4([4]byte(b)) }

func cut(b []byte, n int) (head, rest []byte) {
	n = min(n, len(b))
	return b[:n:n], b[n:]
}

// checkHeader notes fixed fields that break a rule.
func (m *Message) checkHeader() {
	if m.Op != BootRequest && m.Op != BootReply {
		m.problem(0, 0, "op is %d, neither request (1) nor reply (2)", m.Op)
	}
	if int(m.HLen) > len(m.CHAddr) {
		m.problem(2, 0, "hlen is %d, but chaddr has room for %d bytes", m.HLen, len(m.CHAddr))
	}
}

// readOverload reads the fields that hold options (RFC 2131 section 4.1: file first).
func (m *Message) readOverload() {
	i := m.index(option.Overload)
	if i < 0 {
		return
	}
	o := m.Options[i]
	if len(o.Data) != 1 || o.Data[0] < 1 || o.Data[0] > 3 {
		m.problem(o.Offset, o.Code, "option_overload is %x, not 1, 2 or 3", o.Data)
		return
	}
	if o.Data[0]&1 != 0 {
		m.tails[File] = m.readArea(File, m.File, headerSize+snameSize)
	}
	if o.Data[0]&2 != 0 {
		m.tails[SName] = m.readArea(SName, m.SName, headerSize)
	}
}

// readArea reads the options of an area that begins at base of the message, and returns what follows them.
func (m *Message) readArea(in Area, b []byte, base int) (tail []byte) {
	for at := 0; at < len(b); {
		o := Option{Code: b[at], In: in, Offset: base + at}
		switch {
		case o.Code == option.Pad:
			at++
		case o.Code == option.End:
			m.Options = append(m.Options, o)
			return b[at+1:]
		case at+1 == len(b):
			m.problem(o.Offset, o.Code, "option %d has no length: %s ends", o.Code, in)
			return b[at:]
		default:
			size := int(b[at+1])
			end := min(at+2+size, len(b))
			o.Data = b[at+2 : end : end]
			o.Missing = uint8(size - len(o.Data))
			if o.Missing > 0 {
				m.problem(o.Offset, o.Code, "option %d has %d bytes by its length, but %s ends after %d", o.Code, size, in, len(o.Data))
			}
			at = end
		}
		m.Options = append(m.Options, o)
	}
	m.problem(base+len(b), option.End, "%s has no end option", in)
	return nil
}

func (m *Message) problem(offset int, code uint8, format string, args ...any) {
	m.Problems = append(m.Problems, Problem{offset, code, fmt.Sprintf(format, args...)})
}
