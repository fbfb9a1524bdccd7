package server4

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"sync"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/station"
	"moonwire/host/dhcp/tally"
	"moonwire/host/network"
)

// checker finds out whether somebody has an address before it is offered (RFC 2131 section 3.1). An offer waits for the
// whole time, since silence is the good answer.
type checker struct {
	server *Server
	ping   network.PacketConn // of PingCheck
	link   *station.Link      // of ARPCheck
	asks   *station.Station   // likewise
	seq    uint16
	under  map[netip.Addr]*outgoing // offers that wait

	mu   sync.Mutex
	seen map[netip.Addr]bool // who answered
}

// newChecker opens what a way of checking needs.
func (s *Server) newChecker(ctx context.Context) (*checker, error) {
	c := &checker{server: s, under: map[netip.Addr]*outgoing{}, seen: map[netip.Addr]bool{}}
	var err error
	switch s.config.Conflict {
	case NoCheck:
		return nil, nil
	case PingCheck:
		if c.ping, err = s.net.Packet(ctx, "ping4", nil); errors.Is(err, fs.ErrPermission) {
			c.ping, err = s.net.Packet(ctx, "ip4:1", nil)
		}
	case ARPCheck:
		if c.link, err = station.Open(ctx, s.iface.Name); err == nil {
			c.asks, err = c.link.Station(nil)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("conflict check: %w", err)
	}
	return c, nil
}

func (c *checker) close() {
	if c.ping != nil {
		c.ping.Close()
	}
	if c.link != nil {
		c.link.Close()
	}
}

// begin asks for the address of an offer; false when nobody needs to: the client had it before.
func (c *checker) begin(o *outgoing) bool {
	a := o.Message.YIAddr
	if c == nil || o.request.Type() != dhcp4.Discover || a.IsUnspecified() || !o.fresh {
		return false
	}
	if first := c.under[a]; first != nil {
		first.Answer, first.request = o.Answer, o.request // the client asks again: one answer is enough
		return true
	}
	if !c.server.later.Add(c.server.clock.Now().Add(c.server.config.ConflictWait), o) {
		return false
	}
	c.under[a], o.checked = o, true
	if c.ping != nil {
		c.echo(a)
	} else {
		network.Go(c.server.ctx, func() { c.resolve(a) })
	}
	return true
}

// echo sends an ICMP echo.
func (c *checker) echo(a netip.Addr) {
	c.seq++
	b := make([]byte, 16)
	b[0] = 8
	binary.BigEndian.PutUint16(b[4:], uint16(c.server.rand.Uint32()))
	binary.BigEndian.PutUint16(b[6:], c.seq)
	binary.BigEndian.PutUint16(b[2:], checksum(0, b))
	c.ping.WriteTo(b, c.addr(a))
}

// addr is the address of a host for the socket that there is.
func (c *checker) addr(a netip.Addr) net.Addr {
	if _, udp := c.ping.LocalAddr().(*net.IPAddr); udp {
		return &net.IPAddr{IP: a.AsSlice()}
	}
	return net.UDPAddrFromAddrPort(netip.AddrPortFrom(a, 0))
}

// resolve asks by ARP.
func (c *checker) resolve(a netip.Addr) {
	ctx, cancel := network.WithCancel(c.server.ctx)
	defer cancel()
	defer c.server.clock.AfterFunc(c.server.config.ConflictWait, cancel).Stop()
	if mac, err := c.asks.Resolve(ctx, a); err == nil && mac != nil {
		c.saw(a)
	}
}

func (c *checker) saw(a netip.Addr) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[a] = true
}

// taken says whether somebody answered for an address that was asked for.
func (c *checker) taken(a netip.Addr) bool {
	for b := make([]byte, 1500); c.ping != nil; {
		n, m, err := c.ping.TryRead(b)
		if err != nil {
			break
		}
		if n > 0 && b[0] == 0 {
			c.saw(addrOf(m.Peer))
		}
	}
	delete(c.under, a)
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := c.seen[a]
	if len(c.under) == 0 {
		clear(c.seen)
	}
	delete(c.seen, a)
	return taken
}

func addrOf(a net.Addr) netip.Addr {
	switch a := a.(type) {
	case *net.UDPAddr:
		return a.AddrPort().Addr().Unmap()
	case *net.IPAddr:
		ip, _ := netip.AddrFromSlice(a.IP)
		return ip.Unmap()
	}
	return netip.Addr{}
}

// conflict leaves an address alone that somebody has, and offers the client another. What a script has made of the offer
// can't be made again: the client asks once more.
func (s *Server) conflict(o *outgoing) {
	a := o.Message.YIAddr
	s.table.Decline("", lease.Whole(a), s.config.DeclineTime)
	s.note(Event{Kind: "conflict", Address: a, Request: o.request})
	if o.scripted {
		s.dropped(tally.Because("conflict", a.String()), o.request)
		return
	}
	s.deliver(&outgoing{Answer: s.Answer(o.request), request: o.request})
}
