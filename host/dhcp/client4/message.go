package client4

import (
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// leastSize is the shortest message that a client must take (RFC 2131 section 2).
const leastSize = 576

// message makes a message as RFC 2131's table 5 has it.
func (c *Client) message(t dhcp4.Type) *dhcp4.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := dhcp4.New(t, c.xid, c.station.MAC())
	if c.config.ClientID != nil {
		m.Set(option.ClientIdentifier, c.config.ClientID)
	}
	return m
}

// asking adds what messages have that ask for parameters: discover, request and inform.
func (c *Client) asking(m *dhcp4.Message) *dhcp4.Message {
	m.SetBroadcast(c.config.Broadcast)
	if c.config.LeaseTime > 0 && m.Type() != dhcp4.Inform {
		m.SetUint32(option.LeaseTime, c.config.LeaseTime)
	}
	m.SetUint16(option.MaxMessageSize, uint16(max(min(c.station.Link().Interface().MTU, 0xffff), leastSize)))
	if len(c.config.Request) > 0 {
		m.Set(option.ParameterRequestList, c.config.Request)
	}
	m.SetText(option.HostName, c.config.HostName)
	m.SetText(option.VendorClass, c.config.VendorClass)
	for _, o := range c.config.Options {
		m.Set(o.Code, o.Data)
	}
	return m
}

// discover asks all servers for an address, maybe for a certain one.
func (c *Client) discover(wish netip.Addr) *dhcp4.Message {
	m := c.message(dhcp4.Discover)
	if wish.IsValid() {
		m.SetAddr(option.RequestedAddress, wish)
	}
	if c.config.RapidCommit {
		m.Set(option.RapidCommit, []byte{})
	}
	if c.config.AutoConf {
		m.Set(option.AutoConfiguration, []byte{1})
	}
	return c.asking(m)
}

// request takes an offer.
func (c *Client) request(offer *dhcp4.Message) *dhcp4.Message {
	m := c.message(dhcp4.Request)
	m.XID = offer.XID
	m.SetAddr(option.RequestedAddress, offer.YIAddr)
	m.SetAddr(option.ServerIdentifier, offer.Addr(option.ServerIdentifier))
	return c.asking(m)
}

// reboot asks whether an address that the client had is still right (init-reboot).
func (c *Client) reboot(a netip.Addr) *dhcp4.Message {
	m := c.message(dhcp4.Request)
	m.SetAddr(option.RequestedAddress, a)
	return c.asking(m)
}

// extend asks for more time: neither option 50 nor 54 (renewing and rebinding).
func (c *Client) extend(a netip.Addr) *dhcp4.Message {
	m := c.message(dhcp4.Request)
	m.CIAddr = a
	return c.asking(m)
}

// inform asks for parameters only.
func (c *Client) inform(a netip.Addr) *dhcp4.Message {
	m := c.message(dhcp4.Inform)
	m.CIAddr = a
	return c.asking(m)
}

// giveUp gives a lease back (release), or says that another host has its address (decline). Of options it has the client
// identifier, the server's and the reason, and no others.
func (c *Client) giveUp(t dhcp4.Type, a, server netip.Addr, why string) *dhcp4.Message {
	m := c.message(t)
	if t == dhcp4.Decline {
		m.SetAddr(option.RequestedAddress, a)
	} else {
		m.CIAddr = a
	}
	m.SetAddr(option.ServerIdentifier, server)
	m.SetText(option.Message, why)
	return m
}
