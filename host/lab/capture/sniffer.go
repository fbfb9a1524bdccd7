package capture

import (
	"context"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	"golang.org/x/net/bpf"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// Sniffer keeps the frames that pass links until they are read, up to a bound: what comes then is counted as lost. One
// goroutine at a time may read.
type Sniffer struct {
	room int

	mu     sync.Mutex
	seen   []wire.Sight // from first on
	first  int
	bytes  int
	filter *bpf.VM // nil: everything passes
	reader network.Waiter
	early  bool // the next read ends early
	closed bool
	taps   []func() // to be removed
	stats  network.LinkStats
}

// usualBuffer is as many bytes as a raw link has on a real interface.
const usualBuffer = 16 << 20

// Sniff begins to look at links. Of o, Buffer and Filter count.
func Sniff(o network.LinkOpts, links ...*wire.Link) (*Sniffer, error) {
	s := &Sniffer{room: o.Buffer}
	if s.room <= 0 {
		s.room = usualBuffer
	}
	if err := s.SetFilter(o.Filter); err != nil {
		return nil, err
	}
	for _, l := range links {
		s.taps = append(s.taps, l.Tap(s.put))
	}
	return s, nil
}

// SetFilter changes the filter; nil lets everything pass. Frames that an older one let through and nobody read yet are
// dropped.
func (s *Sniffer) SetFilter(program []bpf.RawInstruction) error {
	var vm *bpf.VM
	if program != nil {
		list, _ := bpf.Disassemble(program)
		var err error
		if vm, err = bpf.NewVM(list); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.RingDrops += uint64(len(s.seen) - s.first)
	s.filter, s.seen, s.first, s.bytes = vm, nil, 0, 0
	return nil
}

// put takes a frame that passes.
func (s *Sniffer) put(w wire.Sight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.passes(w.Frame) {
		return
	}
	s.stats.Received++
	if s.bytes > s.room {
		s.stats.KernelDrops++
		return
	}
	s.seen = append(s.seen, w)
	s.bytes += weight(w.Frame)
	s.rouse()
}

func (s *Sniffer) passes(frame []byte) bool {
	if s.filter == nil {
		return true
	}
	n, err := s.filter.Run(frame)
	return n > 0 && err == nil
}

// rouse wakes who reads.
func (s *Sniffer) rouse() {
	if s.reader != nil {
		s.reader.Wake()
		s.reader = nil
	}
}

// Read waits for frames and stores those at hand. It fails with os.ErrDeadlineExceeded at until, unless that is zero,
// and after Interrupt, with net.ErrClosed, or with ctx's error.
func (s *Sniffer) Read(ctx context.Context, until time.Time, into []wire.Sight) (int, error) {
	for {
		n, w, err := s.take(network.ClockFrom(ctx), into)
		if w == nil {
			return n, err
		}
		if err := w.WaitUntil(ctx, until); err != nil {
			s.forget(w)
			return 0, err
		}
	}
}

// take takes what is there, or gives a waiter that is woken when something is.
func (s *Sniffer) take(clock network.Clock, into []wire.Sight) (int, network.Waiter, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.early:
		s.early = false
		return 0, nil, os.ErrDeadlineExceeded
	case s.first < len(s.seen):
		return s.pull(into), nil, nil
	case s.closed:
		return 0, nil, net.ErrClosed
	case len(into) == 0:
		return 0, nil, nil
	}
	s.reader = network.NewWaiter(clock)
	return 0, s.reader, nil
}

// pull takes the oldest frames.
func (s *Sniffer) pull(into []wire.Sight) int {
	n := copy(into, s.seen[s.first:])
	for i := range into[:n] {
		s.bytes -= weight(into[i].Frame)
	}
	clear(s.seen[s.first : s.first+n])
	s.first += n
	switch {
	case s.first == len(s.seen):
		s.seen, s.first = s.seen[:0], 0
	case s.first > len(s.seen)/2:
		s.seen, s.first = slices.Delete(s.seen, 0, s.first), 0
	}
	return n
}

func (s *Sniffer) forget(w network.Waiter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reader == w {
		s.reader = nil
	}
	s.early = false
}

// Interrupt ends a read that waits.
func (s *Sniffer) Interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reader != nil {
		s.early = true
		s.rouse()
	}
}

// Stats counts frames: Received passed the filter, KernelDrops there was no room for, RingDrops are of an older filter.
func (s *Sniffer) Stats() network.LinkStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Close ends it. What is there can still be read.
func (s *Sniffer) Close() error {
	s.mu.Lock()
	taps := s.taps
	s.taps, s.closed = nil, true
	s.rouse()
	s.mu.Unlock()
	for _, remove := range taps {
		remove()
	}
	return nil
}
