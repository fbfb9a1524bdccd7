package bridge

import (
	"encoding/binary"
	"slices"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// segments is a frame that is to become many: all of them have its headers.
type segments struct {
	frame     []byte
	network   int // where the IP header is
	transport int // where the TCP or UDP header is
	payload   int // where the data begins
	protocol  tcpip.TransportProtocolNumber
}

// segment cuts a frame as the card would have done.
func (o offload) segment(frame []byte) ([][]byte, error) {
	s, err := o.headers(frame)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	data := frame[s.payload:]
	for at := 0; at < len(data); at += o.size {
		end := min(at+o.size, len(data))
		f := slices.Concat(frame[:s.payload], data[at:end])
		pseudo := s.lengthen(f, at/o.size)
		if s.protocol == header.TCPProtocolNumber {
			s.finishTCP(header.TCP(f[s.transport:]), pseudo, at, end == len(data))
		} else {
			s.finishUDP(header.UDP(f[s.transport:]), pseudo)
		}
		out = append(out, f)
	}
	return out, nil
}

// headers finds the headers of a frame of segments.
func (o offload) headers(frame []byte) (s segments, err error) {
	s = segments{frame: frame, network: ipOffset(frame), transport: o.start}
	least := header.TCPMinimumSize
	switch o.kind {
	case segmentsTCP4, segmentsTCP6:
		s.protocol = header.TCPProtocolNumber
	case segmentsUDP:
		s.protocol, least = header.UDPProtocolNumber, header.UDPMinimumSize
	default:
		return s, errSegments
	}
	if o.size == 0 || s.network+header.IPv4MinimumSize > s.transport || s.transport+least >= len(frame) {
		return s, errMalformed
	}
	s.payload = s.transport + header.UDPMinimumSize
	if s.protocol == header.TCPProtocolNumber {
		s.payload = s.transport + int(header.TCP(frame[s.transport:]).DataOffset())
	}
	ip := frame[s.network:s.transport]
	fits := header.IPVersion(ip) == header.IPv4Version && int(header.IPv4(ip).HeaderLength()) == len(ip) ||
		header.IPVersion(ip) == header.IPv6Version && len(ip) >= header.IPv6MinimumSize
	if !fits || s.payload < s.transport+least || s.payload >= len(frame) {
		return s, errMalformed
	}
	return s, nil
}

// ipOffset is where the network's header begins, behind VLAN tags.
func ipOffset(frame []byte) int {
	at := 12
	for at+4 <= len(frame) {
		switch binary.BigEndian.Uint16(frame[at:]) {
		case 0x8100, 0x88a8:
			at += 4
			continue
		}
		break
	}
	return at + 2
}

// lengthen writes segment number n's IP header, and returns its pseudo header's sum.
func (s segments) lengthen(f []byte, n int) uint16 {
	length := uint16(len(f) - s.transport)
	if header.IPVersion(f[s.network:]) == header.IPv4Version {
		ip := header.IPv4(f[s.network:])
		ip.SetTotalLength(uint16(len(f) - s.network))
		ip.SetID(ip.ID() + uint16(n))
		ip.SetChecksum(0)
		ip.SetChecksum(^ip.CalculateChecksum())
		return header.PseudoHeaderChecksum(s.protocol, ip.SourceAddress(), ip.DestinationAddress(), length)
	}
	ip := header.IPv6(f[s.network:])
	ip.SetPayloadLength(uint16(len(f) - s.network - header.IPv6MinimumSize))
	return header.PseudoHeaderChecksum(s.protocol, ip.SourceAddress(), ip.DestinationAddress(), length)
}

const flagCWR = 0x80 // RFC 3168 section 6.1

// finishTCP writes the rest of the header of the segment that begins at a byte of the data.
func (s segments) finishTCP(t header.TCP, pseudo uint16, at int, last bool) {
	t.SetSequenceNumber(t.SequenceNumber() + uint32(at))
	flags := t.Flags()
	if !last {
		flags &^= header.TCPFlagFin | header.TCPFlagPsh
	}
	if at > 0 {
		flags &^= flagCWR
	}
	t.SetFlags(uint8(flags))
	t.SetChecksum(0)
	t.SetChecksum(^checksum.Checksum(t, pseudo))
}

// finishUDP is finishTCP for a datagram.
func (s segments) finishUDP(u header.UDP, pseudo uint16) {
	u.SetLength(uint16(len(u)))
	u.SetChecksum(0)
	sum := ^checksum.Checksum(u, pseudo)
	if sum == 0 {
		sum = 0xffff
	}
	u.SetChecksum(sum)
}
