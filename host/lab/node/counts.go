package node

import (
	"sync/atomic"

	"moonwire/host/network"
)

// counts are what the stack doesn't count, since it doesn't do it.
type counts struct {
	forwarded, forwarded6              atomic.Uint64
	fragOKs, fragFails, fragCreates    atomic.Uint64
	fragOKs6, fragFails6, fragCreates6 atomic.Uint64
	icmpOut, icmp6Out                  types
}

// types counts ICMP messages by type; those of errors are small.
type types [16]atomic.Uint64

func (t *types) count(kind byte) { t[kind%16].Add(1) }

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
