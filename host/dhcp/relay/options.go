package relay

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"

	"moonwire/host/network"
)

// Ports of DHCPv4 (RFC 2131 section 4.1).
const (
	serverPort = 67
	clientPort = 68
)

// Options are a Relay's.
type Options struct {
	Interfaces []string // where clients are
	GIAddr     netip.Addr
	Servers    []netip.AddrPort
	Agent      Agent
	Broadcast  bool // every reply goes to everybody
}

// MostHops is the highest hop count that RFC 1542 section 4.1.1 lets an agent accept; DefaultHops is the one it recommends.
const (
	MostHops    = 16
	DefaultHops = 4
)

// DefaultRoom is the longest message that goes through Ethernet in one piece.
const DefaultRoom = 1472

// A port is an interface where clients are.
type port struct {
	network.Interface
	address netip.Addr // giaddr of its clients
	own     []netip.Addr
	link    network.LinkConn // to clients that have no address yet; nil: not allowed
}

// check refuses options that contradict themselves.
func (o *Options) check() error {
	switch {
	case len(o.Interfaces) == 0:
		return errors.New("a relay needs an interface where the clients are")
	case len(o.Servers) == 0:
		return errors.New("a relay needs a server")
	case o.GIAddr.IsValid() && len(o.Interfaces) > 1:
		return errors.New("giaddr is of one interface, and there are several")
	case o.GIAddr.IsValid() && !o.GIAddr.Is4():
		return fmt.Errorf("giaddr is an IPv4 address, not %s", o.GIAddr)
	}
	for _, s := range o.Servers {
		if !s.Addr().Is4() {
			return fmt.Errorf("a server of DHCPv4 has an IPv4 address, not %s", s.Addr())
		}
	}
	if n := len(o.Agent.Info.encode(Arrival{Address: netip.IPv4Unspecified()})); n > 255 {
		return fmt.Errorf("option 82 has room for 255 bytes, not for %d", n)
	}
	return nil
}

// ports finds the interfaces and their addresses.
func (o *Options) ports(ctx context.Context) ([]*port, error) {
	list, err := network.From(ctx).Interfaces()
	if err != nil {
		return nil, err
	}
	var ports []*port
	for _, name := range o.Interfaces {
		p := find(list, name)
		if p == nil {
			return nil, &NoInterface{name, names(list)}
		}
		if p.address = o.GIAddr; !p.address.IsValid() && len(p.own) > 0 {
			p.address = p.own[0]
		}
		if !p.address.IsValid() {
			return nil, fmt.Errorf("%s has no IPv4 address that clients' messages could say as giaddr: give giaddr", name)
		}
		ports = append(ports, p)
	}
	return ports, nil
}

func find(list []network.Interface, name string) *port {
	for _, i := range list {
		if i.Name != name {
			continue
		}
		p := &port{Interface: i}
		for _, a := range i.Addrs {
			if a.Addr().Is4() {
				p.own = append(p.own, a.Addr())
			}
		}
		return p
	}
	return nil
}

func names(list []network.Interface) (names []string) {
	for _, i := range list {
		if i.Flags&net.FlagLoopback == 0 {
			names = append(names, i.Name)
		}
	}
	return names
}
