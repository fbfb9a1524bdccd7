package capture

import (
	"errors"
	"io"
	"sync"

	"moonwire/host/lab/wire"
	"moonwire/host/pcap"
)

// Options of a File.
type Options struct {
	// Wait makes the lab wait for a file that is behind, as it should in simulated time. Without it, frames that there is
	// no room for are missing in the file, and counted.
	Wait  bool
	Room  int          // bytes of memory for frames that are still to be written; 0: 64 MiB
	Snap  int          // bytes kept of a frame; 0: all
	About pcap.Section // what the file says of itself
	Names []pcap.Name  // what addresses are called
}

// usualRoom is some seconds of what a lab carries.
const usualRoom = 64 << 20

// File writes what links carry into a pcapng file: an interface for each link, with its name. Frames that were lost are
// there too, with a comment that says why. What a link's first end sends is outbound, what its second end sends inbound.
//
// Frames are written by a goroutine of the file's own, and given to the destination whenever that has caught up: the file
// is whole at any moment.
type File struct {
	o       Options
	writing sync.Mutex // held while writer is used
	writer  *pcap.Writer
	ended   chan struct{}

	mu      sync.Mutex
	ready   sync.Cond // there is something to write, or it is the end
	roomy   sync.Cond // there is room
	seen    []sight
	bytes   int // of what isn't written yet
	sources []*source
	closing bool
	err     error
}

// sight is a frame that is to be written.
type sight struct {
	wire.Sight
	of     *source
	missed uint64 // frames before it that there was no room for
}

// NewFile begins a capture file. It has no links yet.
func NewFile(dst io.Writer, o Options) (*File, error) {
	if o.Room == 0 {
		o.Room = usualRoom
	}
	f := &File{o: o, ended: make(chan struct{})}
	f.ready.L, f.roomy.L = &f.mu, &f.mu
	f.writer = pcap.NewWriter(dst, pcap.WriterOptions{Format: pcap.PcapNG, Snap: o.Snap, Section: o.About})
	err := f.writer.Start()
	if err == nil && len(o.Names) > 0 {
		err = f.writer.AddNames(o.Names)
	}
	if err != nil {
		return nil, err
	}
	go f.write()
	return f, nil
}

// put takes a frame that passes a link.
func (f *File) put(s *source, w wire.Sight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.seen++
	for f.o.Wait && f.bytes > f.o.Room && !f.closing && f.err == nil {
		f.roomy.Wait()
	}
	if f.closing || f.err != nil {
		return
	}
	if f.bytes > f.o.Room {
		s.missed++
		s.since++
		return
	}
	f.seen = append(f.seen, sight{w, s, s.since})
	s.since = 0
	f.bytes += weight(w.Frame)
	if len(f.seen) == 1 {
		f.ready.Signal()
	}
}

// weight is what a frame takes in memory.
func weight(frame []byte) int { return len(frame) + 128 }

// write is the file's goroutine.
func (f *File) write() {
	defer close(f.ended)
	var list []sight
	for {
		if list = f.next(list[:0]); len(list) == 0 {
			return
		}
		if err := f.all(list); err != nil {
			f.fail(err)
			return
		}
		clear(list)
	}
}

// next waits for frames; none come after the end.
func (f *File) next(list []sight) []sight {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.seen) == 0 && !f.closing {
		f.ready.Wait()
	}
	list, f.seen = f.seen, list
	return list
}

// all writes frames, and flushes.
func (f *File) all(list []sight) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	for i := range list {
		if err := f.writer.Write(list[i].packet()); err != nil {
			return err
		}
		f.written(weight(list[i].Frame))
	}
	return f.writer.Flush()
}

func (f *File) written(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bytes -= n
	f.roomy.Broadcast()
}

// fail ends the capture: nobody waits for it any more.
func (f *File) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err, f.seen = err, nil
	f.roomy.Broadcast()
}

// Close takes no more frames, writes those that it has and what was counted. It doesn't close the destination. Its error
// is the first that the file met.
func (f *File) Close() error {
	f.mu.Lock()
	if f.closing {
		f.mu.Unlock()
		<-f.ended
		return f.err
	}
	f.closing = true
	f.ready.Signal()
	f.roomy.Broadcast()
	sources := f.sources
	f.mu.Unlock()
	for _, s := range sources {
		s.remove()
	}
	<-f.ended
	if f.err == nil {
		f.err = errors.Join(f.conclude(), f.writer.Close())
	}
	return f.err
}
