package station

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// ARP's operations (RFC 826).
const (
	arpRequest = 1
	arpReply   = 2
	arpLength  = 28
)

// arp is an ARP packet for IPv4 over Ethernet.
type arp struct {
	op       uint16
	sha, tha MAC // of the sender and the target
	spa, tpa netip.Addr
}

// arpFixed is how such a packet begins: Ethernet, IPv4, and the lengths of their addresses.
var arpFixed = []byte{0, 1, typeIPv4 >> 8, typeIPv4 & 0xff, 6, 4}

// readARP reads an ARP packet; false when it is of another kind.
func readARP(b []byte) (a arp, ok bool) {
	if len(b) < arpLength || !slices.Equal(b[:len(arpFixed)], arpFixed) {
		return a, false
	}
	return arp{op: binary.BigEndian.Uint16(b[6:]), sha: MAC(b[8:14]), spa: netip.AddrFrom4([4]byte(b[14:18])),
		tha: MAC(b[18:24]), tpa: netip.AddrFrom4([4]byte(b[24:28]))}, true
}

// frame is the packet in a frame to dst.
func (a arp) frame(dst MAC) []byte {
	b := make([]byte, 0, etherHeader+arpLength)
	b = append(append(b, dst[:]...), a.sha[:]...)
	b = append(binary.BigEndian.AppendUint16(b, typeARP), arpFixed...)
	b = binary.BigEndian.AppendUint16(b, a.op)
	spa, tpa := a.spa.As4(), a.tpa.As4()
	b = append(append(b, a.sha[:]...), spa[:]...)
	return append(append(b, a.tha[:]...), tpa[:]...)
}

// takeARP tells who asked, answers for held addresses, and finds conflicts.
func (l *Link) takeARP(in *frame) {
	a, ok := readARP(in.payload)
	if !ok {
		return
	}
	l.tell(a)
	l.mu.Lock()
	asked, claimed := l.held[a.tpa], l.held[a.spa]
	l.mu.Unlock()
	if claimed != nil && claimed.mac != a.sha {
		claimed.defend(a)
	}
	if a.op != arpRequest || asked == nil || asked.mac == a.sha || asked.own && l.systemHas(a.tpa) {
		return
	}
	l.send(l.ctx, arp{op: arpReply, sha: asked.mac, spa: a.tpa, tha: a.sha, tpa: a.spa}.frame(a.sha))
}

// tell hands an ARP packet to those who wait for it.
func (l *Link) tell(a arp) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range l.questions[a.spa] {
		q.hear(a.sha, false)
	}
	if a.spa.IsUnspecified() && a.op == arpRequest { // somebody probes too
		for _, q := range l.questions[a.tpa] {
			q.hear(a.sha, true)
		}
	}
}
