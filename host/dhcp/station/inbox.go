package station

import (
	"context"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"moonwire/host/network"
)

// A Datagram is one UDP datagram, as it is sent or was received.
type Datagram struct {
	Src, Dst netip.AddrPort
	DstMAC   net.HardwareAddr // of the frame; for sending, nil where Dst is the broadcast address or a group
	SrcMAC   net.HardwareAddr // of a received one
	Payload  []byte
	Time     time.Time // of receipt
}

// most is how many datagrams a station keeps that nobody received yet.
const most = 256

// An inbox is what came for a station.
type inbox struct {
	waiter network.Waiter
	clock  network.Clock

	mu    sync.Mutex
	queue []Datagram
	err   error // that the wait under way, or the next one, ends with
}

func newInbox(c network.Clock) *inbox {
	return &inbox{waiter: network.NewWaiter(c), clock: c}
}

// add keeps a datagram; false when there is no room.
func (b *inbox) add(d Datagram) bool {
	b.mu.Lock()
	full := len(b.queue) >= most
	if !full {
		b.queue = append(b.queue, d)
	}
	b.mu.Unlock()
	if !full {
		b.waiter.Wake()
	}
	return !full
}

// fail ends the wait.
func (b *inbox) fail(err error) {
	b.mu.Lock()
	b.err = err
	b.mu.Unlock()
	b.waiter.Wake()
}

// take is the next datagram, or an error. One that came after a moment is left there: or else a flood of them would make a
// wait last for ever.
func (b *inbox) take(until time.Time) (d Datagram, ok bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.queue) > 0 {
		d = b.queue[0]
		if !until.IsZero() && d.Time.After(until) {
			return Datagram{}, false, os.ErrDeadlineExceeded
		}
		b.queue = b.queue[1:]
		return d, true, nil
	}
	err, b.err = b.err, nil
	return d, false, err
}

// Receive waits for the next datagram until a moment; it then fails with os.ErrDeadlineExceeded. It fails with a *Down
// when the interface goes down, with net.ErrClosed when the station is closed. Only one goroutine receives at a time.
func (s *Station) Receive(ctx context.Context, until time.Time) (Datagram, error) {
	for {
		d, ok, err := s.inbox.take(until)
		if ok || err != nil {
			return d, err
		}
		if err := s.link.ended(); err != nil {
			return Datagram{}, err
		}
		if !until.IsZero() && !s.inbox.clock.Now().Before(until) {
			return Datagram{}, os.ErrDeadlineExceeded
		}
		if err := s.inbox.waiter.WaitUntil(ctx, until); err != nil {
			if d, ok, _ := s.inbox.take(until); ok {
				return d, nil
			}
			return Datagram{}, err
		}
	}
}

// Drain drops what came and nobody received, and returns how much that was.
func (s *Station) Drain() int {
	s.inbox.mu.Lock()
	defer s.inbox.mu.Unlock()
	n := len(s.inbox.queue)
	s.inbox.queue, s.inbox.err = nil, nil
	return n
}

// ended is why nothing comes any more.
func (l *Link) ended() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gone
}
