package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"moonwire/host/filter"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// A captureFile is a capture file that is read.
type captureFile struct {
	*pcap.Reader
	io.Closer
	name string
}

// openRead opens the file of -r.
func (c *capture) openRead(stdin io.Reader) (*captureFile, error) {
	f := &captureFile{name: c.read, Closer: io.NopCloser(nil)}
	src := stdin
	if c.read == standardStream {
		f.name = "standard input"
	} else {
		file, err := os.Open(c.read)
		if err != nil {
			return nil, err
		}
		f.Closer, src = file, file
	}
	var err error
	if f.Reader, err = pcap.NewReader(src); err == nil {
		err = f.Preface()
	}
	if err != nil && err != io.EOF {
		f.Close()
		return nil, f.named(err)
	}
	return f, nil
}

// named puts the file's name before an error.
func (f *captureFile) named(err error) error { return fmt.Errorf("%s: %w", f.name, err) }

// selector makes the expression a choice of packets; nil when there is none.
func (c *capture) selector(f *captureFile) (*pcap.Selector, error) {
	if c.expression == "" {
		return nil, nil
	}
	s := pcap.NewSelector(func(linkType int) (func([]byte, int) bool, error) {
		p, err := c.compile(linkType, filter.Options{BigEndian: f.BigEndian()})
		return p.Match, err
	})
	for _, i := range f.Interfaces() {
		if err := s.Prepare(i.LinkType); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// fromFile is capture -r.
func (c *capture) fromFile(s Streams) error {
	f, err := c.openRead(s.In)
	if err != nil {
		return err
	}
	defer f.Close()
	chosen, err := c.selector(f)
	if err != nil {
		return err
	}
	ctx, cancel := withSignals(s)
	defer cancel(nil)
	fmt.Fprintf(s.Err, "reading from file %s, %s%s\n", f.name, f.Format(), describeLinks(f.Interfaces()))
	out := newOutput(s.Out, cancel)
	r := &replay{c: c, f: f, chosen: chosen, out: bufio.NewWriterSize(out, 64<<10)}
	n, err := r.run(ctx, out)
	if flushed := r.out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case stopped(ctx) != nil:
		return stopped(ctx)
	case out.err(err) != nil:
		return out.err(err)
	case n == 0 && c.expression != "":
		return exit(exitNothing)
	}
	return nil
}

// stopped is the exit code of a capture that was ended from outside; nil when it wasn't.
func stopped(ctx context.Context) error {
	if e, ok := context.Cause(ctx).(*ending); ok {
		return exit(e.code)
	}
	return nil
}

// describeLinks says the link types of a file.
func describeLinks(list []pcap.Interface) string {
	text, seen := "", map[int]bool{}
	for _, i := range list {
		if !seen[i.LinkType] {
			text += fmt.Sprintf(", link-type %s (%s)", pcap.LinkTypeName(i.LinkType), pcap.LinkTypeTitle(i.LinkType))
		}
		seen[i.LinkType] = true
	}
	return text
}

// A replay is one reading of a file.
type replay struct {
	c      *capture
	f      *captureFile
	chosen *pcap.Selector
	out    *bufio.Writer

	lines  *lines
	saver  *saver
	copier *pcap.Copier
}

// run reads the packets, and prints, counts or writes those that are chosen.
func (r *replay) run(ctx context.Context, stdout io.Writer) (n int64, err error) {
	if err := r.start(stdout); err != nil {
		return 0, err
	}
	n, err = r.packets(ctx)
	if err == io.EOF {
		err = nil
	} else if err != nil && r.f.Err() == err {
		err = r.f.named(err)
	}
	if r.c.countOnly && ctx.Err() == nil {
		fmt.Fprintf(r.out, "%d packet%s\n", n, plural(n))
	}
	if r.saver != nil {
		if closed := r.saver.close(); err == nil {
			err = closed
		}
	}
	return n, err
}

// start prepares for what becomes of the packets.
func (r *replay) start(stdout io.Writer) error {
	if r.c.write == "" || r.c.print {
		r.lines = newLines(r.c.style, r.c.nano, r.out)
	}
	if r.c.write == "" {
		return nil
	}
	r.saver = &saver{c: r.c, stdout: stdout, begin: func(w *pcap.Writer) error {
		r.copier = pcap.NewCopier(w, r.f.Reader)
		return r.copier.Start()
	}}
	return r.saver.open(network.Kernel().Clock().Now())
}

// packets goes through the file to its end.
func (r *replay) packets(ctx context.Context) (n int64, err error) {
	var p pcap.Packet
	for all := 0; r.c.count == 0 || n < r.c.count; all++ {
		if all%1024 == 0 && ctx.Err() != nil {
			return n, nil
		}
		if !r.f.Ready() { // the wait may be long
			if err := r.flush(); err != nil {
				return n, err
			}
		}
		if err := r.next(&p); err != nil {
			return n, err
		}
		i := &r.f.Interfaces()[p.Interface]
		if r.chosen != nil {
			if ok, err := r.chosen.Match(&p, i.LinkType); err != nil {
				return n, err
			} else if !ok {
				continue
			}
		}
		n++
		if err := r.take(&p, i); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (r *replay) next(p *pcap.Packet) error {
	if r.saver != nil {
		return r.copier.Next(p)
	}
	return r.f.Next(p)
}

// flush puts out what was printed and, for somebody who waits for it, what was written.
func (r *replay) flush() error {
	if r.saver != nil && r.saver.file == nil {
		if err := r.saver.w.Flush(); err != nil {
			return err
		}
	}
	return r.out.Flush()
}

// take prints or writes a packet.
func (r *replay) take(p *pcap.Packet, i *pcap.Interface) error {
	if r.c.countOnly {
		return nil
	}
	if r.lines != nil {
		r.lines.print(p, i)
	}
	if r.saver == nil {
		return nil
	}
	if err := r.saver.turn(p.Time()); err != nil {
		return err
	}
	if err := r.copier.Take(p); err != nil {
		return r.saver.named(err)
	}
	if r.c.unbuffered {
		return r.saver.named(r.saver.w.Flush())
	}
	return nil
}

func plural(n int64) string {
	if n == 1 {
		return ""
	}
	return "s"
}
