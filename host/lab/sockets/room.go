package sockets

import (
	"context"
	"net"
	"os"
	"time"

	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// over is a context that has ended: a wait with it only looks.
var over = func() context.Context {
	ctx, cancel := network.WithCancel(context.Background())
	cancel()
	return ctx
}()

// room waits until a port's queue takes another frame: as a sender waits whose socket's memory is full of what the
// interface hasn't sent yet.
func (s *socket) room(ctx context.Context, p *wire.Port, deadline *time.Time) error {
	if p == nil || p.Wait(over) == nil {
		return nil
	}
	wait, cancel := network.WithCancel(network.With(ctx, s.world))
	defer cancel()
	w := s.enter(0)
	defer s.leave(w)
	w.end.Store(&cancel)
	defer w.end.Store(nil)
	if t := s.limit(deadline); !t.IsZero() {
		defer s.world.clock.AfterFunc(t.Sub(s.world.clock.Now()), cancel).Stop()
	}
	if s.closed.Load() || w.broken.Load() {
		cancel()
	}
	switch err := p.Wait(wait); {
	case err == nil:
		return nil
	case s.closed.Load():
		return net.ErrClosed
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return os.ErrDeadlineExceeded
}
