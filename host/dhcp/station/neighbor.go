package station

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// takeDiscovery tells who asked, answers for held addresses, and finds conflicts.
func (l *Link) takeDiscovery(in *frame, p packet6) {
	d, ok := readDiscovery(p, in.Checksum)
	if !ok {
		return
	}
	l.mu.Lock()
	holder := l.held[d.target]
	l.mu.Unlock()
	if holder != nil && holder.mac == in.src {
		holder = nil // its own
	}
	if d.kind == typeAdvertisement {
		l.advertised(in, d, holder)
		return
	}
	if d.src.IsUnspecified() { // somebody else probes for it
		l.hear(d.target, in.src, true)
	}
	if holder == nil || holder.own && l.systemHas(d.target) {
		return
	}
	to := in.src
	if d.src.IsUnspecified() {
		to = groupMAC(allNodes)
	}
	l.send(l.ctx, d.answer(holder.mac).packet().frame(holder.mac, to))
}

// advertised tells those who wait for an address who has it, and its holder that another host says so, too.
func (l *Link) advertised(in *frame, d discovery, holder *Station) {
	from := in.src
	if d.mac != nil {
		from = *d.mac
	}
	l.hear(d.target, from, false)
	if holder == nil {
		return
	}
	l.mu.Lock()
	conflict := holder.conflict
	l.mu.Unlock()
	if conflict != nil {
		conflict(d.target, hardware(from))
	}
}

// hear hands what was found out of an address to those who wait for it.
func (l *Link) hear(a netip.Addr, from MAC, probing bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range l.questions[a] {
		q.hear(from, probing)
	}
}

// resolve6 asks for the MAC address of a neighbour (RFC 4861 section 7.2.2).
func (s *Station) resolve6(ctx context.Context, a netip.Addr) (net.HardwareAddr, error) {
	q := s.ask(a, false)
	defer q.drop()
	from, mac := s.source6(), s.mac
	question := discovery{kind: typeSolicitation, src: from, dst: solicitedNode(a), target: a, mac: &mac}
	for range resolveTries {
		if err := s.send6(ctx, question.packet()); err != nil {
			return nil, err
		}
		if mac, err := q.wait(ctx, s.link.world.Clock().Now().Add(resolvePause)); mac != nil || err != nil {
			return mac, err
		}
	}
	return nil, fmt.Errorf("%s on %s doesn't tell its MAC address: %w", a, s.link.iface.Name, syscall.EHOSTUNREACH)
}

// source6 is an address that the station asks from: the link-local one, or one that it holds.
func (s *Station) source6() netip.Addr {
	if a, ok := s.systemLinkLocal(); ok {
		return a
	}
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	for _, fits := range []func(netip.Addr) bool{netip.Addr.IsLinkLocalUnicast, netip.Addr.Is6} {
		if i := slices.IndexFunc(s.held, func(h netip.Addr) bool { return h.Is6() && fits(h) }); i >= 0 {
			return s.held[i]
		}
	}
	return LinkLocal(s.MAC())
}

// send6 sends a packet to a group.
func (s *Station) send6(ctx context.Context, p packet6) error {
	return s.link.send(ctx, p.frame(s.mac, groupMAC(p.dst)))
}
