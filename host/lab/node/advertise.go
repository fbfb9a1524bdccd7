package node

import (
	"encoding/binary"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/network"
)

// Advertisement is what a router tells the hosts of a link (RFC 4861 section 6.2.1).
type Advertisement struct {
	Prefixes []netip.Prefix // to make addresses from (RFC 4862), when they have 64 bits
	Lifetime time.Duration  // as a default router; 0: half an hour, negative: it is none
	Interval time.Duration  // the longest between two advertisements; 0: ten minutes
	MTU      int            // of the link; 0: not told
	Managed  bool           // there are addresses by DHCPv6
	Other    bool           // there is other configuration by DHCPv6
}

// The router constants of RFC 4861 section 10, and the lifetimes of prefixes of section 6.2.1.
const (
	initialInterval = 16 * time.Second
	initialCount    = 3
	minDelay        = 3 * time.Second
	maxResponse     = 500 * time.Millisecond

	validLifetime     = 30 * 24 * time.Hour
	preferredLifetime = 7 * 24 * time.Hour
)

// advertiser sends a router's advertisements on an interface.
type advertiser struct {
	node   *Node
	device *device
	what   Advertisement

	mu    sync.Mutex
	sent  int
	last  time.Time
	timer network.Timer
	ended bool
}

// Advertise sends router advertisements on an interface, at times and when asked, until stop is called.
func (n *Node) Advertise(iface string, a Advertisement) (stop func(), err error) {
	d := n.device(iface)
	if d == nil || d == n.lo {
		return nil, n.missing(iface)
	}
	if a.Lifetime == 0 {
		a.Lifetime = 30 * time.Minute
	}
	if a.Interval == 0 {
		a.Interval = 10 * time.Minute
	}
	s := &advertiser{node: n, device: d, what: a}
	if !d.advertiser.CompareAndSwap(nil, s) {
		return nil, fail(syscall.EEXIST, "advertise on %s", iface)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due(0)
	return s.stop, nil
}

// due makes the next advertisement leave after d; s.mu is held.
func (s *advertiser) due(d time.Duration) {
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = s.node.opt.Clock.AfterFunc(d, s.advertise)
}

// advertise sends one and sets the time of the next (RFC 4861 section 6.2.4).
func (s *advertiser) advertise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	s.sent++
	s.last = s.node.opt.Clock.Now()
	s.device.send(s.node.advertisement(s.device, s.what))
	longest := s.what.Interval
	next := longest/3 + s.node.jitter(longest-longest/3)
	if s.sent < initialCount {
		next = min(next, initialInterval)
	}
	s.due(next)
}

// solicited answers a router solicitation, soon and not too often (RFC 4861 section 6.2.6).
func (n *Node) solicited(d *device, packet []byte) {
	const at, routerSolicitation = header.IPv6MinimumSize, 133
	s := d.advertiser.Load()
	if s == nil || packet[6] != uint8(header.ICMPv6ProtocolNumber) || packet[7] != header.NDPHopLimit ||
		len(packet) < at+8 || packet[at] != routerSolicitation {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	wait := n.jitter(maxResponse)
	if s.sent > 0 {
		wait += max(0, minDelay-n.opt.Clock.Now().Sub(s.last))
	}
	s.due(wait)
}

func (s *advertiser) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.timer.Stop()
	s.device.advertiser.CompareAndSwap(s, nil)
}

// jitter is a random time below most.
func (n *Node) jitter(most time.Duration) time.Duration {
	return time.Duration(uint64(n.random()) * uint64(most) >> 32)
}

// advertisement is the message (RFC 4861 section 4.2).
func (n *Node) advertisement(d *device, a Advertisement) []byte {
	const routerAdvertisement, hops = 134, 64
	const sourceLinkLayerAddress, prefixInformation, mtu = 1, 3, 5
	body := make([]byte, 16, 128)
	body[0], body[4] = routerAdvertisement, hops
	if a.Managed {
		body[5] |= 0x80
	}
	if a.Other {
		body[5] |= 0x40
	}
	binary.BigEndian.PutUint16(body[6:], uint16(max(a.Lifetime, 0)/time.Second))
	body = append(append(body, sourceLinkLayerAddress, 1), d.mac...)
	if a.MTU > 0 {
		body = binary.BigEndian.AppendUint32(append(body, mtu, 1, 0, 0), uint32(a.MTU))
	}
	for _, p := range a.Prefixes {
		const onLink, autonomous = 0x80, 0x40
		flags := byte(onLink)
		if p.Bits() == 64 {
			flags |= autonomous
		}
		body = append(body, prefixInformation, 4, byte(p.Bits()), flags)
		body = binary.BigEndian.AppendUint32(body, uint32(validLifetime/time.Second))
		body = binary.BigEndian.AppendUint32(body, uint32(preferredLifetime/time.Second))
		body = append(append(body, 0, 0, 0, 0), p.Masked().Addr().AsSlice()...)
	}
	own := netip.Addr{}
	for _, p := range d.addresses() {
		if linkLocal6(p) {
			own = p.Addr()
		}
	}
	return discovery(d, own, body)
}
