package pcap

import (
	"bytes"
	"fmt"
	"time"
)

// open begins a block in the output and returns where.
func (w *Writer) open(typ uint32) (start int) {
	start = len(w.out.buf)
	w.out.buf = orderOf(w.big).AppendUint32(w.out.buf, typ)
	w.out.buf = append(w.out.buf, zeros[:]...)
	return start
}

// shut ends the block that began at start, with options.
func (w *Writer) shut(start int, o Options) {
	order := orderOf(w.big)
	if o = o.ended(); !o.Empty() {
		w.out.buf = append(w.out.buf, o.raw...)
		w.out.buf = append(w.out.buf, zeros[:]...) // opt_endofopt
	}
	n := uint32(len(w.out.buf) - start + 4)
	w.out.buf = order.AppendUint32(w.out.buf, n)
	order.PutUint32(w.out.buf[start+4:], n)
}

func (w *Writer) put32(n uint32) { w.out.buf = orderOf(w.big).AppendUint32(w.out.buf, n) }
func (w *Writer) put16(n uint16) { w.out.buf = orderOf(w.big).AppendUint16(w.out.buf, n) }

// section writes a section header of unknown length.
func (w *Writer) section(o Options) error {
	start := w.open(blockSection)
	w.put32(byteOrderMagic)
	w.put16(1)
	w.put16(0)
	w.put32(0xffffffff)
	w.put32(0xffffffff)
	w.shut(start, o)
	w.first = len(w.interfaces)
	return w.out.ended(0)
}

// describe writes an interface description.
func (w *Writer) describe(i Interface) (int, error) {
	start := w.open(blockInterface)
	w.put16(uint16(i.LinkType))
	w.put16(0)
	w.put32(uint32(i.Snap))
	w.shut(start, i.options(w.big))
	w.interfaces = append(w.interfaces, i)
	if err := w.out.ended(0); err != nil {
		return 0, err
	}
	return len(w.interfaces) - 1, w.release()
}

// enhanced puts one packet into the output. One without a time becomes a simple packet block, where the section has one
// interface and the block can say how much was captured.
func (w *Writer) enhanced(p *Packet, data []byte) error {
	i := &w.interfaces[p.Interface]
	if p.Timeless && len(w.interfaces) == w.first+1 && p.Options.Empty() && w.fits(i.Snap, p, data) {
		start := w.open(blockSimple)
		w.put32(p.length())
		w.put(data)
		w.shut(start, Options{})
		return nil
	}
	ticks, ok := i.clock.ticks(p.Sec, p.Nsec)
	if !ok && !p.Timeless {
		return unsupported("a time of %d seconds since 1970 can't be written in units of %g seconds", p.Sec, i.Resolution.Seconds())
	}
	start := w.open(blockPacket)
	w.put32(uint32(p.Interface - w.first))
	w.put32(uint32(ticks >> 32))
	w.put32(uint32(ticks))
	w.put32(uint32(len(data)))
	w.put32(p.length())
	w.put(data)
	w.shut(start, p.Options.ofPacket(w.big))
	return nil
}

// fits says that a simple packet block's reader finds the length of data: the least of the snap length and the packet's.
func (w *Writer) fits(snap int, p *Packet, data []byte) bool {
	n := int(p.length())
	return len(data) == n || snap > 0 && len(data) == min(n, snap)
}

// put appends data up to a border of four bytes.
func (w *Writer) put(data []byte) {
	w.out.buf = append(w.out.buf, data...)
	w.out.buf = append(w.out.buf, zeros[:padded(len(data))-len(data)]...)
}

// ready starts a pcapng file for a block that a pcap file can't have.
func (w *Writer) ready(what string) error {
	if w.o.Format != PcapNG {
		return unsupported("a pcap file holds no %s: write pcapng", what)
	}
	return w.Start()
}

// AddNames writes what addresses are called.
func (w *Writer) AddNames(list []Name) error {
	if err := w.ready("names"); err != nil {
		return err
	}
	return w.behindInterface(func() {
		start := w.open(blockNames)
		w.out.buf = append(w.out.buf, nameRecords(list, w.big).raw...)
		w.shut(start, Options{})
	})
}

// AddSecrets writes the keys that packets are encrypted with. They should stand before those packets.
func (w *Writer) AddSecrets(s Secrets) error {
	if err := w.ready("secrets"); err != nil {
		return err
	}
	data := bytes.Clone(s.Data)
	return w.behindInterface(func() {
		start := w.open(blockSecrets)
		w.put32(uint32(s.Type))
		w.put32(uint32(len(data)))
		w.put(data)
		w.shut(start, Options{})
	})
}

// behindInterface writes a block behind the section's first interface, for which it waits: wireshark learns a file's
// link type from the interfaces that follow the section header.
func (w *Writer) behindInterface(block func()) error {
	if len(w.interfaces) == w.first {
		w.waiting = append(w.waiting, block)
		return nil
	}
	block()
	return w.out.ended(0)
}

// release writes the blocks that waited.
func (w *Writer) release() error {
	list := w.waiting
	w.waiting = nil
	for _, block := range list {
		block()
		if err := w.out.ended(0); err != nil {
			return err
		}
	}
	return nil
}

// AddStatistics writes what a capture counted on an interface.
func (w *Writer) AddStatistics(iface int, s *Statistics) error {
	if err := w.ready("statistics"); err != nil {
		return err
	}
	if iface < w.first || iface >= len(w.interfaces) {
		return fmt.Errorf("statistics of interface %d: the file has %d to %d", iface, w.first, len(w.interfaces)-1)
	}
	c, when := w.interfaces[iface].clock, s.Time
	if when.IsZero() {
		when = time.Unix(0, 0)
	}
	ticks, _ := c.ticks(when.Unix(), int32(when.Nanosecond()))
	start := w.open(blockStatistics)
	w.put32(uint32(iface - w.first))
	w.put32(uint32(ticks >> 32))
	w.put32(uint32(ticks))
	w.shut(start, s.options(w.big, c))
	return w.out.ended(0)
}
