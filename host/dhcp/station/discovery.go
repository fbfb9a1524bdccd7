package station

import (
	"encoding/binary"
	"net/netip"

	"moonwire/host/network"
)

// The messages of neighbour discovery that a station sends and hears (RFC 4861 sections 4.3, 4.4).
const (
	typeSolicitation  = 135
	typeAdvertisement = 136
	discoveryFixed    = 24
)

// The options of neighbour discovery (RFC 4861 section 4.6, RFC 3971 section 5.3.2).
const (
	optionSource = 1
	optionTarget = 2
	optionNonce  = 14
)

// The flags of an advertisement that a station sets.
const (
	flagSolicited = 0x40
	flagOverride  = 0x20
)

// A discovery is a neighbour solicitation or advertisement.
type discovery struct {
	kind     uint8
	src, dst netip.Addr
	flags    uint8 // of an advertisement
	target   netip.Addr
	mac      *MAC   // the sender's, in an option; nil: none
	nonce    []byte // 6 bytes: tells a probe that came back to its sender from another's (RFC 7527)
}

// packet is the message as a packet.
func (d discovery) packet() packet6 {
	b := make([]byte, 4, discoveryFixed+16)
	b[0] = d.kind
	b = append(b, d.flags, 0, 0, 0)
	target := d.target.As16()
	b = append(b, target[:]...)
	if d.mac != nil {
		option := byte(optionSource)
		if d.kind == typeAdvertisement {
			option = optionTarget
		}
		b = append(append(b, option, 1), d.mac[:]...)
	}
	if d.nonce != nil {
		b = append(append(b, optionNonce, 1), d.nonce...)
	}
	p := packet6{src: d.src, dst: d.dst, hops: hopsOnLink, next: nextICMPv6, payload: b}
	binary.BigEndian.PutUint16(b[2:], p.checksum())
	return p
}

// readDiscovery reads a solicitation or an advertisement and checks it as RFC 4861 sections 7.1.1 and 7.1.2 want.
func readDiscovery(p packet6, known network.Checksum) (d discovery, ok bool) {
	b := p.payload
	if p.hops != hopsOnLink || len(b) < discoveryFixed || b[1] != 0 || b[0] != typeSolicitation && b[0] != typeAdvertisement || p.wrong(known) {
		return d, false
	}
	d = discovery{kind: b[0], src: p.src, dst: p.dst, flags: b[4], target: netip.AddrFrom16([16]byte(b[8:]))}
	return d, d.readOptions(b[discoveryFixed:]) && d.valid()
}

func (d *discovery) readOptions(b []byte) bool {
	for len(b) > 0 {
		if len(b) < 8 || b[1] == 0 || 8*int(b[1]) > len(b) {
			return false
		}
		size := 8 * int(b[1])
		switch {
		case b[0] == optionSource && d.kind == typeSolicitation, b[0] == optionTarget && d.kind == typeAdvertisement:
			mac := MAC(b[2:])
			d.mac = &mac
		case b[0] == optionNonce && d.kind == typeSolicitation:
			d.nonce = b[2:size]
		}
		b = b[size:]
	}
	return true
}

func (d *discovery) valid() bool {
	switch {
	case d.target.IsMulticast():
		return false
	case d.kind == typeAdvertisement:
		return !d.dst.IsMulticast() || d.flags&flagSolicited == 0
	case d.src.IsUnspecified():
		return d.mac == nil && d.dst == solicitedNode(d.target)
	}
	return true
}

// answer is what a station that has the target says to a solicitation (RFC 4861 section 7.2.4).
func (d discovery) answer(mac MAC) discovery {
	a := discovery{kind: typeAdvertisement, src: d.target, dst: d.src, flags: flagSolicited | flagOverride, target: d.target, mac: &mac}
	if d.src.IsUnspecified() {
		a.dst, a.flags = allNodes, flagOverride
	}
	return a
}
