package pcap

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A Format is one of the two kinds of capture files.
type Format uint8

// The formats.
const (
	Pcap   Format = iota
	PcapNG        // with interfaces, comments and more
)

func (f Format) String() string {
	if f == PcapNG {
		return "pcapng"
	}
	return "pcap"
}

// Magic numbers, as a reader of the file's own byte order sees them.
const (
	magicMicro    = 0xa1b2c3d4
	magicNano     = 0xa1b23c4d
	magicModified = 0xa1b2cd34 // each record has eight bytes more (Kuznetzov's patch of libpcap)
)

// A Reader reads a capture file.
type Reader struct {
	in     *input
	format Format
	big    bool // the byte order of this section
	next   func(*Packet) error

	packets int64
	good    int64 // where the last whole record ends
	err     error

	interfaces []Interface
	first      int     // index of this section's first interface
	section    int     // number of this section
	kept       []Block // all but packets, in the file's order
	last       []byte  // the block of the last packet
	old        oldPcap
}

// NewReader reads the head of a capture file.
func NewReader(src io.Reader) (*Reader, error) {
	in, err := newInput(src)
	if err != nil {
		return nil, err
	}
	r := &Reader{in: in}
	if !in.need(4) {
		if in.err != io.EOF && !errors.Is(in.err, io.ErrUnexpectedEOF) {
			return nil, in.err
		}
		if in.held() == 0 {
			return nil, r.fail(&FormatError{Reason: "empty: neither pcap nor pcapng", Cut: true})
		}
		return nil, r.short("the file's head")
	}
	if binary.BigEndian.Uint32(in.at(4)) == blockSection {
		r.format, r.next = PcapNG, r.nextNG
		return r, r.readSection()
	}
	for _, r.big = range []bool{false, true} {
		switch magic := orderOf(r.big).Uint32(in.at(4)); magic {
		case magicMicro, magicNano, magicModified:
			r.next = r.nextPcap
			return r, r.readHead(magic)
		}
	}
	return nil, r.fail(&FormatError{Reason: fmt.Sprintf("neither pcap nor pcapng: it begins with % x", in.at(4))})
}

// Next reads the next packet into p. It fails with io.EOF at the end of a whole file, with a *FormatError where the file
// is cut short or damaged, and with the source's own error.
func (r *Reader) Next(p *Packet) error {
	if r.err != nil {
		return r.err
	}
	return r.next(p)
}

// Err is why Next gives no more packets: nil while it does.
func (r *Reader) Err() error { return r.err }

// Format is the file's.
func (r *Reader) Format() Format { return r.format }

// BigEndian says which byte order this part of the file has.
func (r *Reader) BigEndian() bool { return r.big }

// Packets is how many packets were read.
func (r *Reader) Packets() int64 { return r.packets }

// Offset is where the last whole record ends, in the uncompressed file.
func (r *Reader) Offset() int64 { return r.good }

// Interfaces are those that the file has named up to here.
func (r *Reader) Interfaces() []Interface { return r.interfaces }

// Blocks are the blocks of a pcapng file up to here that are no packets.
func (r *Reader) Blocks() []Block { return r.kept }

// Preface reads what stands before the next packet, so that interfaces and blocks are known.
func (r *Reader) Preface() error {
	for r.format == PcapNG && r.err == nil {
		typ, ok := r.peekBlock()
		if !ok || isPacket(typ) {
			break
		}
		if _, err := r.readBlock(); err != nil {
			return err
		}
	}
	return nil
}

// Ready says that Next answers without waiting for the source.
func (r *Reader) Ready() bool {
	if r.err != nil {
		return true
	}
	b := r.in.buf[r.in.r:r.in.w]
	if r.format == Pcap {
		return len(b) >= r.old.head && len(b)-r.old.head >= r.old.length(b, r.big)
	}
	for len(b) >= 8 {
		typ, n := r.u32(b), int(r.u32(b[4:]))
		if n < minBlock || typ == blockSection { // an error, or a byte order yet unknown: rare enough to wait
			return false
		}
		if len(b) < n || isPacket(typ) {
			return len(b) >= n
		}
		b = b[n:]
	}
	return false
}

func (r *Reader) u32(b []byte) uint32 {
	if r.big {
		return binary.BigEndian.Uint32(b)
	}
	return binary.LittleEndian.Uint32(b)
}

// took counts a whole record.
func (r *Reader) took(n int) {
	r.in.r += n
	r.good = r.in.offset()
}

// end is what reading says when the source has nothing more: io.EOF between records.
func (r *Reader) end(what string) error {
	if r.in.held() == 0 && r.in.err == io.EOF {
		return r.fail(io.EOF)
	}
	return r.short(what)
}

// upcoming names the next packet in messages.
func (r *Reader) upcoming() string { return fmt.Sprintf("packet %d", r.packets+1) }
