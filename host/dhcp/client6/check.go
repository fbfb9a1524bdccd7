package client6

import (
	"bytes"
	"fmt"

	"moonwire/host/dhcp/dhcp6"
)

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
		return fmt.Sprintf("%s, which is not for clients", m.Type)
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

// malformed is why what can't be read is ignored.
const malformed = "malformed"
