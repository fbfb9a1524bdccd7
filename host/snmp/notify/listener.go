package notify

import (
	"context"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/usm"
)

// A Config says where to listen, and to whom.
type Config struct {
	Addresses []netip.Addr // own addresses; none: all of them
	Port      uint16       // 0: one that is free
	UDP, TCP  bool

	Communities  []string // of versions 1 and 2c
	AnyCommunity bool
	Users        []User      // of version 3
	Engine       *usm.Engine // the own one, which informs are for

	Refused  bool // tell of messages that are refused
	Repeated bool // tell of informs that come again
}

// A Listener receives notifications, answers informs and questions for its engine, and keeps events until they are taken.
type Listener struct {
	config  Config
	clock   network.Clock
	engine  *usm.Engine
	engines engines
	users   *users
	salts   *usm.Salts
	inlet   *inlet.Inlet

	repeats  *repeats
	tally    *tally
	queue    queue
	withhold atomic.Int64 // so many answers to each inform

	mu           sync.Mutex
	refused      []*Event // the last ones
	refusedBytes int
	journal      journal
}

// Listen begins to receive.
func Listen(ctx context.Context, c Config) (*Listener, error) {
	l, err := newListener(ctx, c)
	if err != nil {
		return nil, err
	}
	l.inlet, err = inlet.Open(ctx, inlet.Config{Addresses: c.Addresses, Port: c.Port, UDP: c.UDP, TCP: c.TCP, Handle: l.hear})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// newListener is a listener without sockets.
func newListener(ctx context.Context, c Config) (*Listener, error) {
	clock := network.ClockFrom(ctx)
	l := &Listener{config: c, clock: clock, engine: c.Engine, salts: usm.NewSalts(network.Rand(ctx).Uint64()), repeats: newRepeats(),
		tally: newTally(), queue: queue{clock: clock}}
	var err error
	l.users, err = newUsers(c.Users, c.Engine.ID())
	return l, err
}

// Addresses are where it listens.
func (l *Listener) Addresses() []netip.AddrPort { return l.inlet.Addresses() }

// Engine is the own engine.
func (l *Listener) Engine() *usm.Engine { return l.engine }

// Now is the listener's time.
func (l *Listener) Now() time.Time { return l.clock.Now() }

// Next waits for an event until a time, which if zero never comes: os.ErrDeadlineExceeded. After the end it fails with
// net.ErrClosed. Each event is given once.
func (l *Listener) Next(ctx context.Context, until time.Time) (*Event, error) {
	return l.queue.next(ctx, until)
}

// Withhold has the first n answers to each inform not sent, as if they were lost: to see what senders do.
func (l *Listener) Withhold(n int) { l.withhold.Store(int64(n)) }

// Close ends the listener. What came before can still be taken.
func (l *Listener) Close() error {
	err := l.inlet.Close()
	l.queue.close()
	return err
}

// Counts is what was done so far.
func (l *Listener) Counts() Counts {
	c, in := l.tally.counts(), l.inlet.Counts()
	c.Failed = in.Failed
	if in.Unframed > 0 {
		c.Refused[Malformed] += in.Unframed
		c.Received += in.Unframed
	}
	return c
}

// The bounds of the refused messages that can be looked at.
const (
	keptRefusals     = 64
	keptRefusedBytes = 1 << 18
)

// Refused are the last messages that were refused, the oldest first.
func (l *Listener) Refused() []*Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*Event(nil), l.refused...)
}

// keepRefused keeps a message that was refused, and forgets the oldest.
func (l *Listener) keepRefused(e *Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := append(l.refused, e)
	l.refusedBytes += len(e.Bytes)
	drop := 0
	for ; len(list)-drop > keptRefusals || l.refusedBytes > keptRefusedBytes && len(list)-drop > 1; drop++ {
		l.refusedBytes -= len(list[drop].Bytes)
	}
	l.refused = append(list[:0:0], list[drop:]...)
}
