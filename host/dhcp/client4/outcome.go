package client4

import (
	"fmt"
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A Refusal is a server's negative answer.
type Refusal struct {
	Message *dhcp4.Message
	Server  netip.Addr
	Why     string
}

func newRefusal(m *dhcp4.Message) *Refusal {
	server, _ := serverOf(m)
	return &Refusal{m, server, m.Text(option.Message)}
}

func (r *Refusal) Error() string {
	if r.Why != "" {
		return fmt.Sprintf("%s refuses (nak): %q", r.Server, r.Why)
	}
	return fmt.Sprintf("%s refuses (nak)", r.Server)
}

// Kind is the kind of refusal.
func (r *Refusal) Kind() string { return "nak" }

// Taken says that another host has the address.
type Taken struct {
	Addr netip.Addr
	By   net.HardwareAddr
}

func (t *Taken) Error() string {
	return fmt.Sprintf("%s is in use by %s (declined)", t.Addr, t.By)
}

// Kind is the kind of refusal.
func (t *Taken) Kind() string { return "conflict" }

// IPv6Only says that the network wants the client to do without IPv4 (RFC 8925).
type IPv6Only struct {
	Iface string
	Wait  time.Duration
}

func (i *IPv6Only) Error() string {
	return fmt.Sprintf("%s: the server wants clients of IPv6 to do without IPv4 for %s (option 108)", i.Iface, plain(i.Wait))
}

// Kind is the kind of refusal.
func (i *IPv6Only) Kind() string { return "refused" }

// Over says that a lease is no more.
type Over struct {
	Addr netip.Addr
	Why  string
}

func (o *Over) Error() string { return fmt.Sprintf("the lease of %s is over: %s", o.Addr, o.Why) }

// Kind is the kind of refusal.
func (o *Over) Kind() string { return "closed" }
