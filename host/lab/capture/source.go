package capture

import (
	"errors"
	"fmt"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/pcap"
)

// source is a link that is captured.
type source struct {
	link   *wire.Link
	number int // of its interface in the file
	start  time.Time
	remove func()

	// Guarded by the file's mu.
	seen   uint64
	missed uint64
	since  uint64 // the last frame that there was room for, missed
}

var errClosed = errors.New("the capture is closed")

// Add captures one more link from now on.
func (f *File) Add(l *wire.Link) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	a, b := l.Ends()
	n, err := f.writer.AddInterface(pcap.Interface{
		LinkType: ethernet, Snap: f.o.Snap, Name: l.Name(), FCS: 0,
		Description: fmt.Sprintf("outbound: %s to %s", a.Name(), b.Name()),
		Hardware:    "simulated link",
	})
	if err != nil {
		return err
	}
	s := &source{link: l, number: n, start: l.Now()}
	s.remove = l.Tap(func(w wire.Sight) { f.put(s, w) })
	if err := f.writer.Flush(); err != nil {
		s.remove()
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closing {
		s.remove()
		return errClosed
	}
	f.sources = append(f.sources, s)
	return nil
}

// ethernet is LINKTYPE_ETHERNET.
const ethernet = 1

// packet is a frame as the file has it.
func (s *sight) packet() *pcap.Packet {
	p := &pcap.Packet{Data: s.Frame, Len: len(s.Frame), Interface: s.of.number}
	p.SetTime(s.Time)
	direction := pcap.Outbound
	if a, _ := s.of.link.Ends(); s.From != a {
		direction = pcap.Inbound
	}
	p.Options.AddFlags(pcap.FlagsOf(direction, reception(s.Frame)))
	if s.missed > 0 {
		p.Options.AddDrops(s.missed)
	}
	if text := s.comment(); text != "" {
		p.Options.AddComment(text)
	}
	return p
}

// comment is what a reader should know of a frame.
func (s *sight) comment() string {
	switch name := s.of.link.Name(); {
	case s.Drop != "" && s.Again:
		return fmt.Sprintf("lost on %s under way: %s", name, s.Drop)
	case s.Drop != "":
		return fmt.Sprintf("lost on %s: %s", name, s.Drop)
	case s.Note != "":
		return fmt.Sprintf("%s on %s", s.Note, name)
	}
	return ""
}

// reception is whom a frame is addressed to.
func reception(frame []byte) pcap.Reception {
	switch {
	case len(frame) < 6:
		return pcap.ReceptionUnknown
	case [6]byte(frame) == [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}:
		return pcap.Broadcast
	case frame[0]&1 != 0:
		return pcap.Multicast
	}
	return pcap.Unicast
}

// Missed is how many frames the file has no room for so far.
func (f *File) Missed() (n uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sources {
		n += s.missed
	}
	return n
}

// conclude writes what was counted.
func (f *File) conclude() error {
	for _, s := range f.sources {
		now, written := s.link.Now(), s.seen-s.missed
		err := f.writer.AddStatistics(s.number, &pcap.Statistics{
			Time: now, Start: s.start, End: now, Received: &s.seen, OSDrops: &s.missed, Used: &written,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
