package client6

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"slices"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/station"
)

// The reconfigure key protocol (RFC 8415 section 20.4): a Reply brings a key in the clear, a Reconfigure a digest made
// with it.
const (
	protocolReconfigure = 3
	algorithmHMACMD5    = 1
	methodCounter       = 0
	authHead            = 11 // protocol, algorithm, method of replay detection, its value
	authSize            = authHead + 1 + md5.Size
	typeKey             = 1
	typeDigest          = 2
)

// auth is the data of the authentication option when it is of that protocol and type, else nil.
func auth(m *dhcp6.Message, kind byte) []byte {
	b, _ := m.Get(dhcp6.Authentication)
	if len(b) != authSize || b[0] != protocolReconfigure || b[1] != algorithmHMACMD5 || b[2] != methodCounter || b[authHead] != kind {
		return nil
	}
	return b
}

// learnKey takes over the key that a Reply brings.
func (c *Client) learnKey(m *dhcp6.Message) {
	if b := auth(m, typeKey); b != nil && c.o.Reconfigure && m.Type == dhcp6.Reply {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.key, c.replay = slices.Clone(b[authHead+1:]), binary.BigEndian.Uint64(b[3:])
	}
}

// between takes a datagram that came between exchanges: only a Reconfigure is of use. The caller holds the lock.
func (c *Client) between(d station.Datagram) {
	m, why := read(d)
	if why == "" {
		var order dhcp6.Type
		if order, why = c.reconfigured(m); why == "" {
			for _, l := range c.of(m.DUID(dhcp6.ServerID)) {
				l.order = order
				l.waiter.Wake()
			}
		}
	}
	c.note(Exchanged{Time: d.Time, Message: m, Source: d.Src, Destination: d.Dst, Ignored: why})
}

// of are the leases of a server.
func (c *Client) of(server dhcp6.DUID) (list []*Lease) {
	for _, l := range c.leases {
		if l.terms.ServerID == server {
			list = append(list, l)
		}
	}
	return list
}

// reconfigured says what a Reconfigure asks the client to send; 0, with the reason, when it is to be ignored (RFC 8415
// section 16.11).
func (c *Client) reconfigured(m *dhcp6.Message) (dhcp6.Type, string) {
	wanted, _ := m.Get(dhcp6.ReconfMessage)
	switch {
	case m.Type != dhcp6.Reconfigure:
		return 0, m.Type.String() + " that nothing was sent for"
	case !c.o.Reconfigure:
		return 0, "reconfigure, which the client doesn't accept"
	case m.DUID(dhcp6.ServerID) == "":
		return 0, "no server identifier"
	case m.DUID(dhcp6.ClientID) != c.o.DUID:
		return 0, "another client's identifier"
	case len(wanted) != 1 || !slices.Contains(reconfigurable, dhcp6.Type(wanted[0])):
		return 0, "reconfigure that asks for no message of its kind"
	case len(c.of(m.DUID(dhcp6.ServerID))) == 0:
		return 0, "another server's identifier"
	}
	if why := c.verify(m); why != "" {
		return 0, why
	}
	return dhcp6.Type(wanted[0]), ""
}

// reconfigurable are the messages that a Reconfigure may ask for (RFC 8415 section 21.19).
var reconfigurable = []dhcp6.Type{dhcp6.Renew, dhcp6.Rebind, dhcp6.InformationRequest}

// verify says why a message isn't from who gave the client its key, or "".
func (c *Client) verify(m *dhcp6.Message) string {
	given := auth(m, typeDigest)
	switch {
	case given == nil || c.key == nil:
		return "reconfigure without authentication"
	case binary.BigEndian.Uint64(given[3:]) <= c.replay:
		return "reconfigure that came before"
	}
	blank := m.Copy()
	data := slices.Clone(given)
	clear(data[authHead+1:])
	blank.Set(dhcp6.Authentication, data)
	b, err := blank.Encode()
	if err != nil {
		return malformed
	}
	h := hmac.New(md5.New, c.key)
	h.Write(b)
	if !hmac.Equal(h.Sum(nil), given[authHead+1:]) {
		return "reconfigure with a wrong digest"
	}
	c.replay = binary.BigEndian.Uint64(given[3:])
	return ""
}
