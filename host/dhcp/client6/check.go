package client6

import (
	"bytes"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
)

// malformed is why what can't be read is ignored.
const malformed = "malformed"

// read reads a datagram; why says that it is no whole message.
func read(d station.Datagram) (m *dhcp6.Message, why string) {
	m, err := dhcp6.Decode(d.Payload)
	switch {
	case err != nil:
		return &dhcp6.Message{Rest: d.Payload}, malformed
	case len(m.Problems) > 0:
		return m, malformed
	}
	return m, ""
}

// invalid says why a message is no answer to the one that was sent (RFC 8415 sections 16.3 and 16.10); "" when it is one.
func (c *Client) invalid(m, sent *dhcp6.Message) string {
	server, hasServer := m.Get(dhcp6.ServerID)
	client, hasClient := m.Get(dhcp6.ClientID)
	own, identified := sent.Get(dhcp6.ClientID)
	asked, addressed := sent.Get(dhcp6.ServerID)
	switch {
	case m.Type == dhcp6.Reconfigure:
		return "reconfigure while an exchange was under way" // section 18.2.11
	case m.Type != dhcp6.Advertise && m.Type != dhcp6.Reply:
		return m.Type.String() + ", which is not for clients"
	case m.XID != sent.XID:
		return "wrong transaction id"
	case !hasServer || len(server) == 0:
		return "no server identifier"
	case identified && !hasClient:
		return "no client identifier"
	case !identified && hasClient:
		return "client identifier where none was sent"
	case identified && !bytes.Equal(client, own):
		return "another client's identifier"
	case addressed && !bytes.Equal(server, asked):
		return "another server's identifier"
	}
	return ""
}
