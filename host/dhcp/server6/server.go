package server6

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
	"syscall"
	"time"

	"moonwire/host/dhcp/dhcp6"
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
	net    network.Network
	clock  network.Clock
	rand   *rand.Rand

	duid  dhcp6.DUID
	iface network.Interface
	conn  network.PacketConn
	table *lease.Table

	// Recovery is what was found in the lease file.
	Recovery lease.Recovery

	subnets      []*subnet
	local        []*subnet // of the interface's link
	classes      []*class
	reservations map[string]*reservation

	intake *intake.Intake[Request]
	queue  []*outgoing            // to be sent by Flush
	later  later.Queue[*outgoing] // to be sent when due

	tally  tally.Tally[dhcp6.Type]
	keys   keys
	events *feed.Feed[Event]
}

// Ports and groups (RFC 8415 sections 7.1 and 7.2).
const (
	clientPort = 546
	serverPort = 547
)

var (
	agentsAndServers = netip.MustParseAddr("ff02::1:2")
	allServers       = netip.MustParseAddr("ff05::1:3")
)

// New makes a server and opens its socket. It serves when somebody calls Receive.
func New(ctx context.Context, c Config) (*Server, error) {
	n := network.From(ctx)
	clock := n.Clock()
	s := &Server{config: c, net: n, clock: clock, rand: network.Rand(ctx), duid: c.DUID, table: lease.NewTable(clock),
		reservations: map[string]*reservation{}, events: feed.New[Event](clock)}
	s.config.OfferTime = cmp.Or(c.OfferTime, DefaultOffer)
	s.config.DeclineTime = cmp.Or(c.DeclineTime, DefaultDecline)
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
	if c.LeaseFile != "" {
		var err error
		if s.Recovery, err = s.table.Keep(network.FilesFrom(ctx), c.LeaseFile, c.Sync); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// findInterface looks the interface up, and makes a DUID of it where there is none.
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
		return missing(fmt.Sprintf("no interface %s (there are: %s)", s.config.Interface, strings.Join(names, ", ")))
	}
	s.iface = list[i]
	if !slices.ContainsFunc(s.iface.Addrs, func(p netip.Prefix) bool { return p.Addr().Is6() }) {
		return fmt.Errorf("%s has no IPv6 address, which a server needs: is it up, and IPv6 allowed there?", s.iface.Name)
	}
	switch {
	case s.duid != "":
	case len(s.iface.MAC) > 0:
		s.duid = dhcp6.NewLL(s.iface.MAC)
	default:
		return fmt.Errorf("%s has no MAC address to make a DUID of: give the server one", s.iface.Name)
	}
	return nil
}

// open takes port 547 and joins the groups of servers on the interface.
func (s *Server) open(ctx context.Context) (err error) {
	o := &network.SockOpts{Metadata: true, V6Only: true, Device: s.iface.Name, RecvBuffer: 1 << 20}
	if s.conn, err = s.listen(ctx, o); errors.Is(err, errors.ErrUnsupported) {
		s.conn, err = s.listen(ctx, &network.SockOpts{V6Only: true})
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("port %d of %s: another server has it: %w", serverPort, s.iface.Name, fs.ErrExist)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("port %d of %s: needs CAP_NET_BIND_SERVICE and CAP_NET_RAW (run as root, or --lab; moonwire doctor shows how): %w",
			serverPort, s.iface.Name, fs.ErrPermission)
	case err != nil:
		return fmt.Errorf("port %d of %s: %w", serverPort, s.iface.Name, err)
	}
	return nil
}

func (s *Server) listen(ctx context.Context, o *network.SockOpts) (network.PacketConn, error) {
	c, err := s.net.Packet(ctx, "udp6", o)
	if err != nil {
		return nil, err
	}
	err = c.Bind(&net.UDPAddr{IP: net.IPv6unspecified, Port: serverPort})
	for _, group := range []netip.Addr{agentsAndServers, allServers} {
		if err == nil {
			err = c.SetOption("ipv6-add-membership", network.Membership{Group: group, Index: s.iface.Index})
		}
	}
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Interface is the one that the server is at.
func (s *Server) Interface() network.Interface { return s.iface }

// DUID is the server's identifier.
func (s *Server) DUID() dhcp6.DUID { return s.duid }

// Now is the time of the server's clock.
func (s *Server) Now() time.Time { return s.clock.Now() }

// Table is the leases.
func (s *Server) Table() *lease.Table { return s.table }

// Listen makes a listener to what happens.
func (s *Server) Listen() *feed.Listener[Event] { return s.events.Listen() }

// Close ends the server: Receive and listeners fail with net.ErrClosed.
func (s *Server) Close() error {
	err := s.conn.Close()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	s.events.Close()
	return errors.Join(err, s.table.Close())
}

// missing says what isn't there.
type missing string

func (m missing) Error() string { return string(m) }

// Is makes it one of the errors about what isn't there.
func (m missing) Is(target error) bool { return target == fs.ErrNotExist }
