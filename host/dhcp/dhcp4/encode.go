package dhcp4

import (
	"encoding/binary"
	"fmt"
	"net/netip"

	"moonwire/host/dhcp/option"
)

// Encode writes the message as it was set. It fails where a field's content has no room.
func (m *Message) Encode() ([]byte, error) {
	return m.Append(make([]byte, 0, max(m.size(), m.Least)))
}

// size is how many bytes the message has before it is filled up.
func (m *Message) size() int { return m.unfilled() + len(m.Trailer) }

// unfilled is the size without what stands behind the options.
func (m *Message) unfilled() int {
	n := fixedSize
	if m.Cookie {
		n += len(cookie)
	}
	for i := range m.Options {
		if o := &m.Options[i]; o.In == Options {
			n += o.size()
		}
	}
	return n
}

// size is how many bytes the option takes on the wire.
func (o *Option) size() int {
	if o.Code == option.Pad || o.Code == option.End {
		return 1
	}
	return 2*max(1, (len(o.Data)+254)/255) + len(o.Data)
}

// Append is Encode behind what dst has.
func (m *Message) Append(dst []byte) ([]byte, error) {
	start := len(dst)
	dst = m.header(dst)
	var err error
	if dst, err = m.field(dst, SName, m.SName, snameSize); err != nil {
		return nil, err
	}
	if dst, err = m.field(dst, File, m.File, fileSize); err != nil {
		return nil, err
	}
	switch {
	case m.Cookie:
		if dst, err = m.area(append(dst, cookie...), Options); err != nil {
			return nil, err
		}
	case m.short > 0 && len(m.Trailer) == 0:
		dst = dst[:start+m.short]
	}
	dst = append(dst, m.Trailer...)
	if n := m.Least - (len(dst) - start); n > 0 {
		dst = append(dst, make([]byte, n)...)
	}
	return dst, nil
}

// header writes the fields up to sname.
func (m *Message) header(dst []byte) []byte {
	dst = append(dst, m.Op, m.HType, m.HLen, m.Hops)
	dst = binary.BigEndian.AppendUint32(dst, m.XID)
	dst = binary.BigEndian.AppendUint16(dst, m.Secs)
	dst = binary.BigEndian.AppendUint16(dst, m.Flags)
	for _, a := range [...]netip.Addr{m.CIAddr, m.YIAddr, m.SIAddr, m.GIAddr} {
		var b [4]byte
		if a = a.Unmap(); a.Is4() {
			b = a.As4()
		}
		dst = append(dst, b[:]...)
	}
	return append(dst, m.CHAddr[:]...)
}

// field writes sname or file: its options when it has some, else its text, and zeros up to its size.
func (m *Message) field(dst []byte, in Area, text []byte, size int) (_ []byte, err error) {
	start := len(dst)
	if m.has(in) {
		if dst, err = m.area(dst, in); err != nil {
			return nil, err
		}
		if text = m.tails[in]; len(dst)-start+len(text) > size {
			text = nil // zeros behind the end make way
		}
	}
	dst = append(dst, text...)
	n := size - (len(dst) - start)
	if n < 0 {
		return nil, fmt.Errorf("%s has room for %d bytes, not for %d", in, size, size-n)
	}
	var zeros [fileSize]byte
	return append(dst, zeros[:n]...), nil
}

// has says whether an area holds options.
func (m *Message) has(in Area) bool {
	for i := range m.Options {
		if m.Options[i].In == in {
			return true
		}
	}
	return false
}

// area writes the options of an area.
func (m *Message) area(dst []byte, in Area) ([]byte, error) {
	for i := range m.Options {
		o := &m.Options[i]
		if o.In != in {
			continue
		}
		if o.Code == option.Pad || o.Code == option.End {
			dst = append(dst, o.Code)
			continue
		}
		if o.Missing > 0 {
			dst = append(append(dst, o.Code, uint8(len(o.Data))+o.Missing), o.Data...)
			continue
		}
		dst = appendOption(dst, o.Code, o.Data)
	}
	return dst, nil
}

// appendOption writes an option, in as many as its length needs (RFC 3396 section 5).
func appendOption(dst []byte, code uint8, data []byte) []byte {
	for {
		n := min(len(data), 255)
		dst = append(append(dst, code, byte(n)), data[:n]...)
		if data = data[n:]; len(data) == 0 {
			return dst
		}
	}
}
