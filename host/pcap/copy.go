package pcap

import (
	"io"
	"slices"
)

// Copy writes what r still has to w: the packets that keep says yes to (nil: all), with their interfaces. From pcapng to
// pcapng all else goes along as it stands, and in its place: comments, names, secrets, statistics, blocks that nobody
// knows. (Custom blocks that ask not to be copied don't.) It returns how many packets went over.
func Copy(w *Writer, r *Reader, keep func(*Packet) (bool, error)) (packets int64, err error) {
	return NewCopier(w, r).Rest(keep)
}

// A Copier copies one reader's packets to a writer.
type Copier struct {
	r        *Reader
	w        *Writer
	verbatim bool
	to       map[int]int // the writer's index of the reader's interfaces

	// When verbatim:
	begun bool // the first section was
	done  int  // blocks of r that were copied
	seen  int  // the reader's interfaces up to there
	first int  // of them those of earlier sections
}

// NewCopier copies from r to w.
func NewCopier(w *Writer, r *Reader) *Copier {
	return &Copier{r: r, w: w, verbatim: r.format == PcapNG && w.o.Format == PcapNG, to: map[int]int{}}
}

// Start copies what the reader has said before its next packet, and begins the writer's file.
func (c *Copier) Start() error {
	if c.verbatim {
		return c.blocks()
	}
	if list := c.r.interfaces; len(list) > 0 && !c.w.started {
		to, err := c.w.Adopt(list[0])
		c.to[0] = to
		return err
	}
	return c.w.Start()
}

// Rest is Copy.
func (c *Copier) Rest(keep func(*Packet) (bool, error)) (packets int64, err error) {
	var p Packet
	for {
		switch err := c.Next(&p); {
		case err == io.EOF:
			return packets, nil
		case err != nil:
			return packets, err
		}
		if keep != nil {
			switch ok, err := keep(&p); {
			case err != nil:
				return packets, err
			case !ok:
				continue
			}
		}
		if err := c.Take(&p); err != nil {
			return packets, err
		}
		packets++
	}
}

// Next reads the next packet, as the reader does, and copies the blocks before it.
func (c *Copier) Next(p *Packet) error {
	err := c.r.Next(p)
	if c.verbatim {
		if err := c.blocks(); err != nil {
			return err
		}
	}
	return err
}

// blocks copies the blocks that came since the last call, at first those of this section.
func (c *Copier) blocks() error {
	if !c.begun {
		c.skip(c.r.lastSection())
	}
	for ; c.done < len(c.r.kept); c.done++ {
		if err := c.block(c.r.kept[c.done]); err != nil {
			return err
		}
	}
	return nil
}

// skip passes over blocks.
func (c *Copier) skip(to int) {
	for ; c.done < to; c.done++ {
		if c.r.kept[c.done].Type == blockInterface {
			c.seen++
		}
	}
}

// lastSection is where this section begins among the blocks.
func (r *Reader) lastSection() int {
	for n := len(r.kept) - 1; n > 0; n-- {
		if r.kept[n].Type == blockSection {
			return n
		}
	}
	return 0
}

func (c *Copier) block(b Block) error {
	w := c.w
	switch b.Type {
	case blockSection:
		return c.section(b)
	case blockInterface:
		c.to[c.seen] = len(w.interfaces)
		c.seen++
		w.interfaces = append(w.interfaces, interfaceOf(b.Body(), b.Big))
	case blockStatistics:
		order := orderOf(b.Big)
		b.Raw = slices.Clone(b.Raw)
		order.PutUint32(b.Raw[8:], uint32(c.to[c.first+int(order.Uint32(b.Raw[8:]))]-w.first))
	case blockCustomOnce:
		return nil
	}
	w.out.buf = append(w.out.buf, b.Raw...)
	if err := w.out.ended(0); err != nil || b.Type != blockInterface {
		return err
	}
	return w.release()
}

// section begins a section like the reader's. The first one's blocks go into the section that the writer is in, if the
// byte order fits.
func (c *Copier) section(b Block) error {
	w, fits := c.w, !c.begun && c.w.started && c.w.big == b.Big
	c.begun, c.first = true, c.seen
	if fits {
		return nil
	}
	w.big, w.started = b.Big, true
	return w.section(b.Options())
}

// Take copies the packet that Next has just read.
func (c *Copier) Take(p *Packet) error {
	if !c.verbatim {
		return c.Write(p)
	}
	w, raw := c.w, c.r.last
	order, to := orderOf(w.big), c.to[p.Interface]-w.first
	typ, start := order.Uint32(raw), len(w.out.buf)
	if typ == blockSimple && to != 0 {
		return c.Write(p)
	}
	w.out.buf = append(w.out.buf, raw...)
	switch typ {
	case blockPacket:
		order.PutUint32(w.out.buf[start+8:], uint32(to))
	case blockPacketOld:
		order.PutUint16(w.out.buf[start+8:], uint16(to))
	}
	w.wrote++
	return w.out.ended(1)
}

// Write copies a packet that the reader gave earlier.
func (c *Copier) Write(p *Packet) error {
	if c.verbatim {
		if err := c.blocks(); err != nil {
			return err
		}
	}
	to, known := c.to[p.Interface]
	if !known || to < c.w.first {
		var err error
		if to, err = c.w.Adopt(c.r.interfaces[p.Interface]); err != nil {
			return err
		}
		c.to[p.Interface] = to
	}
	q := *p
	q.Interface = to
	return c.w.Write(&q)
}

// Adopt makes room for packets of another file's interface and returns its index. In pcapng it is one more; a pcap file
// takes over the link type, unless it has another one already.
func (w *Writer) Adopt(i Interface) (int, error) {
	if w.o.Format == PcapNG {
		return w.AddInterface(i)
	}
	return 0, w.accept(i)
}

// accept says whether a pcap file can hold packets of an interface. The first one settles the file's link type, unless
// its head is written.
func (w *Writer) accept(i Interface) error {
	if !w.started {
		w.o.LinkType = i.LinkType
		w.o.Nano = w.o.Nano || i.Resolution > Microseconds
		if w.o.Snap == 0 {
			w.o.Snap = i.Snap
		}
		return w.Start()
	}
	if i.LinkType != w.o.LinkType {
		return unsupported("a pcap file of link type %s can't hold packets of %s: write pcapng", LinkTypeName(w.o.LinkType), LinkTypeName(i.LinkType))
	}
	return nil
}

// Count counts the packets that r still has and match says yes to (nil: all).
func Count(r *Reader, match func(*Packet) (bool, error)) (n int64, err error) {
	var p Packet
	for {
		switch err := r.Next(&p); {
		case err == io.EOF:
			return n, nil
		case err != nil:
			return n, err
		}
		if match != nil {
			switch ok, err := match(&p); {
			case err != nil:
				return n, err
			case !ok:
				continue
			}
		}
		n++
	}
}
