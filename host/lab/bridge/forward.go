package bridge

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"moonwire/host/network"
)

// A Forward says which port of one network leads to which port of a host in another: a port of this machine to a lab
// host's, or a lab host's to one of the real world.
type Forward struct {
	Protocol string          // "tcp" or "udp"
	From     network.Network // where Listen is
	Listen   netip.AddrPort  // port 0: any that is free
	To       network.Network // whence Target is reached
	Target   netip.AddrPort
	Limit    int           // connections at a time, of UDP clients; further ones are refused. 0: DefaultLimit
	Idle     time.Duration // a UDP client without datagrams for so long is forgotten. 0: DefaultIdle
}

// The limits of a Forward that says nothing of them.
const (
	DefaultLimit = 256
	DefaultIdle  = time.Minute
)

// ForwardStats counts what a forwarded port took, to hand it over. In is towards Target.
type ForwardStats struct {
	Clients     uint64 // connections made; of UDP, clients seen
	Active      int    // those of now
	Refused     uint64 // clients over the limit
	Failed      uint64 // clients that Target had no answer for
	LastError   string // why the last of them failed
	BytesIn     uint64
	BytesOut    uint64
	MessagesIn  uint64 // datagrams
	MessagesOut uint64
}

// A Forwarder is a Forward at work, until it is closed.
type Forwarder struct {
	forward Forward
	door    network.Socket
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	work    sync.WaitGroup

	mu    sync.Mutex
	stats ForwardStats
	open  map[network.Socket]struct{} // closed with the Forwarder
}

// OpenForward starts to listen.
func OpenForward(ctx context.Context, f Forward) (*Forwarder, error) {
	w := &Forwarder{forward: f, open: make(map[network.Socket]struct{})}
	if w.forward.Limit <= 0 {
		w.forward.Limit = DefaultLimit
	}
	if w.forward.Idle <= 0 {
		w.forward.Idle = DefaultIdle
	}
	w.ctx, w.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := w.listen(ctx); err != nil {
		w.cancel()
		return nil, fmt.Errorf("forward %s to %s: %w", f.Listen, f.Target, err)
	}
	return w, nil
}

// listen opens the door and serves who comes.
func (w *Forwarder) listen(ctx context.Context) error {
	for _, n := range []network.Network{w.forward.From, w.forward.To} {
		if err := realTime(n.Clock()); err != nil {
			return err
		}
	}
	var serve func()
	switch w.forward.Protocol {
	case "tcp":
		l, err := w.forward.From.Listen(ctx, familyOf("tcp", w.forward.Listen), w.forward.Listen.String(), &network.SockOpts{ReuseAddr: true})
		if err != nil {
			return err
		}
		w.door, serve = l, func() { w.accept(l) }
	case "udp":
		p, err := w.forward.From.ListenPacket(ctx, familyOf("udp", w.forward.Listen), w.forward.Listen.String(), nil)
		if err != nil {
			return err
		}
		w.door, serve = p, func() { w.relay(p) }
	default:
		return net.UnknownNetworkError(w.forward.Protocol)
	}
	w.work.Go(serve)
	return nil
}

// familyOf is the network's name for sockets that reach a.
func familyOf(protocol string, a netip.AddrPort) string {
	if a.Addr().Is4() {
		return protocol + "4"
	}
	return protocol + "6"
}

// Addr is where it listens.
func (w *Forwarder) Addr() net.Addr { return w.door.LocalAddr() }

// Stats are the counters of now.
func (w *Forwarder) Stats() ForwardStats {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stats
}

func (w *Forwarder) count(f func(*ForwardStats)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f(&w.stats)
}

// admit makes room for one more client, or refuses it.
func (w *Forwarder) admit() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stats.Active >= w.forward.Limit {
		w.stats.Refused++
		return false
	}
	w.stats.Active++
	return true
}

// failed counts a client that came to nothing.
func (w *Forwarder) failed(err error) {
	w.count(func(s *ForwardStats) { s.Failed, s.LastError = s.Failed+1, err.Error() })
}

// own makes Close close s. It refuses when that is over.
func (w *Forwarder) own(s network.Socket) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open == nil {
		return false
	}
	w.open[s] = struct{}{}
	return true
}

// release closes s.
func (w *Forwarder) release(s network.Socket) {
	w.mu.Lock()
	delete(w.open, s)
	w.mu.Unlock()
	s.Close()
}

// Close stops listening and ends all connections. It returns when nothing of them is left.
func (w *Forwarder) Close() error {
	w.cancel()
	err := w.door.Close()
	w.mu.Lock()
	open := w.open
	w.open = nil
	w.mu.Unlock()
	for s := range open {
		s.Close()
	}
	w.work.Wait()
	return err
}
