package pcap

import "time"

// A Packet is one packet of a capture file. From a Reader, Data and Options are the Reader's memory: they hold until
// its next packet.
type Packet struct {
	Data      []byte // what was captured of it
	Len       int    // bytes it had on the wire
	Sec       int64  // since 1970
	Nsec      int32  // 0 to 999999999
	Timeless  bool   // it has no time: a simple packet block
	Interface int    // index in the file's list of interfaces
	Options   Options
}

// Time is when the packet was captured.
func (p *Packet) Time() time.Time { return time.Unix(p.Sec, int64(p.Nsec)) }

// SetTime says when the packet was captured.
func (p *Packet) SetTime(t time.Time) {
	p.Sec, p.Nsec, p.Timeless = t.Unix(), int32(t.Nanosecond()), false
}

// A Direction is where a packet was going.
type Direction uint8

// The directions of epb_flags.
const (
	DirectionUnknown Direction = iota
	Inbound
	Outbound
)

// A Reception is whom a packet was addressed to.
type Reception uint8

// The kinds of reception of epb_flags.
const (
	ReceptionUnknown Reception = iota
	Unicast
	Multicast
	Broadcast
	Promiscuous
)

// Flags are the word epb_flags.
type Flags uint32

// FlagsOf packs a direction and a reception.
func FlagsOf(d Direction, r Reception) Flags { return Flags(d) | Flags(r)<<2 }

// Direction is bits 0 and 1.
func (f Flags) Direction() Direction { return Direction(f & 3) }

// Reception is bits 2 to 4.
func (f Flags) Reception() Reception { return Reception(f >> 2 & 7) }

// FCS is how many bytes of frame check sequence stand at the packet's end: bits 5 to 8.
func (f Flags) FCS() int { return int(f >> 5 & 15) }

// Errors are the link layer's errors: bits 16 to 31.
func (f Flags) Errors() uint16 { return uint16(f >> 16) }

// Comments are the packet's comments.
func (p *Packet) Comments() []string { return p.Options.texts(optComment) }

// Flags are the packet's direction and more; 0 when the file doesn't say.
func (p *Packet) Flags() Flags { return Flags(p.Options.uint32(epbFlags)) }

// Drops is how many packets were lost between the one before and this one; false when the file doesn't say.
func (p *Packet) Drops() (n uint64, ok bool) {
	return p.Options.uint64(epbDrops), p.Options.Get(epbDrops) != nil
}
