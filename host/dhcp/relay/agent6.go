package relay

import (
	"encoding/binary"
	"net"
	"net/netip"

	"moonwire/host/dhcp/dhcp6"
)

// MostHops6 is how many relay agents a message of DHCPv6 may pass (RFC 8415 section 7.6, HOP_COUNT_LIMIT).
const MostHops6 = 8

// An Agent6 decides what becomes of messages of DHCPv6.
type Agent6 struct {
	InterfaceID  []byte // tells the clients' link in answers; nil: the interface's name
	RemoteID     []byte // with its enterprise number (RFC 4649); nil: none
	SubscriberID []byte // RFC 4580; nil: none
	LinkLayer    bool   // add the client's hardware address (RFC 6939)
	Hops         uint8
}

// subscriberID is the option of RFC 4580.
const subscriberID = 38

// An Arrival6 is how a message came.
type Arrival6 struct {
	Interface string
	Link      netip.Addr       // an address of the clients' link that isn't link-local; not valid: there is none
	From      netip.Addr       // the sender
	MAC       net.HardwareAddr // of a client; nil: not known
}

// Forward wraps a message for the servers. A reason says why it is dropped instead.
func (a *Agent6) Forward(b []byte, in Arrival6) (m *dhcp6.Message, reason string) {
	inner, err := dhcp6.Decode(b)
	if err != nil {
		return nil, Malformed
	}
	m = &dhcp6.Message{Type: dhcp6.RelayForward, Link: in.Link, Peer: in.From}
	switch inner.Type {
	case dhcp6.RelayForward:
		if inner.Hops >= a.Hops {
			return nil, TooManyHops
		}
		m.Hops = inner.Hops + 1
		if !in.From.IsLinkLocalUnicast() {
			m.Link = netip.IPv6Unspecified() // the sender is enough (RFC 8415 section 19.1.2)
		}
	case dhcp6.Solicit, dhcp6.Request, dhcp6.Confirm, dhcp6.Renew, dhcp6.Rebind, dhcp6.Release, dhcp6.Decline, dhcp6.InformationRequest:
	default:
		return nil, WrongType
	}
	m.Options.Add(dhcp6.Option{Code: dhcp6.InterfaceID, Data: a.name(in.Interface)})
	if a.RemoteID != nil {
		m.Options.Add(dhcp6.Option{Code: dhcp6.RemoteID, Data: a.RemoteID})
	}
	if a.SubscriberID != nil {
		m.Options.Add(dhcp6.Option{Code: subscriberID, Data: a.SubscriberID})
	}
	if a.LinkLayer && in.MAC != nil && !inner.Type.Relay() {
		m.Options.Add(dhcp6.Option{Code: dhcp6.ClientLinkAddr, Data: append(binary.BigEndian.AppendUint16(nil, ethernet), in.MAC...)})
	}
	m.Options.Add(dhcp6.Option{Code: dhcp6.RelayMessage, Data: b})
	return m, ""
}

// name is the interface-id of an interface.
func (a *Agent6) name(iface string) []byte {
	if a.InterfaceID != nil {
		return a.InterfaceID
	}
	return []byte(iface)
}

// A Return is what a relay-reply carries.
type Return struct {
	Message []byte
	To      netip.AddrPort
	Name    []byte     // interface-id; nil: none
	Link    netip.Addr // link-address
}

// Unwrap opens a server's message (RFC 8415 section 19.2).
func (a *Agent6) Unwrap(m *dhcp6.Message) (r Return, reason string) {
	b, ok := m.Get(dhcp6.RelayMessage)
	inner, err := dhcp6.Decode(b)
	if m.Type != dhcp6.RelayReply {
		return r, WrongType
	}
	if !ok || err != nil {
		return r, Malformed
	}
	port := uint16(clientPort6)
	if inner.Type == dhcp6.RelayReply {
		port = serverPort6 // of the next relay agent
	}
	r = Return{Message: b, To: netip.AddrPortFrom(m.Peer, port), Link: m.Link}
	r.Name, _ = m.Get(dhcp6.InterfaceID)
	return r, ""
}
