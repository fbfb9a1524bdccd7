package station

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"time"

	"moonwire/host/network"
)

// zero is a moment that never comes.
var zero time.Time

// A Station is one host of a Link.
type Station struct {
	link  *Link
	mac   MAC
	own   bool // the MAC address is the interface's: the system answers for the addresses that it has
	inbox *inbox
	guard network.Guard

	// What follows is guarded by the link.
	ports     []uint16
	hears     bool // also what is broadcast for a MAC address that no station has
	handle    func(Datagram)
	questions []*question
	held      []netip.Addr
	conflict  func(netip.Addr, net.HardwareAddr)
	trouble   func(error)
	defended  time.Time // when the last conflict was
	closed    bool
}

// Station makes a host with a MAC address; nil is the interface's own. It hears the ports of DHCP clients, until Listen
// says otherwise. There is one station per MAC address.
func (l *Link) Station(mac net.HardwareAddr) (*Station, error) {
	if mac == nil {
		mac = l.iface.MAC
	}
	if len(mac) != len(MAC{}) {
		return nil, fmt.Errorf("a station's MAC address has 6 bytes, %s has %d", mac, len(mac))
	}
	if mac[0]&1 != 0 {
		return nil, fmt.Errorf("%s is a group's address, not a station's: the last bit of its first byte must be 0", mac)
	}
	s := &Station{link: l, mac: MAC(mac), inbox: newInbox(l.world.Clock()), ports: []uint16{clientPort, clientPort6}}
	s.own = MAC(l.iface.MAC) == s.mac
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.gone != nil:
		return nil, l.gone
	case l.stations[s.mac] != nil:
		return nil, fmt.Errorf("%s: a station with the MAC address %s is there already: %w", l.iface.Name, mac, os.ErrExist)
	}
	l.stations[s.mac] = s
	l.order = append(l.order, s)
	return s, nil
}

// The ports of DHCP clients (RFC 2131 4.1, RFC 9915 7.2).
const (
	clientPort  = 68
	clientPort6 = 546
)

// MAC is the station's address on the link.
func (s *Station) MAC() net.HardwareAddr { return slices.Clone(s.mac[:]) }

// Own says whether the MAC address is the interface's, so that the system answers for the addresses that it has.
func (s *Station) Own() bool { return s.own }

// Link is where the station is.
func (s *Station) Link() *Link { return s.link }

// Listen says which ports the station hears.
func (s *Station) Listen(ports ...uint16) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.ports = ports
}

// HearAll makes the station hear also what is broadcast for a MAC address that no station has.
func (s *Station) HearAll() {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.hears = true
}

// Handle has f called with each datagram instead of keeping it for Receive, on the goroutine that reads the link: f must
// not wait. The payload is f's only until it returns.
func (s *Station) Handle(f func(Datagram)) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.handle = f
}

// GuardPort keeps the system silent on a UDP port, where the station has the interface's own MAC address: else the system
// would answer that nobody is there. Where the port is somebody's, that one keeps it.
func (s *Station) GuardPort(ctx context.Context, port uint16) {
	if !s.own {
		return
	}
	local := netip.IPv4Unspecified()
	if port == clientPort6 {
		local = netip.IPv6Unspecified()
	}
	if g, err := s.link.world.GuardPort(ctx, "udp", netip.AddrPortFrom(local, port)); err == nil {
		s.unguard()
		s.guard = g
	}
}

func (s *Station) unguard() {
	if s.guard != nil {
		s.guard.Close()
		s.guard = nil
	}
}

// Close takes the station off its link.
func (s *Station) Close() error {
	l := s.link
	l.mu.Lock()
	if s.closed {
		l.mu.Unlock()
		return nil
	}
	s.closed = true
	delete(l.stations, s.mac)
	l.order = slices.DeleteFunc(l.order, func(o *Station) bool { return o == s })
	for _, a := range s.held {
		delete(l.held, a)
	}
	l.mu.Unlock()
	s.suffer(net.ErrClosed)
	s.unguard()
	return nil
}

// Hold makes the station answer for an address, unless the system itself has it. Another station that held it lets go.
func (s *Station) Hold(a netip.Addr) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	if s.closed || s.link.held[a] == s {
		return
	}
	if other := s.link.held[a]; other != nil {
		other.release(a)
	}
	s.link.held[a] = s
	s.held = append(s.held, a)
}

// Release ends Hold.
func (s *Station) Release(a netip.Addr) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	if s.link.held[a] == s {
		s.release(a)
	}
}

// release is Release of an address that s holds, under the link's lock.
func (s *Station) release(a netip.Addr) {
	delete(s.link.held, a)
	s.held = slices.DeleteFunc(s.held, func(h netip.Addr) bool { return h == a })
}

// Holds says whether the station answers for an address.
func (s *Station) Holds(a netip.Addr) bool {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	return s.link.held[a] == s
}

// OnConflict has f called each time when another host uses an address that the station holds, on the goroutine that reads
// the link.
func (s *Station) OnConflict(f func(a netip.Addr, by net.HardwareAddr)) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.conflict = f
}

// OnTrouble has f called when the interface goes down (*Down), another host won't give up an IPv4 address that the
// station holds (*Conflict), or the link is closed, on the goroutine that reads the link: f must not wait.
func (s *Station) OnTrouble(f func(error)) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.trouble = f
}

// suffer tells what happened to whoever waits, and to whoever asked to be told.
func (s *Station) suffer(err error) {
	s.link.mu.Lock()
	f := s.trouble
	for _, q := range s.questions {
		q.fail(err)
	}
	s.link.mu.Unlock()
	s.inbox.fail(err)
	if f != nil {
		f(err)
	}
}

// systemHas says whether the interface itself has an address, so that the system answers for it.
func (l *Link) systemHas(a netip.Addr) bool {
	list, err := l.world.Interfaces()
	if err != nil {
		return false
	}
	for _, i := range list {
		if i.Name != l.iface.Name {
			continue
		}
		for _, p := range i.Addrs {
			if p.Addr() == a {
				return true
			}
		}
	}
	return false
}
