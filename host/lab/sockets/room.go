package sockets

import (
	"context"
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
	w := s.enter(0)
	defer s.leave(w)
	for s.waitFor(ctx, p, w, deadline) != nil {
		if err := s.late(deadline); err != nil {
			return err
		}
		if w.broken.Load() {
			return os.ErrDeadlineExceeded
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// waitFor is one wait for room. It ends early when w is roused: by what ends it for good, or by a deadline that changed,
// be it only that of reads.
func (s *socket) waitFor(ctx context.Context, p *wire.Port, w *wait, deadline *time.Time) error {
	ctx, cancel := network.WithCancel(network.With(ctx, s.world))
	defer cancel()
	w.end.Store(&cancel)
	defer w.end.Store(nil)
	if t := s.limit(deadline); !t.IsZero() {
		defer s.world.clock.AfterFunc(t.Sub(s.world.clock.Now()), cancel).Stop()
	}
	if s.closed.Load() || w.broken.Load() {
		cancel()
	}
	return p.Wait(ctx)
}
