package dhcp4

import (
	"encoding/binary"
	"net"
	"net/netip"
	"strconv"

	"moonwire/host/dhcp/option"
)

func itoa(n uint8) string { return strconv.Itoa(int(n)) }

// first is the data of the first option of a code when they have the size that its kind has.
func (m *Message) first(code uint8, size int) ([]byte, bool) {
	if i := m.index(code); i >= 0 && len(m.Options[i].Data) == size {
		return m.Options[i].Data, true
	}
	return nil, false
}

// Type is the kind of the message; 0 for BOOTP's, and where option 53 can't be read.
func (m *Message) Type() Type {
	if b, ok := m.first(option.MessageType, 1); ok {
		return Type(b[0])
	}
	return 0
}

// SetType sets option 53, as the first option when there is none.
func (m *Message) SetType(t Type) {
	if !m.Has(option.MessageType) {
		m.Insert(0, Option{Code: option.MessageType})
	}
	m.Set(option.MessageType, []byte{byte(t)})
}

// MAC is the client's hardware address, as many bytes as hlen says and there are.
func (m *Message) MAC() net.HardwareAddr {
	return net.HardwareAddr(m.CHAddr[:min(int(m.HLen), len(m.CHAddr))])
}

// SetMAC sets chaddr and hlen.
func (m *Message) SetMAC(mac net.HardwareAddr) {
	m.CHAddr = [16]byte{}
	m.HLen = uint8(copy(m.CHAddr[:], mac))
}

// Addr is an option that is one IPv4 address, or the first of several; the zero Addr when there is none.
func (m *Message) Addr(code uint8) netip.Addr {
	if i := m.index(code); i >= 0 && len(m.Options[i].Data) >= 4 {
		return address(m.Options[i].Data)
	}
	return netip.Addr{}
}

// SetAddr sets an option that is IPv4 addresses.
func (m *Message) SetAddr(code uint8, list ...netip.Addr) {
	b := make([]byte, 0, 4*len(list))
	for _, a := range list {
		b = append(b, a.Unmap().AsSlice()...)
	}
	m.Set(code, b)
}

// Addrs is an option that is IPv4 addresses.
func (m *Message) Addrs(code uint8) (list []netip.Addr) {
	for b, _ := m.Get(code); len(b) >= 4; b = b[4:] {
		list = append(list, address(b))
	}
	return list
}

// Uint32 is an option that is a number of 32 bits: times, mostly.
func (m *Message) Uint32(code uint8) (uint32, bool) {
	b, ok := m.first(code, 4)
	if !ok {
		return 0, false
	}
	return binary.BigEndian.Uint32(b), true
}

// SetUint32 sets an option that is a number of 32 bits.
func (m *Message) SetUint32(code uint8, n uint32) { m.Set(code, binary.BigEndian.AppendUint32(nil, n)) }

// Uint16 is an option that is a number of 16 bits.
func (m *Message) Uint16(code uint8) (uint16, bool) {
	b, ok := m.first(code, 2)
	if !ok {
		return 0, false
	}
	return binary.BigEndian.Uint16(b), true
}

// SetUint16 sets an option that is a number of 16 bits.
func (m *Message) SetUint16(code uint8, n uint16) { m.Set(code, binary.BigEndian.AppendUint16(nil, n)) }

// Text is an option that is text; zeros at its end, which some implementations write, are left out (RFC 2132 section 2).
func (m *Message) Text(code uint8) string {
	b, _ := m.Get(code)
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return string(b)
}

// SetText sets an option that is text; "" removes it.
func (m *Message) SetText(code uint8, s string) {
	if s == "" {
		m.Set(code, nil)
		return
	}
	m.Set(code, []byte(s))
}

// Requested says whether the client asks for an option (option 55).
func (m *Message) Requested(code uint8) bool {
	list, _ := m.Get(option.ParameterRequestList)
	for _, c := range list {
		if c == code {
			return true
		}
	}
	return false
}

// Broadcast says whether the client asks for answers by broadcast.
func (m *Message) Broadcast() bool { return m.Flags&BroadcastFlag != 0 }

// SetBroadcast asks for answers by broadcast, or not.
func (m *Message) SetBroadcast(on bool) {
	m.Flags &^= BroadcastFlag
	if on {
		m.Flags |= BroadcastFlag
	}
}
