package pcap

import (
	"fmt"
	"io"
)

// Options of a Writer.
type WriterOptions struct {
	Format   Format
	LinkType int  // of a pcap file, and of the interface that a pcapng file gets when none is added
	Snap     int  // bytes kept of a packet; 0: all
	Nano     bool // a pcap file with nanoseconds; pcapng has them anyway
	Gzip     bool
	Section  Section // of a pcapng file
}

// A Writer writes a capture file. What it collects reaches the destination at Flush and Close, and whenever it is much;
// the destination gets whole records only.
type Writer struct {
	out     *output
	o       WriterOptions
	big     bool // byte order of this section
	started bool // the head is written

	interfaces []Interface
	first      int      // index of this section's first interface
	waiting    []func() // blocks that belong behind the first interface
	wrote      int64
}

// NewWriter writes to dst. When dst has a method Truncate(int64) error, it is used to take back a part of a record that
// a full disk let through; its argument counts from where this Writer began.
func NewWriter(dst io.Writer, o WriterOptions) *Writer {
	return &Writer{out: newOutput(dst, o.Gzip), o: o, big: o.Section.BigEndian}
}

// Format is the file's.
func (w *Writer) Format() Format { return w.o.Format }

// Packets is how many packets were written.
func (w *Writer) Packets() int64 { return w.wrote }

// Size is how many bytes the file has with what was written to it, before compression.
func (w *Writer) Size() int64 { return w.out.written + int64(len(w.out.buf)) }

// Interfaces are those of the file.
func (w *Writer) Interfaces() []Interface { return w.interfaces }

// Start writes the file's head, which otherwise goes before the first packet.
func (w *Writer) Start() error {
	if w.out.err != nil || w.started {
		return w.out.err
	}
	w.started = true
	if w.o.Format == PcapNG {
		return w.section(w.o.Section.options(w.big))
	}
	w.interfaces = []Interface{{LinkType: w.o.LinkType, Snap: w.o.Snap, FCS: -1}}
	return w.head()
}

// AddInterface describes one more interface and returns its index. Resolution 0 means nanoseconds.
func (w *Writer) AddInterface(i Interface) (int, error) {
	if w.o.Format != PcapNG {
		return 0, unsupported("a pcap file has one interface without a description: write pcapng")
	}
	if i.Resolution == 0 {
		i.Resolution = Nanoseconds
	}
	if i.clock = clockOf(i.Resolution, i.Offset); i.clock.perSecond == 0 {
		return 0, unsupported("times in units of %g seconds can't be written", i.Resolution.Seconds())
	}
	if err := w.Start(); err != nil {
		return 0, err
	}
	return w.describe(i)
}

// Write writes one packet. A packet with options needs pcapng.
func (w *Writer) Write(p *Packet) error {
	if err := w.Start(); err != nil {
		return err
	}
	if err := w.described(); err != nil {
		return err
	}
	if p.Interface < w.first || p.Interface >= len(w.interfaces) {
		return fmt.Errorf("packet of interface %d: the file has %d to %d", p.Interface, w.first, len(w.interfaces)-1)
	}
	data := p.Data
	if snap := w.interfaces[p.Interface].Snap; snap > 0 && snap < len(data) {
		data = data[:snap]
	}
	if most := maxCaptured(w.interfaces[p.Interface].LinkType); uint64(len(data)) > uint64(most) {
		return unsupported("a packet of %d bytes: readers take %d at most", len(data), most)
	}
	var err error
	if w.o.Format == PcapNG {
		err = w.enhanced(p, data)
	} else {
		err = w.record(p, data)
	}
	if err == nil {
		w.wrote++
		err = w.out.ended(1)
	}
	return err
}

// Waits says whether a packet of n bytes would send what was collected to the destination, which may take long.
func (w *Writer) Waits(n int) bool { return len(w.out.buf)+n+slack >= full }

// slack is more than heads and options of one packet usually need.
const slack = 1 << 10

// First is the index of the first interface that packets can be of: those of earlier sections are past.
func (w *Writer) First() int { return w.first }

// described makes sure that a pcapng file has an interface for packets.
func (w *Writer) described() error {
	if w.o.Format != PcapNG || len(w.interfaces) > w.first {
		return nil
	}
	_, err := w.AddInterface(Interface{LinkType: w.o.LinkType, Snap: w.o.Snap, FCS: -1})
	return err
}

// Flush gives the destination all that was written.
func (w *Writer) Flush() error {
	if err := w.settle(); err != nil {
		return err
	}
	return w.out.flush()
}

// settle writes the file's head and the blocks that waited for an interface.
func (w *Writer) settle() error {
	if err := w.Start(); err != nil || w.waiting == nil {
		return err
	}
	return w.described()
}

// Close flushes for the last time. It doesn't close the destination.
func (w *Writer) Close() error {
	if w.out.err == errClosed {
		return nil
	}
	if err := w.settle(); err != nil {
		return err
	}
	return w.out.close()
}

// length is how long a packet was on the wire: at least what was captured of it.
func (p *Packet) length() uint32 { return uint32(max(p.Len, len(p.Data))) }

// refused is an error of kind unsupported.
type refused string

func (e refused) Error() string { return string(e) }

// Kind is the kind of refusal that scripts see.
func (refused) Kind() string { return "unsupported" }

func unsupported(format string, args ...any) error { return refused(fmt.Sprintf(format, args...)) }
