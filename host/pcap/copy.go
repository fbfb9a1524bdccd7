package pcap

import (
	"io"
	"slices"
)

// Copy writes what r still has to w: the packets that keep says yes to (nil: all), with their interfaces. From pcapng to
// pcapng all else goes along as it stands, and in its place: comments, names, secrets, statistics, blocks that nobody
// knows. (Custom blocks that ask not to be copied don't.) It returns how many packets went over.
func Copy(w *Writer, r *Reader, keep func(*Packet) (bool, error)) (packets int64, err error) {
	c := &copier{r: r, w: w, verbatim: r.format == PcapNG && w.o.Format == PcapNG, to: map[int]int{}}
	var p Packet
	for {
		err := r.Next(&p)
		if c.verbatim {
			if err := c.blocks(); err != nil {
				return packets, err
			}
		}
		switch {
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
		if err := c.packet(&p); err != nil {
			return packets, err
		}
		packets++
	}
}

// A copier is one Copy under way.
type copier struct {
	r        *Reader
	w        *Writer
	verbatim bool
	done     int         // blocks of r that were copied
	begun    bool        // the first section was
	local    []int       // the writer's index of each of the section's interfaces, when verbatim
	to       map[int]int // the writer's index of the reader's interfaces, when not
}

// blocks copies the blocks that came since the last call, at first those of this section.
func (c *copier) blocks() error {
	if !c.begun {
		c.done = c.r.lastSection()
	}
	for ; c.done < len(c.r.kept); c.done++ {
		if err := c.block(c.r.kept[c.done]); err != nil {
			return err
		}
	}
	return nil
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

func (c *copier) block(b Block) error {
	w := c.w
	switch b.Type {
	case blockSection:
		return c.section(b)
	case blockInterface:
		c.local = append(c.local, len(w.interfaces))
		w.interfaces = append(w.interfaces, interfaceOf(b.Body(), b.Big))
	case blockStatistics:
		order := orderOf(b.Big)
		b.Raw = slices.Clone(b.Raw)
		order.PutUint32(b.Raw[8:], uint32(c.local[order.Uint32(b.Raw[8:])]-w.first))
	case blockCustomOnce:
		return nil
	}
	w.out.buf = append(w.out.buf, b.Raw...)
	return w.out.ended(0)
}

// section begins a section like the reader's. The first one's blocks go into the section that the writer is in, if the
// byte order fits.
func (c *copier) section(b Block) error {
	w, fits := c.w, !c.begun && c.w.started && c.w.big == b.Big
	c.begun, c.local = true, nil
	if fits {
		return nil
	}
	w.big, w.started = b.Big, true
	return w.section(b.Options())
}

// packet copies the reader's last packet.
func (c *copier) packet(p *Packet) error {
	if !c.verbatim {
		return c.rewrite(p)
	}
	w, raw := c.w, c.r.last
	index := c.local[p.Interface-c.r.first]
	order, to := orderOf(w.big), index-w.first
	switch order.Uint32(raw) {
	case blockSimple:
		if to != 0 {
			q := *p
			q.Interface = index
			return w.Write(&q)
		}
		w.out.buf = append(w.out.buf, raw...)
	case blockPacketOld:
		start := len(w.out.buf)
		w.out.buf = append(w.out.buf, raw...)
		order.PutUint16(w.out.buf[start+8:], uint16(to))
	default:
		start := len(w.out.buf)
		w.out.buf = append(w.out.buf, raw...)
		order.PutUint32(w.out.buf[start+8:], uint32(to))
	}
	w.wrote++
	return w.out.ended(1)
}

// rewrite copies a packet between formats.
func (c *copier) rewrite(p *Packet) error {
	to, known := c.to[p.Interface]
	if !known {
		i := c.r.interfaces[p.Interface]
		var err error
		if c.w.o.Format == PcapNG {
			to, err = c.w.AddInterface(i)
		} else {
			to, err = 0, c.w.accept(i)
		}
		if err != nil {
			return err
		}
		c.to[p.Interface] = to
	}
	q := *p
	q.Interface = to
	return c.w.Write(&q)
}

// accept says whether a pcap file can hold packets of an interface. The first one settles the file's link type, unless
// its head is written.
func (w *Writer) accept(i Interface) error {
	if !w.started {
		w.o.LinkType = i.LinkType
		w.o.Nano = w.o.Nano || i.Resolution != Microseconds
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
