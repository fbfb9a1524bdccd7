package station

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// The messages of multicast listener discovery (RFC 3810 section 5).
const (
	typeQuery  = 130
	typeReport = 143
	queryFixed = 24
	recordSize = 20
)

// The kinds of record in a report (RFC 3810 section 5.2.12): from now on, or still, everything that is sent to the group is
// wanted.
const (
	recordIsExclude = 2
	recordToExclude = 4
)

// routerAlert is the option of a hop-by-hop header by which routers and switches notice the packet (RFC 2711).
const routerAlert = 5

// report says that a host at src listens to groups, for switches that send a group's frames only where somebody does.
func report(src netip.Addr, kind byte, groups ...netip.Addr) packet6 {
	b := []byte{typeReport, 0, 0, 0, 0, 0, 0, 0}
	binary.BigEndian.PutUint16(b[6:], uint16(len(groups)))
	for _, group := range groups {
		g := group.As16()
		b = append(append(b, kind, 0, 0, 0), g[:]...)
	}
	p := packet6{src: src, dst: allListeners, hops: 1, next: nextICMPv6, payload: b}
	binary.BigEndian.PutUint16(b[2:], p.checksum())
	p.next, p.payload = nextHopByHop, append([]byte{nextICMPv6, 0, routerAlert, 2, 0, 0, 1, 0}, b...)
	return p
}

// takeQuery answers a router or switch that asks who listens to what: each station tells the groups of the addresses that it
// holds (RFC 3810 section 6.2).
func (l *Link) takeQuery(in *frame, p packet6) {
	b := p.payload
	if len(b) < queryFixed || b[0] != typeQuery || p.hops != 1 || !p.src.IsLinkLocalUnicast() || p.wrong(in.Checksum) {
		return
	}
	asked := netip.AddrFrom16([16]byte(b[8:]))
	most := (l.iface.MTU - ipv6Header - 16) / recordSize
	for _, s := range l.all() {
		groups := s.groups(asked)
		for some := range slices.Chunk(groups, max(most, 1)) {
			l.send(l.ctx, report(s.source6(), recordIsExclude, some...).frame(s.mac, groupMAC(allListeners)))
		}
	}
}

// groups are those of the addresses that the station holds, or of them the one that is asked for.
func (s *Station) groups(asked netip.Addr) (list []netip.Addr) {
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	for _, a := range s.held {
		if g := solicitedNode(a); a.Is6() && (asked.IsUnspecified() || asked == g) && !slices.Contains(list, g) {
			list = append(list, g)
		}
	}
	return list
}
