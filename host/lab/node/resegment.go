package node

import (
	"bytes"
	"encoding/binary"
	"sync"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// The stack's TCP sends one lost segment again when a router says that it was too big; of a flight of ten, each of the
// others waits for a time-out of its own. So the node keeps the last long segments, and sends those that a router names
// again at once, in shorter ones, as RFC 1191 section 6.4 asks for.

// flight is how many segments are kept.
const flight = 64

// longSegment is the shortest frame that is worth keeping.
const longSegment = 600

// sent are the last long segments that an interface sent.
type sent struct {
	mu   sync.Mutex
	list [][]byte
	next int
}

// keep notes a frame of TCP's.
func (s *sent) keep(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) < flight {
		s.list = append(s.list, frame)
		return
	}
	s.list[s.next] = frame
	s.next = (s.next + 1) % flight
}

// take finds the segment that a router quotes, and forgets it.
func (s *sent) take(addresses, ports []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.list {
		if f == nil {
			continue
		}
		at, n := addressesOf(f[link:])
		if bytes.Equal(f[link+at:link+n], addresses) && bytes.Equal(f[link+n:link+n+len(ports)], ports) {
			s.list[i] = nil
			return f
		}
	}
	return nil
}

// addressesOf says where the addresses of a packet without options begin, and where its header ends, which is where they
// end.
func addressesOf(packet []byte) (at, end int) {
	if packet[0]>>4 == 4 {
		return 12, header.IPv4MinimumSize
	}
	return 8, header.IPv6MinimumSize
}

// resend sends a segment again that a router found too big for mtu: quote is what came back of the packet.
func (n *Node) resend(d *device, quote []byte, mtu int) {
	const portsAndSequence = 8
	at, end := addressesOf(quote)
	proto := quote[6]
	if at == 12 {
		proto = quote[9]
	}
	if proto != uint8(header.TCPProtocolNumber) || len(quote) < end+portsAndSequence {
		return
	}
	if frame := d.sent.take(quote[at:end], quote[end:end+portsAndSequence]); frame != nil {
		for _, f := range segments(frame, mtu) {
			d.send(f)
		}
	}
}

// segments cuts a frame with a TCP segment into frames with shorter ones.
func segments(frame []byte, mtu int) [][]byte {
	at, end := addressesOf(frame[link:])
	head := link + end + int(header.TCP(frame[link+end:]).DataOffset())
	most := mtu - (head - link)
	if most <= 0 || len(frame)-head <= most {
		return nil
	}
	var out [][]byte
	for offset := head; offset < len(frame); offset += most {
		data := frame[offset:min(offset+most, len(frame))]
		f := append(append(make([]byte, 0, head+len(data)), frame[:head]...), data...)
		ip, segment := f[link:], header.TCP(f[link+end:])
		segment.SetSequenceNumber(segment.SequenceNumber() + uint32(offset-head))
		if offset+len(data) < len(frame) {
			segment.SetFlags(uint8(segment.Flags() &^ (header.TCPFlagFin | header.TCPFlagPsh)))
		}
		if at == 12 {
			h := header.IPv4(ip)
			h.SetTotalLength(uint16(len(ip)))
			h.SetChecksum(0)
			h.SetChecksum(^h.CalculateChecksum())
		} else {
			header.IPv6(ip).SetPayloadLength(uint16(len(segment)))
		}
		src, dst := tcpip.AddrFromSlice(ip[at:(at+end)/2]), tcpip.AddrFromSlice(ip[(at+end)/2:end])
		sum := header.PseudoHeaderChecksum(header.TCPProtocolNumber, src, dst, uint16(len(segment)))
		segment.SetChecksum(0)
		binary.BigEndian.PutUint16(segment[header.TCPChecksumOffset:], ^checksum.Checksum(segment, sum))
		out = append(out, f)
	}
	return out
}
