package client6

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/network"
)

// message begins a message: who the client is, how long it has tried, what it asks for. Further options follow.
func (c *Client) message(ctx context.Context, t dhcp6.Type, server dhcp6.DUID) *dhcp6.Message {
	m := dhcp6.New(t, network.Rand(ctx).Uint32()&0xffffff)
	m.Options.Add(dhcp6.Option{Code: dhcp6.ClientID, Data: []byte(c.o.DUID)})
	if server != "" {
		m.Options.Add(dhcp6.Option{Code: dhcp6.ServerID, Data: []byte(server)})
	}
	m.Options.Add(elapsedOption(0))
	if codes := c.requested(t); len(codes) > 0 {
		m.Options.Add(requestOption(codes))
	}
	if c.o.Reconfigure && acceptsReconfigure(t) {
		m.Options.Add(dhcp6.Option{Code: dhcp6.ReconfAccept, Data: []byte{}})
	}
	for _, o := range c.o.Extra {
		if o.Code != dhcp6.ClientFQDN || namesItself(t) {
			m.Options.Add(o)
		}
	}
	return m
}

// namesItself says which messages may have the client's name (RFC 4704 section 5).
func namesItself(t dhcp6.Type) bool {
	return t == dhcp6.Solicit || t == dhcp6.Request || t == dhcp6.Renew || t == dhcp6.Rebind
}

// requested are the options that a message asks for: section 21.7 wants some asked for always. Messages that give
// something back ask for nothing, and neither does Confirm.
func (c *Client) requested(t dhcp6.Type) []uint16 {
	codes := slices.Clone(c.o.Request)
	if c.o.Extra.Has(dhcp6.ClientFQDN) && namesItself(t) {
		codes = append(codes, dhcp6.ClientFQDN)
	}
	switch t {
	case dhcp6.Solicit, dhcp6.Request, dhcp6.Renew, dhcp6.Rebind:
		codes = append(codes, dhcp6.SolMaxRT)
	case dhcp6.InformationRequest:
		codes = append(codes, dhcp6.InfoRefresh, dhcp6.InfMaxRT)
	default:
		return nil
	}
	var once []uint16
	for _, code := range codes {
		if !slices.Contains(once, code) {
			once = append(once, code)
		}
	}
	return once
}

// acceptsReconfigure says which messages tell that a client listens for Reconfigure (section 21.20).
func acceptsReconfigure(t dhcp6.Type) bool {
	switch t {
	case dhcp6.Solicit, dhcp6.Request, dhcp6.Renew, dhcp6.Rebind, dhcp6.InformationRequest:
		return true
	}
	return false
}

func requestOption(codes []uint16) dhcp6.Option {
	var data []byte
	for _, code := range codes {
		data = binary.BigEndian.AppendUint16(data, code)
	}
	return dhcp6.Option{Code: dhcp6.OptionRequest, Data: data}
}

// elapsedOption says how long ago the exchange began, in hundredths of a second (section 21.9).
func elapsedOption(d time.Duration) dhcp6.Option {
	n := min(d/(10*time.Millisecond), 0xffff)
	return dhcp6.Option{Code: dhcp6.ElapsedTime, Data: binary.BigEndian.AppendUint16(nil, uint16(n))}
}

// add puts identity associations into a message.
func add(m *dhcp6.Message, list []IA) {
	for _, ia := range list {
		m.Options.Add(ia.option())
	}
}

// learn takes over what a server says of the pauses between messages to come (sections 21.24, 21.25), and the key for
// Reconfigure.
func (c *Client) learn(m *dhcp6.Message) {
	if data, ok := m.Get(dhcp6.SolMaxRT); ok && len(data) == 4 {
		c.solMax = binary.BigEndian.Uint32(data)
	}
	if data, ok := m.Get(dhcp6.InfMaxRT); ok && len(data) == 4 {
		c.infMax = binary.BigEndian.Uint32(data)
	}
	c.learnKey(m)
}
