package server4

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/intake"
	"moonwire/host/dhcp/later"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
	"moonwire/host/network/feed"
)

// A Server answers clients on one interface, and relay agents that are reached by it. One goroutine receives and sends.
type Server struct {
	config Config
	ctx    context.Context
	net    network.Network
	clock  network.Clock
	rand   *rand.Rand

	iface network.Interface
	mtu   int
	conn  network.PacketConn
	link  network.LinkConn // nil: no privilege for it
	table *lease.Table

	// Recovery is what was found in the lease file.
	Recovery lease.Recovery

	subnets      []*subnet
	local        []*subnet // of the interface's network
	classes      []*class
	reservations map[string][]*reservation

	checker *checker // nil: no address is checked
	intake  *intake.Intake[Request]
	queue   []*outgoing            // to be sent by Flush
	later   later.Queue[*outgoing] // to be sent when due

	tally   tally.Tally[dhcp4.Type]
	leftOut atomic.Uint64 // options that had no room in their answer
	feed    *feed.Feed[Event]
}

var limitedBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// New makes a server and opens its sockets. It serves when somebody calls Receive.
func New(ctx context.Context, c Config) (*Server, error) {
	n := network.From(ctx)
	s := &Server{config: c, ctx: ctx, net: n, clock: n.Clock(), rand: network.Rand(ctx), table: lease.NewTable(n.Clock()),
		feed: feed.New[Event](n.Clock()), reservations: map[string][]*reservation{}}
	s.config.OfferTime = cmp.Or(c.OfferTime, DefaultOffer)
	s.config.DeclineTime = cmp.Or(c.DeclineTime, DefaultDecline)
	s.config.ConflictWait = cmp.Or(c.ConflictWait, DefaultWait)
	if err := s.findInterface(); err != nil {
		return nil, err
	}
	if err := s.arrange(); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	s.intake = s.newIntake(ctx)
	var err error
	if s.checker, err = s.newChecker(ctx); err != nil {
		s.Close()
		return nil, err
	}
	if c.LeaseFile != "" {
		if s.Recovery, err = s.table.Keep(network.FilesFrom(ctx), c.LeaseFile, c.Sync); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// findInterface looks the interface up.
func (s *Server) findInterface() error {
	list, err := s.net.Interfaces()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(i network.Interface) bool { return i.Name == s.config.Interface })
	if i < 0 {
		var names []string
		for _, x := range list {
			names = append(names, x.Name)
		}
		return refusal("notfound", "no interface %s (there are: %s)", s.config.Interface, strings.Join(names, ", "))
	}
	s.iface = list[i]
	s.mtu = s.iface.MTU
	if !s.addressIn(netip.Prefix{}).IsValid() {
		return refusal("notfound", "%s has no IPv4 address, which a server needs (ip addr add … dev %s)", s.iface.Name, s.iface.Name)
	}
	return nil
}

// addressIn is the interface's address in a network, or its first.
func (s *Server) addressIn(p netip.Prefix) (first netip.Addr) {
	for _, a := range s.iface.Addrs {
		switch {
		case !a.Addr().Is4():
		case p.Contains(a.Addr()):
			return a.Addr()
		case !first.IsValid():
			first = a.Addr()
		}
	}
	return first
}

// has says whether an address is the interface's.
func (s *Server) has(a netip.Addr) bool {
	return slices.ContainsFunc(s.iface.Addrs, func(p netip.Prefix) bool { return p.Addr() == a })
}

// arrange makes pools and looks up who is where.
func (s *Server) arrange() error {
	for i := range s.config.Subnets {
		n := &subnet{Subnet: &s.config.Subnets[i]}
		for _, other := range s.subnets {
			if other.Prefix.Overlaps(n.Prefix) {
				return fmt.Errorf("the subnets %s and %s overlap", other.Prefix, n.Prefix)
			}
		}
		for _, r := range n.Ranges {
			if !n.Prefix.Contains(r.First) || !n.Prefix.Contains(r.Last) {
				return fmt.Errorf("the pool %s is not inside of %s", r, n.Prefix)
			}
		}
		pools, err := s.pool(n.Prefix.String(), n.Ranges)
		if err != nil {
			return err
		}
		n.pools = pools
		s.subnets = append(s.subnets, n)
		if slices.ContainsFunc(s.iface.Addrs, func(a netip.Prefix) bool { return n.Prefix.Contains(a.Addr()) }) {
			s.local = append(s.local, n)
		}
		span := lease.Span(n.Prefix)
		s.table.Reserve(lease.Whole(span.First), lease.Whole(span.Last))
	}
	for i := range s.config.Classes {
		c := &class{Class: &s.config.Classes[i]}
		var err error
		if c.pools, err = s.pool(c.Name, c.Ranges); err != nil {
			return err
		}
		s.classes = append(s.classes, c)
	}
	for _, a := range s.iface.Addrs {
		s.table.Reserve(lease.Whole(a.Addr()))
	}
	for i := range s.config.Reservations {
		x := &reservation{&s.config.Reservations[i]}
		for _, key := range x.keys() {
			s.reservations[key] = append(s.reservations[key], x)
		}
		if x.Address.IsValid() {
			s.table.Reserve(lease.Whole(x.Address))
		}
	}
	return nil
}

func (s *Server) pool(name string, ranges []lease.Range) ([]*lease.Pool, error) {
	if len(ranges) == 0 {
		return nil, nil
	}
	p, err := s.table.NewPool(name, 32, ranges...)
	if err != nil {
		return nil, err
	}
	return []*lease.Pool{p}, nil
}

// open takes port 67 on the interface, and a raw link for clients that have no address yet.
func (s *Server) open(ctx context.Context) (err error) {
	o := &network.SockOpts{Broadcast: true, Metadata: true, Device: s.iface.Name, RecvBuffer: 1 << 20}
	if s.conn, err = s.listen(ctx, o); errors.Is(err, errors.ErrUnsupported) {
		s.conn, err = s.listen(ctx, &network.SockOpts{Broadcast: true})
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return refusal("exists", "port %d of %s: another server has it", serverPort, s.iface.Name)
	case errors.Is(err, fs.ErrPermission):
		return refusal("denied", "port %d of %s: needs CAP_NET_BIND_SERVICE and CAP_NET_RAW (run as root, or --lab; moonwire doctor shows how)",
			serverPort, s.iface.Name)
	case err != nil:
		return fmt.Errorf("port %d of %s: %w", serverPort, s.iface.Name, err)
	}
	if link, err := s.net.OpenLink(ctx, s.iface.Name, &network.LinkOpts{SendOnly: true}); err == nil && link.Interface().LinkType == "ethernet" {
		s.link = link
	} else if err == nil {
		link.Close()
	}
	return nil
}

func (s *Server) listen(ctx context.Context, o *network.SockOpts) (network.PacketConn, error) {
	c, err := s.net.Packet(ctx, "udp4", o)
	if err != nil {
		return nil, err
	}
	if err := c.Bind(net.UDPAddrFromAddrPort(netip.AddrPortFrom(netip.IPv4Unspecified(), serverPort))); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Interface is the one that the server is at.
func (s *Server) Interface() network.Interface { return s.iface }

// Unicast says whether the server can reach clients that have no address yet without broadcasting.
func (s *Server) Unicast() bool { return s.link != nil }

// Now is the server's time.
func (s *Server) Now() time.Time { return s.clock.Now() }

// Table is the leases.
func (s *Server) Table() *lease.Table { return s.table }

// Close ends the server: Receive and listeners fail with net.ErrClosed.
func (s *Server) Close() error {
	err := s.conn.Close()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	if s.link != nil {
		s.link.Close()
	}
	if s.checker != nil {
		s.checker.close()
	}
	s.feed.Close()
	return errors.Join(err, s.table.Close())
}
