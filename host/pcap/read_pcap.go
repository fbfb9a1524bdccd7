package pcap

// fileHead is how long the head of a pcap file is.
const fileHead = 24

// oldPcap is what the records of a pcap file look like.
type oldPcap struct {
	head    int   // bytes of a record's head
	scale   int32 // nanoseconds in a unit of the fraction
	swapped func(captured, length uint32) bool
	max     uint32
}

// length is how much was captured of the packet whose head is b.
func (o *oldPcap) length(b []byte, big bool) int {
	order := orderOf(big)
	captured, length := order.Uint32(b[8:]), order.Uint32(b[12:])
	if o.swapped != nil && o.swapped(captured, length) {
		captured = length
	}
	return int(captured)
}

// readHead reads the head of a pcap file. Versions before 2.3 have both lengths of a record swapped, and some files of
// version 2.3, too; DG/UX calls such files 543.0.
func (r *Reader) readHead(magic uint32) error {
	if !r.in.need(fileHead) {
		return r.short("the file's head")
	}
	b, order := r.in.at(fileHead), orderOf(r.big)
	major, minor := order.Uint16(b[4:]), order.Uint16(b[6:])
	r.old = oldPcap{head: 16, scale: 1000}
	switch {
	case major == 2 && minor < 3 || major == 543 && minor == 0:
		r.old.swapped = func(uint32, uint32) bool { return true }
	case major == 2 && minor == 3:
		r.old.swapped = func(captured, length uint32) bool { return captured > length }
	case major != 2 || minor > 4:
		return r.damaged("pcap version %d.%d is none that is known", major, minor)
	}
	i := Interface{Snap: int(order.Uint32(b[16:])), Resolution: Microseconds, FCS: -1}
	switch magic {
	case magicNano:
		r.old.scale, i.Resolution = 1, Nanoseconds
	case magicModified:
		r.old.head = 24
	}
	word := order.Uint32(b[20:])
	i.LinkType = int(word & 0xffff)
	if word&fcsPresent != 0 {
		i.FCS = int(word >> 28)
	}
	i.clock = clockOf(i.Resolution, 0)
	r.old.max = maxCaptured(i.LinkType)
	r.interfaces = []Interface{i}
	r.took(fileHead)
	return nil
}

// fcsPresent says that the upper four bits of a pcap file's link type are the length of the frame check sequence.
const fcsPresent = 1 << 26

func (r *Reader) nextPcap(p *Packet) error {
	if !r.in.need(r.old.head) {
		return r.end(r.upcoming())
	}
	b := r.in.at(16)
	captured, length := r.u32(b[8:]), r.u32(b[12:])
	if r.old.swapped != nil && r.old.swapped(captured, length) {
		captured, length = length, captured
	}
	if captured > r.old.max {
		return r.damaged("%s claims to have %d bytes", r.upcoming(), captured)
	}
	whole := r.old.head + int(captured)
	if !r.in.need(whole) {
		return r.short(r.upcoming())
	}
	b = r.in.at(whole)
	sec, fraction := int64(r.u32(b)), int64(r.u32(b[4:]))*int64(r.old.scale)
	if fraction >= second {
		sec, fraction = sec+fraction/second, fraction%second
	}
	*p = Packet{Data: b[r.old.head:], Len: int(length), Sec: sec, Nsec: int32(fraction)}
	r.took(whole)
	r.packets++
	return nil
}

// maxCaptured is how long a packet can be at most (libpcap and wireshark agree): what claims more is damage.
func maxCaptured(linkType int) uint32 {
	switch linkType {
	case linkDBus, linkUSBPcap:
		return 128 << 20
	case linkEBHSCR:
		return 8 << 20
	}
	return 256 << 10
}
