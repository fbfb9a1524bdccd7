package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"moonwire/host/network"
	"moonwire/host/pcap"
)

// background is for what no signal ends.
var background = context.Background()

// A session is one live capture.
type session struct {
	c     *capture
	err   io.Writer
	clock network.Clock
	taps  []*tap

	mu      sync.Mutex // of all below: one tap at a time
	out     *bufio.Writer
	lines   *lines
	saver   *saver
	n       int64 // packets captured
	started time.Time
}

// live is capture -i.
func (c *capture) live(s Streams) error {
	world, err := c.world()
	if err != nil {
		return err
	}
	defer world.Close()
	ctx, cancel := withSignals(s)
	defer cancel(nil)
	out := newOutput(s.Out, cancel)
	l := &session{c: c, err: s.Err, clock: world.Clock(), out: bufio.NewWriterSize(out, 64<<10)}
	defer l.close()
	if err := l.open(ctx, world); err != nil {
		return err
	}
	if err := l.start(out); err != nil {
		return err
	}
	err = l.run(ctx)
	l.report()
	if ended := stopped(ctx); ended != nil && (err == nil || errors.Is(err, syscall.EPIPE)) {
		return ended
	}
	return out.err(err)
}

// open opens the interfaces.
func (l *session) open(ctx context.Context, world network.Network) error {
	names, err := l.c.interfaces(world)
	if err != nil {
		return err
	}
	for _, i := range names {
		t, err := l.c.tap(ctx, world, i)
		if err != nil {
			return err
		}
		l.taps = append(l.taps, t)
		snap := l.c.snap
		if snap == 0 {
			snap = 262144
		}
		fmt.Fprintf(l.err, "listening on %s, link-type %s (%s), snapshot length %d bytes\n", i.Name, pcap.LinkTypeName(t.iface.LinkType),
			pcap.LinkTypeTitle(t.iface.LinkType), snap)
	}
	return nil
}

// start begins the file and the lines.
func (l *session) start(stdout io.Writer) error {
	l.started = l.clock.Now()
	if l.c.write == "" || l.c.print {
		l.lines = newLines(l.c.style, l.c.nano, l.out)
	}
	if l.c.write == "" {
		return nil
	}
	l.saver = &saver{c: l.c, stdout: stdout, begin: l.describe}
	return l.saver.open(l.started)
}

// describe writes what a file begins with: the interfaces.
func (l *session) describe(w *pcap.Writer) error {
	for _, t := range l.taps {
		if _, err := w.Adopt(t.iface); err != nil {
			return err
		}
	}
	return nil
}

// close closes the interfaces.
func (l *session) close() {
	for _, t := range l.taps {
		t.link.Close()
	}
}

// run captures until enough came, or the context is done, or something fails.
func (l *session) run(ctx context.Context) error {
	failures := make(chan error, len(l.taps))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for i := range l.taps {
		go func() {
			err := l.capture(ctx, i)
			if err != nil {
				stop()
			}
			failures <- err
		}()
	}
	var err error
	for range l.taps {
		if e := <-failures; err == nil && e != errEnough {
			err = e
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.saver != nil {
		if closed := l.finish(); err == nil {
			err = closed
		}
	}
	if flushed := l.out.Flush(); err == nil && !errors.Is(flushed, syscall.EPIPE) {
		err = flushed
	}
	return err
}

// tick is how long a frame waits at most before it is printed or written.
const tick = 250 * time.Millisecond

// capture takes what comes by one tap.
func (l *session) capture(ctx context.Context, index int) error {
	t, frames := l.taps[index], make([]network.Frame, 256)
	defer context.AfterFunc(ctx, t.link.Interrupt)()
	for ctx.Err() == nil {
		if err := t.link.SetReadDeadline(l.clock.Now().Add(tick)); err != nil {
			return err
		}
		n, err := t.link.ReadFrames(frames)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
		case errors.Is(err, syscall.ENETDOWN):
			fmt.Fprintf(l.err, "%s went down; nothing comes until it is up\n", t.iface.Name)
		case err != nil:
			return err
		}
		if err := l.take(frames[:n], t, index); err != nil {
			return err
		}
	}
	return nil
}

// take prints and writes frames.
func (l *session) take(frames []network.Frame, t *tap, index int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	drops := t.drops(l.saver)
	for i := range frames {
		if !l.c.wants(frames[i].Direction) {
			continue
		}
		if l.c.count > 0 && l.n == l.c.count {
			return errEnough
		}
		l.n++
		if err := l.one(&frames[i], t, index, drops); err != nil {
			return err
		}
		drops = 0
	}
	if err := l.flush(len(frames) == 0); err != nil {
		return err
	}
	if l.c.count > 0 && l.n == l.c.count {
		return errEnough
	}
	return nil
}

// wants says whether -Q lets a direction through.
func (c *capture) wants(d network.Direction) bool {
	switch c.direction {
	case "in":
		return d != network.Outgoing
	case "out":
		return d == network.Outgoing
	}
	return true
}

// one prints and writes a frame.
func (l *session) one(f *network.Frame, t *tap, index int, drops uint64) error {
	p := pcap.OfFrame(f)
	p.Interface = index
	if l.lines != nil {
		l.lines.print(&p, &t.iface)
	}
	if l.saver == nil {
		return nil
	}
	if err := l.saver.turn(f.Time); err != nil {
		return err
	}
	if l.saver.w.Format() == pcap.PcapNG {
		p.Options.AddFlags(pcap.DirectionFlags(f.Direction))
		if drops > 0 {
			p.Options.AddDrops(drops)
		}
	} else {
		p.Interface = 0
	}
	return l.saver.named(l.saver.w.Write(&p))
}

// flush puts out what was printed, and what was written when that is asked for or nothing else is to be done.
func (l *session) flush(idle bool) error {
	if l.saver != nil && (idle || l.c.unbuffered || l.saver.file == nil) {
		if err := l.saver.w.Flush(); err != nil {
			return l.saver.named(err)
		}
	}
	return l.out.Flush()
}

// finish writes the counts and ends the file.
func (l *session) finish() error {
	if l.saver.w == nil {
		return nil
	}
	if l.saver.w.Format() == pcap.PcapNG {
		for i, t := range l.taps {
			s := t.link.Stats()
			received, drops, ring := s.Received, s.KernelDrops+s.RingDrops, s.Received-s.KernelDrops-s.RingDrops
			err := l.saver.w.AddStatistics(i, &pcap.Statistics{Time: l.clock.Now(), Start: l.started, End: l.clock.Now(), Accepted: &received,
				OSDrops: &drops, Used: &ring})
			if err != nil {
				return l.saver.named(err)
			}
		}
	}
	return l.saver.close()
}

// report says what was captured and what was lost.
func (l *session) report() {
	var s network.LinkStats
	for _, t := range l.taps {
		one := t.link.Stats()
		s.Received += one.Received
		s.KernelDrops += one.KernelDrops
		s.RingDrops += one.RingDrops
	}
	fmt.Fprintf(l.err, "%d packet%s captured\n%d packet%s received by filter\n%d packet%s dropped by kernel\n", l.n, plural(l.n),
		s.Received, plural(int64(s.Received)), s.KernelDrops+s.RingDrops, plural(int64(s.KernelDrops+s.RingDrops)))
}
