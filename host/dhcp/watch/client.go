package watch

import (
	"cmp"
	"net"
	"time"
)

// A Client is a host that asks.
type Client struct {
	MAC         net.HardwareAddr // version 4: chaddr
	ID          string           // client identifier or DUID in hexadecimal digits with colons; "" when it has none
	HostName    string
	VendorClass string

	First, Last time.Time
	Seeks, Asks int       // discovers and requests
	Latest      *Sighting // its last discover, request or inform: what it is by its options
	key         string
}

// Name is how events call the client: its MAC address, else its identifier.
func (c *Client) Name() string {
	if len(c.MAC) > 0 {
		return c.MAC.String()
	}
	if c.ID != "" {
		return c.ID
	}
	return "somebody"
}

// keyOf tells clients apart.
func (c *Client) keyOf() string { return string(c.MAC) + "/" + c.ID }

// learn takes over what another description of the client says.
func (c *Client) learn(from *Client) {
	if len(from.MAC) > 0 {
		c.MAC = from.MAC
	}
	c.ID = cmp.Or(from.ID, c.ID)
	c.HostName, c.VendorClass = cmp.Or(from.HostName, c.HostName), cmp.Or(from.VendorClass, c.VendorClass)
}

// meet finds or makes the row of who sent a message; isNew says that nobody saw it before.
func (w *Watcher) meet(n *notice) (c *Client, isNew bool) {
	key := n.client.keyOf()
	c = w.clients.get(key)
	if c == nil {
		c, isNew = &Client{First: n.Time, key: key}, true
		w.counts.Forgotten += w.clients.put(key, c)
	}
	c.learn(&n.client)
	c.Last, c.Latest = n.Time, n.Sighting
	switch n.verb {
	case seek:
		c.Seeks++
	case ask:
		c.Asks++
	}
	return c, isNew
}
