package dhcp6

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// A Message is one message, of a client, a server or a relay agent.
type Message struct {
	Type    Type
	XID     uint32     // 24 bits that the answer repeats; not in messages of relay agents
	Hops    uint8      // relay agents passed before this one; only in messages of relay agents, as the next two
	Link    netip.Addr // an address that tells the client's link
	Peer    netip.Addr // whom the message came from, or goes to
	Options Options    // in the order of the wire
	Rest    []byte     // bytes at the end that are no option

	Problems []Problem // what Decode could not read; Encode doesn't look at them
}

// A Problem is something that could not be read, or that breaks a rule of the format.
type Problem struct {
	At     int    // offset in bytes from the message's beginning
	Reason string // what is wrong
}

func (p Problem) String() string { return fmt.Sprintf("byte %d: %s", p.At, p.Reason) }

// Lengths of what stands before the options (RFC 8415 sections 8 and 9).
const (
	header      = 4
	relayHeader = 34
)

// maxXID is the largest transaction id.
const maxXID = 1<<24 - 1

// New makes a message of a client or a server.
func New(t Type, xid uint32, options ...Option) *Message {
	return &Message{Type: t, XID: xid & maxXID, Options: options}
}

// Decode reads a message. Only bytes that are too short for a header are no message; what else can't be read is told
// in Problems and kept, so that Encode gives the same bytes. The message shares memory with b.
func Decode(b []byte) (*Message, error) {
	if len(b) < header {
		return nil, fmt.Errorf("a message of DHCPv6 has at least %d bytes (these are %d)", header, len(b))
	}
	m := &Message{Type: Type(b[0])}
	at := header
	if m.Type.Relay() {
		if at = relayHeader; len(b) < at {
			return nil, fmt.Errorf("a %s has at least %d bytes (these are %d)", m.Type, at, len(b))
		}
		m.Hops = b[1]
		m.Link, m.Peer = netip.AddrFrom16([16]byte(b[2:18])), netip.AddrFrom16([16]byte(b[18:34]))
	} else {
		m.XID = binary.BigEndian.Uint32(b) & maxXID
	}
	r := reader{}
	m.Options, m.Rest = r.options(b[at:], at, 0)
	m.Problems = r.problems
	return m, nil
}

// Encode writes the message.
func (m *Message) Encode() ([]byte, error) {
	return m.Append(make([]byte, 0, 256))
}

// Append writes the message behind dst.
func (m *Message) Append(dst []byte) ([]byte, error) {
	if m.Type.Relay() {
		link, err := sixteen(m.Link)
		if err != nil {
			return dst, fmt.Errorf("link address: %w", err)
		}
		peer, err := sixteen(m.Peer)
		if err != nil {
			return dst, fmt.Errorf("peer address: %w", err)
		}
		dst = append(dst, byte(m.Type), m.Hops)
		dst = append(append(dst, link[:]...), peer[:]...)
	} else {
		if m.XID > maxXID {
			return dst, fmt.Errorf("a transaction id has 24 bits (%#x is more)", m.XID)
		}
		dst = binary.BigEndian.AppendUint32(dst, uint32(m.Type)<<24|m.XID)
	}
	dst, err := m.Options.append(dst)
	return append(dst, m.Rest...), err
}

// Copy is a message of its own with the same content.
func (m *Message) Copy() *Message {
	c := *m
	c.Options, c.Rest, c.Problems = m.Options.copy(), slices.Clone(m.Rest), slices.Clone(m.Problems)
	return &c
}

// sixteen is an address as it stands on the wire; none is all zeros.
func sixteen(a netip.Addr) (b [16]byte, err error) {
	if !a.IsValid() {
		return b, nil
	}
	if a.Is4() {
		return b, fmt.Errorf("IPv6 address expected, got %s", a)
	}
	return a.As16(), nil
}

// DUID is the identifier in the message's option of that code, as ClientID; "" when there is none.
func (m *Message) DUID(code uint16) DUID {
	b, _ := m.Get(code)
	return DUID(b)
}
