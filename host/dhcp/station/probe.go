package station

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"time"

	"moonwire/host/network"
)

// The times and numbers of RFC 5227 1.1.
const (
	probeWait        = time.Second
	probeNum         = 3
	probeMin         = time.Second
	probeMax         = 2 * time.Second
	announceWait     = 2 * time.Second
	announceInterval = 2 * time.Second
	defendInterval   = 10 * time.Second
)

// Probe finds out whether an address is free (RFC 5227 2.1.1, for IPv6 RFC 4862 5.4): questions that claim nothing, and
// silence after each. It returns the MAC address of whoever uses the address or probes for it, too; nil when nobody does.
func (s *Station) Probe(ctx context.Context, a netip.Addr) (net.HardwareAddr, error) {
	if !a.Is4() {
		return s.probe6(ctx, a)
	}
	q, chance, clock := s.ask(a, true), network.Rand(ctx), s.link.world.Clock()
	defer q.drop()
	if mac, err := q.wait(ctx, clock.Now().Add(between(chance, 0, probeWait))); mac != nil || err != nil {
		return mac, err
	}
	for i := range probeNum {
		if err := s.link.send(ctx, arp{op: arpRequest, sha: s.mac, spa: netip.IPv4Unspecified(), tpa: a}.frame(broadcast)); err != nil {
			return nil, err
		}
		pause := announceWait
		if i < probeNum-1 {
			pause = between(chance, probeMin, probeMax)
		}
		if mac, err := q.wait(ctx, clock.Now().Add(pause)); mac != nil || err != nil {
			return mac, err
		}
	}
	return nil, nil
}

// between is a duration that chance chooses.
func between(r *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(r.Int64N(int64(most-least)))
}

// Announce claims an address that was found free (RFC 5227 2.3), now and two seconds later.
func (s *Station) Announce(ctx context.Context, a netip.Addr) error {
	if err := s.announce(ctx, a); err != nil {
		return err
	}
	clock := s.link.world.Clock()
	clock.AfterFunc(announceInterval, func() {
		network.GoBy(clock, func() {
			if s.Holds(a) {
				s.announce(s.link.ctx, a)
			}
		})
	})
	return nil
}

func (s *Station) announce(ctx context.Context, a netip.Addr) error {
	return s.link.send(ctx, arp{op: arpRequest, sha: s.mac, spa: a, tpa: a}.frame(broadcast))
}

// defend answers another host's claim on a held address by an announcement, unless it did so less than ten seconds ago:
// then the address is lost (RFC 5227 2.4 (b)).
func (s *Station) defend(claim arp) {
	l, now := s.link, s.link.world.Clock().Now()
	if s.own && l.systemHas(claim.spa) {
		return // the system defends it
	}
	l.mu.Lock()
	lost := !s.defended.IsZero() && now.Sub(s.defended) < defendInterval
	s.defended = now
	conflict := s.conflict
	l.mu.Unlock()
	if conflict != nil {
		conflict(claim.spa, hardware(claim.sha))
	}
	if lost {
		s.suffer(&Conflict{claim.spa, hardware(claim.sha)})
		return
	}
	s.announce(l.ctx, claim.spa)
}

// Conflict says that another host has an address that the station holds.
type Conflict struct {
	Addr netip.Addr
	By   net.HardwareAddr
}

func (c *Conflict) Error() string { return fmt.Sprintf("%s is in use by %s", c.Addr, c.By) }

// Kind is the kind of refusal.
func (c *Conflict) Kind() string { return "conflict" }
