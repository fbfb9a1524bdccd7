package node

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"slices"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// Messages about groups (RFC 3376, RFC 2236, RFC 3810, RFC 2710).
const (
	igmpReport2, igmpLeave2, igmpReport3 = 0x16, 0x17, 0x22
	mldReport1, mldDone1, mldReport2     = 131, 132, 143
)

// recordsAt is where the records of a report of the newest kind begin: behind their number.
const recordsAt = 8

// reported is a membership message without what it says of groups that every node joins by itself, and with its groups in
// order; nil when it says nothing else. Hosts report those for switches that snoop, which ours don't; the stack reports
// groups in no order. The packet is changed; one that is no such message is returned as it is.
func reported(packet []byte) []byte {
	at, size := header.IPv6MinimumSize, 16
	if packet[0]>>4 == 4 {
		at, size = int(header.IPv4(packet).HeaderLength()), 4
	} else if packet[6] == 0 && len(packet) >= at+8 { // the router alert option
		at += 8 + 8*int(packet[at+1])
	}
	if len(packet) < at+recordsAt {
		return packet
	}
	switch kind := packet[at]; {
	case size == 4 && (kind == igmpReport2 || kind == igmpLeave2), size == 16 && (kind == mldReport1 || kind == mldDone1):
		group := at + 4 // behind the checksum; MLD has a delay before it
		if size == 16 {
			group = at + 8
		}
		if len(packet) < group+size || !joinedAnyway(packet[group:group+size]) {
			return packet
		}
		return nil
	case size == 4 && kind == igmpReport3, size == 16 && kind == mldReport2:
		return rewritten(packet, at, size)
	}
	return packet
}

// joinedAnyway says whether a group is one of all routers or of a solicited node.
func joinedAnyway(group []byte) bool {
	a, _ := netip.AddrFromSlice(group)
	if a.Is4() {
		return a == netip.AddrFrom4([4]byte{224, 0, 0, 2})
	}
	solicited := []byte{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff}
	allRouters := bytes.Equal(group[2:], []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2})
	return allRouters || bytes.HasPrefix(group, solicited)
}

// rewritten is a report with the records that count, in order.
func rewritten(packet []byte, at, size int) []byte {
	var records [][]byte
	rest := packet[at+recordsAt:]
	for len(rest) >= 4+size {
		n := 4 + size + size*int(binary.BigEndian.Uint16(rest[2:])) + 4*int(rest[1])
		if n > len(rest) {
			return packet
		}
		if !joinedAnyway(rest[4 : 4+size]) {
			records = append(records, rest[:n])
		}
		rest = rest[n:]
	}
	if len(records) == 0 {
		return nil
	}
	slices.SortFunc(records, func(a, b []byte) int { return bytes.Compare(a[4:], b[4:]) })
	out := slices.Concat(packet[:at+recordsAt], slices.Concat(records...))
	body := out[at:]
	binary.BigEndian.PutUint16(body[6:], uint16(len(records)))
	binary.BigEndian.PutUint16(body[2:], 0)
	sum := uint16(0)
	if size == 4 {
		h := header.IPv4(out)
		h.SetTotalLength(uint16(len(out)))
		h.SetChecksum(0)
		h.SetChecksum(^h.CalculateChecksum())
	} else {
		h := header.IPv6(out)
		h.SetPayloadLength(uint16(len(out) - header.IPv6MinimumSize))
		sum = header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, h.SourceAddress(), h.DestinationAddress(), uint16(len(body)))
	}
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, sum))
	return out
}
