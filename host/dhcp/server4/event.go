package server4

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/dhcp/lease"
	"moonwire/host/network"
)

// An Event is something that happened.
type Event struct {
	Kind    string // "offered", "acknowledged", "refused", "released", "declined", "expired", "conflict", "dropped", "problem"
	Time    time.Time
	Address netip.Addr       // where it is about one
	MAC     net.HardwareAddr // likewise
	Client  lease.Client     // likewise
	Why     string           // of a refusal, a drop, a problem
	Request *Request         // what it is about; nil for expiry
}

// Events is a listener to what happens at a server.
type Events struct {
	server *Server
	waiter network.Waiter

	mu     sync.Mutex
	list   []Event
	lost   uint64
	closed bool
}

// mostEvents wait for a listener; what comes then is lost and counted.
const mostEvents = 4096

// Listen makes a listener; it hears what happens from now on.
func (s *Server) Listen() *Events {
	e := &Events{server: s, waiter: network.NewWaiter(s.clock)}
	s.listening.Lock()
	defer s.listening.Unlock()
	e.closed = s.deaf
	s.listeners = append(s.listeners, e)
	return e
}

// note tells the listeners.
func (s *Server) note(e Event) {
	s.listening.Lock()
	defer s.listening.Unlock()
	if len(s.listeners) == 0 {
		return
	}
	e.Time = s.clock.Now()
	if r := e.Request; r != nil {
		e.MAC, e.Client = r.Message.MAC(), r.client
	}
	for _, l := range s.listeners {
		l.hear(e)
	}
}

func (l *Events) hear(e Event) {
	l.mu.Lock()
	if len(l.list) < mostEvents {
		l.list = append(l.list, e)
	} else {
		l.lost++
	}
	l.mu.Unlock()
	l.waiter.Wake()
}

// Next waits for an event until a time: os.ErrDeadlineExceeded; net.ErrClosed when the server has ended and all was told.
func (l *Events) Next(ctx context.Context, until time.Time) (Event, error) {
	for {
		l.mu.Lock()
		if len(l.list) > 0 {
			e := l.list[0]
			l.list = l.list[1:]
			l.mu.Unlock()
			return e, nil
		}
		closed := l.closed
		l.mu.Unlock()
		if closed {
			return Event{}, net.ErrClosed
		}
		if err := l.waiter.WaitUntil(ctx, until); err != nil {
			return Event{}, err
		}
	}
}

// Lost is how many events came while too many waited.
func (l *Events) Lost() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lost
}

// Close ends listening.
func (l *Events) Close() error {
	s := l.server
	s.listening.Lock()
	defer s.listening.Unlock()
	for i, x := range s.listeners {
		if x == l {
			s.listeners = append(s.listeners[:i:i], s.listeners[i+1:]...)
			break
		}
	}
	l.end()
	return nil
}

func (l *Events) end() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.waiter.Wake()
}

// deafen ends all listeners.
func (s *Server) deafen() {
	s.listening.Lock()
	defer s.listening.Unlock()
	s.deaf = true
	for _, l := range s.listeners {
		l.end()
	}
}
