package station

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"moonwire/host/network"
)

// The times of RFC 4861 section 10 that duplicate address detection uses; one probe is sent (RFC 4862 section 5.1).
const (
	retransTimer  = time.Second
	firstMaxDelay = time.Second
)

// LinkLocal is the address that follows from a MAC address: fe80::/64 and the modified EUI-64 (RFC 4291 appendix A).
func LinkLocal(mac net.HardwareAddr) netip.Addr {
	return netip.AddrFrom16([16]byte{0xfe, 0x80, 8: mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]})
}

// LinkLocal gives the station a link-local address: the interface's own, if it has one and the station its MAC address,
// else the one that follows from the MAC address. Unless detect is false, another host with that address is a *Duplicate.
func (s *Station) LinkLocal(ctx context.Context, detect bool) (netip.Addr, error) {
	if a, ok := s.systemLinkLocal(); ok {
		return a, nil
	}
	a := LinkLocal(s.MAC())
	if detect {
		by, err := s.Probe(ctx, a)
		if err != nil {
			return a, err
		}
		if by != nil {
			return a, &Duplicate{s.link.iface.Name, a, by}
		}
	}
	s.Hold(a)
	return a, nil
}

// systemLinkLocal is the interface's own link-local address, for a station with its MAC address.
func (s *Station) systemLinkLocal() (a netip.Addr, ok bool) {
	if !s.own {
		return a, false
	}
	list, _ := s.link.world.Interfaces()
	for _, i := range list {
		if i.Name != s.link.iface.Name {
			continue
		}
		if at := slices.IndexFunc(i.Addrs, func(p netip.Prefix) bool { return p.Addr().Is6() && p.Addr().IsLinkLocalUnicast() }); at >= 0 {
			return i.Addrs[at].Addr().WithZone(""), true
		}
	}
	return a, false
}

// A Duplicate is an address that another host has.
type Duplicate struct {
	Interface string
	Addr      netip.Addr
	By        net.HardwareAddr
}

func (d *Duplicate) Error() string {
	return fmt.Sprintf("%s: %s is taken by %s", d.Interface, d.Addr, d.By)
}

// Kind is the kind of refusal.
func (d *Duplicate) Kind() string { return "conflict" }

// probe6 is duplicate address detection (RFC 4862 section 5.4): the station joins the group that questions for the address
// go to, asks once from no address, and listens. It answers nothing for the address meanwhile.
func (s *Station) probe6(ctx context.Context, a netip.Addr) (net.HardwareAddr, error) {
	q, clock, chance := s.ask(a, true), s.link.world.Clock(), network.Rand(ctx)
	defer q.drop()
	from := netip.IPv6Unspecified()
	if !a.IsLinkLocalUnicast() {
		from = s.source6()
	} else if mac, err := q.wait(ctx, clock.Now().Add(between(chance, 0, firstMaxDelay))); mac != nil || err != nil {
		return mac, err
	}
	nonce := make([]byte, 6)
	for i := range nonce {
		nonce[i] = byte(chance.Uint32())
	}
	group := solicitedNode(a)
	question := discovery{kind: typeSolicitation, src: netip.IPv6Unspecified(), dst: group, target: a, nonce: nonce}
	for _, p := range []packet6{report(from, recordToExclude, group), question.packet()} {
		if err := s.send6(ctx, p); err != nil {
			return nil, err
		}
	}
	return q.wait(ctx, clock.Now().Add(retransTimer))
}
