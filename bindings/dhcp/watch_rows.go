package dhcp

import (
	"math"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/watch"
)

// aLease is a lease as Lua sees it.
type aLease struct {
	Address     string           `lua:"address" doc:"what is lent: an address or a prefix"`
	MAC         net.HardwareAddr `lua:"mac?" doc:"hardware address of the client"`
	ClientID    string           `lua:"client_id?" doc:"client identifier or DUID, in hexadecimal digits"`
	HostName    string           `lua:"host_name?" doc:"that the client gave"`
	VendorClass string           `lua:"vendor_class?" doc:"that the client gave"`
	Server      string           `lua:"server?" doc:"who lent it: an address or a DUID"`
	State       string           `lua:"state" doc:"bound, released, declined, expired or refused"`
	Obtained    time.Time        `lua:"obtained?" doc:"when it was granted, or seen first"`
	Latest      time.Time        `lua:"renewed?" doc:"when it was granted or renewed the last time"`
	Expires     time.Time        `lua:"expires?" doc:"when it ends; nil: never"`
	Time        float64          `lua:"time" doc:"how long it was lent for, in seconds; math.huge: for ever"`
	T1          float64          `lua:"t1?" doc:"seconds after which the client renews, when the server says so"`
	T2          float64          `lua:"t2?" doc:"and rebinds"`
	Renewals    int              `lua:"renewals" doc:"how often it was renewed"`
	Relay       netip.Addr       `lua:"relay?" doc:"agent that passed it on"`
	CircuitID   string           `lua:"circuit_id?" doc:"the agent's name of where the client is, as bytes"`
}

func leaseRow(l *watch.Lease) aLease {
	c := &l.Client
	return aLease{l.Address(), c.MAC, c.ID, c.HostName, c.VendorClass, l.Server, l.State, l.Obtained, l.Latest, l.Expires(), lifetime(l.Time),
		lifetime(l.Renew), lifetime(l.Rebind), l.Renewals, l.Relay, l.Circuit}
}

// lifetime is a time of a lease in seconds.
func lifetime(d time.Duration) float64 {
	if d == watch.Forever {
		return math.Inf(1)
	}
	return d.Seconds()
}

// aClient is a client as Lua sees it.
type aClient struct {
	MAC         net.HardwareAddr `lua:"mac?" doc:"hardware address"`
	ClientID    string           `lua:"client_id?" doc:"client identifier or DUID, in hexadecimal digits"`
	HostName    string           `lua:"host_name?" doc:"that it gave"`
	VendorClass string           `lua:"vendor_class?" doc:"that it gave"`
	First       time.Time        `lua:"first" doc:"when it was seen first"`
	Last        time.Time        `lua:"last" doc:"and when last"`
	Discovers   int              `lua:"discovers" doc:"how often it looked for servers"`
	Requests    int              `lua:"requests" doc:"how often it asked for an address"`
	Message     any              `lua:"message?" type:"dhcp.message|dhcp6.message" doc:"the last in which it asked for something; its fingerprint tells the maker"`
}

func clientRow(c *watch.Client) aClient {
	row := aClient{c.MAC, c.ID, c.HostName, c.VendorClass, c.First, c.Last, c.Seeks, c.Asks, nil}
	if s := c.Latest; s != nil && s.V4 != nil {
		row.Message = s.V4
	} else if s != nil {
		row.Message = s.V6
	}
	return row
}

// aServer is a server as Lua sees it.
type aServer struct {
	ID      string           `lua:"id?" doc:"how it calls itself: its address, or its DUID"`
	MAC     net.HardwareAddr `lua:"mac?" doc:"source of its frames; nil when only its clients were heard"`
	Address netip.Addr       `lua:"address?" doc:"source of its datagrams"`
	First   time.Time        `lua:"first" doc:"when it was seen first"`
	Last    time.Time        `lua:"last" doc:"and when last"`
	Offers  int              `lua:"offers" doc:"how often it offered something"`
	Acks    int              `lua:"acks" doc:"how often it gave something"`
	Naks    int              `lua:"naks" doc:"how often it refused"`
	Rogue   []string         `lua:"rogue?" doc:"what is wrong with it; nil: nothing"`
}

func serverRow(s *watch.Server) aServer {
	return aServer{s.ID, s.MAC, s.Address, s.First, s.Last, s.Offers, s.Grants, s.Refused, s.Rogue}
}

func leaseRows(w *watch.Watcher) []aLease   { return rowsOf(w.Leases(), leaseRow) }
func clientRows(w *watch.Watcher) []aClient { return rowsOf(w.Clients(), clientRow) }
func serverRows(w *watch.Watcher) []aServer { return rowsOf(w.Servers(), serverRow) }

func rowsOf[T, R any](list []T, row func(T) R) []R {
	rows := make([]R, len(list))
	for i, x := range list {
		rows[i] = row(x)
	}
	return rows
}
