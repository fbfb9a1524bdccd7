package frame

import (
	"encoding/binary"
	"net/netip"
)

// arpSize is the length of a frame with a message of RFC 826 for Ethernet and IPv4.
const arpSize = ether + 28

// An ARP is a question or an answer of RFC 826.
type ARP struct {
	Reply                bool
	SenderMAC, TargetMAC MAC
	Sender, Target       netip.Addr
}

// ReadARP reads a frame as ARP.
func ReadARP(b []byte) (a ARP, ok bool) {
	if len(b) < arpSize || Type(b) != TypeARP || string(b[ether:ether+6]) != "\x00\x01\x08\x00\x06\x04" {
		return a, false
	}
	p := b[ether:]
	op := binary.BigEndian.Uint16(p[6:])
	return ARP{Reply: op == 2, SenderMAC: MAC(p[8:]), Sender: netip.AddrFrom4([4]byte(p[14:])), TargetMAC: MAC(p[18:]),
		Target: netip.AddrFrom4([4]byte(p[24:]))}, op == 1 || op == 2
}

// Put writes the frame of a: a question goes to everybody, an answer to its target. It returns the length.
func (a *ARP) Put(b []byte) int {
	to, op := Broadcast, uint16(1)
	if a.Reply {
		to, op = a.TargetMAC, 2
	}
	copy(b, to[:])
	copy(b[6:], a.SenderMAC[:])
	binary.BigEndian.PutUint16(b[12:], TypeARP)
	p := b[ether:]
	copy(p, "\x00\x01\x08\x00\x06\x04")
	binary.BigEndian.PutUint16(p[6:], op)
	copy(p[8:], a.SenderMAC[:])
	sender, target := a.Sender.As4(), a.Target.As4()
	copy(p[14:], sender[:])
	copy(p[18:], a.TargetMAC[:])
	copy(p[24:], target[:])
	return arpSize
}
