package client4

import (
	"bytes"
	"fmt"
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// Why an answer is ignored, as Stats counts it.
const (
	malformed     = "malformed"
	notReply      = "not a reply"
	wrongXID      = "wrong xid"
	wrongMAC      = "wrong MAC"
	wrongClientID = "wrong client identifier"
	noType        = "no message type"
	noServer      = "no server identifier"
	wrongServer   = "wrong server"
	noAddress     = "no address"
)

// A judgement says why an answer is to be ignored; "" when it isn't.
type judgement func(m *dhcp4.Message) (why string)

// judge looks at what every answer to a transaction must have, and then at what the question wants.
func (c *Client) judge(m *dhcp4.Message, q *question) string {
	id, hasID := m.Get(option.ClientIdentifier)
	switch {
	case m.Op != dhcp4.BootReply:
		return notReply
	case m.XID != q.message.XID:
		return wrongXID
	case int(m.HLen) > len(m.CHAddr) || !bytes.Equal(m.CHAddr[:], q.message.CHAddr[:]):
		return wrongMAC
	case broken(m):
		return malformed
	case m.Type() == 0:
		return noType
	case hasID && !bytes.Equal(id, c.config.ClientID): // RFC 6842 section 3
		return wrongClientID
	}
	return q.judge(m)
}

// broken says whether what the client relies on could not be read. A message without an end is whole all the same.
func broken(m *dhcp4.Message) bool {
	for _, p := range m.Problems {
		if p.Code != option.End {
			return true
		}
	}
	for _, code := range []uint8{option.ServerIdentifier, option.LeaseTime, option.MessageType} {
		size := map[uint8]int{option.MessageType: 1}[code]
		if size == 0 {
			size = 4
		}
		if b, ok := m.Get(code); ok && len(b) != size {
			return true
		}
	}
	return false
}

// serverOf is option 54.
func serverOf(m *dhcp4.Message) (netip.Addr, bool) {
	a := m.Addr(option.ServerIdentifier)
	return a, a.IsValid() && !a.IsUnspecified()
}

// offers wants an offer, or an acknowledgement that came of itself where the client takes such.
func (c *Client) offers(m *dhcp4.Message) string {
	_, server := serverOf(m)
	switch {
	case m.Type() == dhcp4.Ack && c.config.RapidCommit && m.Has(option.RapidCommit):
	case m.Type() != dhcp4.Offer:
		return unexpected(m)
	}
	switch {
	case !server:
		return noServer
	case !usable(m.YIAddr):
		return noAddress + autoConfiguration(m)
	}
	return ""
}

// autoConfiguration says what an offer without an address means for the client's own choice (RFC 2563 section 2.3).
func autoConfiguration(m *dhcp4.Message) string {
	b, ok := m.Get(option.AutoConfiguration)
	switch {
	case !ok || len(b) != 1:
		return ""
	case b[0] == 0:
		return ", and the client must not choose one"
	}
	return ", and the client may choose one"
}

// usable says whether a host can have an address: none of "this network", loopback, groups, or what is reserved (RFC 6890).
func usable(a netip.Addr) bool {
	first := a.As4()[0]
	return first != 0 && first != 127 && first < 224
}

// answersOf wants an acknowledgement or a refusal: of one server, or of any when it is not valid.
func answersOf(server netip.Addr) judgement {
	return func(m *dhcp4.Message) string {
		from, known := serverOf(m)
		switch {
		case m.Type() != dhcp4.Ack && m.Type() != dhcp4.Nak:
			return unexpected(m)
		case !known:
			return noServer
		case server.IsValid() && from != server:
			return wrongServer
		case m.Type() == dhcp4.Ack && !usable(m.YIAddr):
			return noAddress
		}
		return ""
	}
}

// informed wants an acknowledgement of an inform, which has no address.
func informed(m *dhcp4.Message) string {
	if m.Type() != dhcp4.Ack {
		return unexpected(m)
	}
	if _, known := serverOf(m); !known {
		return noServer
	}
	return ""
}

func unexpected(m *dhcp4.Message) string { return fmt.Sprintf("unexpected %s", m.Type()) }
