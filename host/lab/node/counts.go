package node

import (
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// counts are those of the ip, icmp and udp groups (RFC 4293, RFC 4113): the stack doesn't see all that the node does.
type counts struct {
	ip      [2]ipCounts
	icmpIn  [2]types
	icmpOut [2]types

	udpIn, udpNoPorts, udpOut atomic.Uint64
}

// The two versions of IP, as counts are indexed.
const (
	v4 = iota
	v6
)

// ipCounts are those of one version.
type ipCounts struct {
	inReceives, inHdrErrors, inAddrErrors, inUnknownProtos atomic.Uint64
	reasmReqds, forwarded                                  atomic.Uint64
	outRequests, outNoRoutes, outDiscards                  atomic.Uint64
	fragOKs, fragFails, fragCreates                        atomic.Uint64
}

// of is the count that a drop belongs to, or nil.
func (c *ipCounts) of(why Drop) *atomic.Uint64 {
	switch why {
	case BadHeader, TTLExpired, BadOption:
		return &c.inHdrErrors
	case Martian, NotForwarding, LinkBroadcast, LinkLocal, SourceRouted:
		return &c.inAddrErrors
	case NoRoute:
		return &c.outNoRoutes
	case NoNeighbor, NeighborQueue:
		return &c.outDiscards
	case TooBig:
		return &c.fragFails
	}
	return nil
}

// lose counts a packet of a version that was thrown away.
func (n *Node) lose(version int, why Drop) {
	n.drop(why)
	if c := n.counts.ip[version].of(why); c != nil {
		c.Add(1)
	}
}

// cut counts a packet that became fragments.
func (c *ipCounts) cut(pieces int) {
	c.fragOKs.Add(1)
	c.fragCreates.Add(uint64(pieces))
}

// types counts ICMP messages by type.
type types [256]atomic.Uint64

func (t *types) count(body []byte) {
	if len(body) > 0 {
		t[body[0]].Add(1)
	}
}

// all are the types that were seen, and their sum.
func (t *types) all() (seen map[byte]uint64, sum uint64) {
	seen = map[byte]uint64{}
	for kind := range t {
		if c := t[kind].Load(); c > 0 {
			seen[byte(kind)] = c
			sum += c
		}
	}
	return seen, sum
}

// arrived4 counts a packet that is for this node.
func (c *counts) arrived4(packet []byte) {
	h := header.IPv4(packet)
	switch {
	case h.More() || h.FragmentOffset() != 0:
		c.ip[v4].reasmReqds.Add(1)
	case h.Protocol() == uint8(header.ICMPv4ProtocolNumber):
		c.icmpIn[v4].count(packet[h.HeaderLength():])
	}
}

// arrived6 counts a packet that is for this node.
func (c *counts) arrived6(packet []byte) {
	switch packet[6] {
	case uint8(header.IPv6FragmentHeader):
		c.ip[v6].reasmReqds.Add(1)
	case uint8(header.ICMPv6ProtocolNumber):
		c.icmpIn[v6].count(packet[header.IPv6MinimumSize:])
	}
}

// delivered counts what became of a packet that was for a socket.
func (c *counts) delivered(proto tcpip.TransportProtocolNumber, pkt *stack.PacketBuffer, what stack.TransportPacketDisposition) {
	switch {
	case what == stack.TransportPacketProtocolUnreachable && pkt.NetworkProtocolNumber == header.IPv4ProtocolNumber:
		c.ip[v4].inUnknownProtos.Add(1)
	case what == stack.TransportPacketProtocolUnreachable:
		c.ip[v6].inUnknownProtos.Add(1)
	case proto == header.UDPProtocolNumber && what == stack.TransportPacketHandled:
		c.udpIn.Add(1)
	case proto == header.UDPProtocolNumber:
		c.udpNoPorts.Add(1)
	}
}

// left counts a packet that this node sends.
func (c *counts) left(version int, proto uint8, body []byte) {
	c.ip[version].outRequests.Add(1)
	switch proto {
	case uint8(header.UDPProtocolNumber):
		c.udpOut.Add(1)
	case uint8(header.ICMPv4ProtocolNumber), uint8(header.ICMPv6ProtocolNumber):
		c.icmpOut[version].count(body)
	}
}

// ifCounts are those of ifTable (RFC 2863).
type ifCounts struct {
	inOctets, inUnicast, inMulticast, inBroadcast     atomic.Uint64
	inDiscards, inErrors, inUnknown                   atomic.Uint64
	outOctets, outUnicast, outMulticast, outBroadcast atomic.Uint64
	outDiscards                                       atomic.Uint64
}

// received counts a frame.
func (c *ifCounts) received(frame []byte, to network.Direction) {
	c.inOctets.Add(uint64(len(frame)))
	switch to {
	case network.ToBroadcast:
		c.inBroadcast.Add(1)
	case network.ToMulticast:
		c.inMulticast.Add(1)
	default:
		c.inUnicast.Add(1)
	}
}

// sent counts a frame.
func (c *ifCounts) sent(frame []byte) {
	c.outOctets.Add(uint64(len(frame)))
	switch {
	case frame[0]&1 == 0:
		c.outUnicast.Add(1)
	case [6]byte(frame) == [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}:
		c.outBroadcast.Add(1)
	default:
		c.outMulticast.Add(1)
	}
}
