package bridge

import (
	"context"
	"errors"
	"maps"
	"os"
	"sync"
	"time"

	"moonwire/host/lab/wire"
)

// A Bridge joins a port of a lab to a device of the real world, until it is closed. The port is the bridge's own: a link
// of the lab leads to it.
type Bridge struct {
	port   *wire.Port
	device device
	check  func(frame []byte) error // decides about what leaves the lab; nil: everything may
	out    chan []byte              // on the way to the device
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu    sync.Mutex
	stats Stats
}

// Stats counts what crossed a bridge. In is into the lab.
type Stats struct {
	FramesIn  uint64
	FramesOut uint64
	BytesIn   uint64
	BytesOut  uint64
	Cut       uint64            // frames that the kernel had left to the card to cut into segments
	Drops     map[string]uint64 // frames lost, by reason; what the lab's link loses, its port counts
}

// device is what a bridge leads to.
type device interface {
	name() string
	// receive waits for a frame, which may become many: each is as it is on a wire. It fails with os.ErrClosed after close,
	// and with why a frame was lost.
	receive() ([][]byte, error)
	send(frame []byte) error // may wait for room
	setCarrier(up bool)
	lost() uint64 // frames that the system had no room for, ever
	close() error
}

// queueLen is how many frames wait for the device.
const queueLen = 1024

// noRoom is why the system drops what comes while the bridge is busy.
const noRoom = "no room for it in the system"

// notAllowed is why a frame stays in the lab.
const notAllowed = "not allowed outside the lab"

// join starts a bridge. check decides about the frames that leave the lab.
func join(port *wire.Port, d device, check func(frame []byte) error) *Bridge {
	b := &Bridge{port: port, device: d, check: check, out: make(chan []byte, queueLen), stats: Stats{Drops: make(map[string]uint64)}}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.work.Go(b.enter)
	b.work.Go(b.leave)
	port.Handle(b.take)
	port.OnCarrier(d.setCarrier)
	port.SetUp(true)
	d.setCarrier(port.Carrier())
	return b
}

// Interface is the name of the device.
func (b *Bridge) Interface() string { return b.device.name() }

// Stats are the counters of now.
func (b *Bridge) Stats() Stats {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.stats
	s.Drops = maps.Clone(s.Drops)
	if n := b.device.lost(); n > 0 {
		s.Drops[noRoom] += n
	}
	return s
}

// Close takes the bridge down, and with it the device that it made. The link stays, and has lost its carrier.
func (b *Bridge) Close() error {
	b.cancel()
	b.port.SetUp(false)
	err := b.device.close()
	b.work.Wait()
	return err
}

func (b *Bridge) drop(reason string) {
	b.mu.Lock()
	b.stats.Drops[reason]++
	b.mu.Unlock()
}

// take accepts a frame that leaves the lab.
func (b *Bridge) take(frame []byte) {
	select {
	case b.out <- frame:
	default:
		b.drop("the bridge's queue is full")
	}
}

// leave carries frames out of the lab.
func (b *Bridge) leave() {
	for {
		select {
		case <-b.ctx.Done():
			return
		case frame := <-b.out:
			if b.check != nil && b.check(frame) != nil {
				b.drop(notAllowed)
				continue
			}
			if err := b.device.send(frame); err != nil {
				b.drop(reasonOf(err))
				continue
			}
			b.mu.Lock()
			b.stats.FramesOut++
			b.stats.BytesOut += uint64(len(frame))
			b.mu.Unlock()
		}
	}
}

// enter carries frames into the lab.
func (b *Bridge) enter() {
	for b.port.Wait(b.ctx) == nil {
		frames, err := b.device.receive()
		switch {
		case errors.Is(err, os.ErrClosed):
			return
		case err != nil:
			b.drop(reasonOf(err))
			b.pause()
		case len(frames) > 1:
			b.mu.Lock()
			b.stats.Cut++
			b.mu.Unlock()
		}
		for _, frame := range frames {
			b.mu.Lock()
			b.stats.FramesIn++
			b.stats.BytesIn += uint64(len(frame))
			b.mu.Unlock()
			b.port.Send(frame)
		}
	}
}

// pause keeps a device that fails from taking all of the processor.
func (b *Bridge) pause() {
	t := time.NewTimer(time.Millisecond)
	defer t.Stop()
	select {
	case <-t.C:
	case <-b.ctx.Done():
	}
}

// reasonOf is what a frame was lost for: the system's word, without the call.
func reasonOf(err error) string {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err.Error()
}
