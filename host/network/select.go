package network

import (
	"context"
	"errors"
	"net"
	"sync"
)

// A Wait is one socket of a Select and what it waits for.
type Wait struct {
	Socket Socket
	Event  Event
	Ready  Event // filled by Select: which of Event is true
}

// Select waits until at least one of ws is ready, as select(2) does, and fills their Ready fields. With a ctx that is
// already done it looks once. Its error is ctx's, net.ErrClosed when one of ws is closed, or os.ErrDeadlineExceeded
// when one of this machine's is interrupted.
func Select(ctx context.Context, ws []Wait) error {
	if len(ws) > 0 { // nothing to look at is a wait by the clock, which the kernel doesn't know
		if done, err := selectKernel(ctx, ws); done {
			return err
		}
	}
	return selectAny(ctx, ws)
}

// Watchable is a Socket of a world without descriptors: it tells when to look at it again.
type Watchable interface {
	Socket
	// Watch has notify called each time that ev may have become true, and by Close. It is called from anywhere, and only
	// notes that it was.
	Watch(ev Event, notify func()) (stop func())
}

// selectAny serves worlds without descriptors.
func selectAny(ctx context.Context, ws []Wait) error {
	over, cancel := context.WithCancel(ctx)
	cancel()
	if ctx.Err() != nil {
		if found, err := lookAll(over, ws); found || err != nil {
			return err
		}
		return ctx.Err()
	}
	a := &asking{waiter: NewWaiter(ClockFrom(ctx))}
	defer a.watch(ctx, ws)()
	for {
		if found, err := lookAll(over, ws); found || err != nil {
			return err
		}
		if err := a.failed(); err != nil {
			return err
		}
		if err := a.waiter.Wait(ctx); err != nil {
			return err
		}
	}
}

// lookAll fills the Ready fields without waiting, and fails when none is ready and one is closed.
func lookAll(over context.Context, ws []Wait) (found bool, err error) {
	for i := range ws {
		found = ws[i].look(over, &err) || found
	}
	if found {
		return true, nil
	}
	return false, err
}

// look fills w.Ready; over is a context that is.
func (w *Wait) look(over context.Context, closed *error) bool {
	w.Ready = 0
	for _, ev := range []Event{Readable, Writable, Failed} {
		if w.Event&ev == 0 {
			continue
		}
		switch err := w.Socket.Ready(over, ev); {
		case err == nil:
			w.Ready |= ev
		case errors.Is(err, net.ErrClosed):
			*closed = err
		}
	}
	return w.Ready != 0
}

// asking is a Select's wait, with a goroutine for each socket that is not Watchable.
type asking struct {
	waiter Waiter

	mu    sync.Mutex
	under int   // goroutines that are at it
	err   error // of one of them
}

// watch has the waiter woken when to look again.
func (a *asking) watch(ctx context.Context, ws []Wait) (stop func()) {
	ctx, cancel := WithCancel(ctx)
	var stops []func()
	for _, w := range ws {
		if s, ok := As[Watchable](w.Socket); ok {
			stops = append(stops, s.Watch(w.Event, a.waiter.Wake))
			continue
		}
		a.mu.Lock()
		a.under++
		a.mu.Unlock()
		Go(ctx, func() { a.ended(w.Socket.Ready(ctx, w.Event)) })
	}
	return func() {
		for _, stop := range stops {
			stop()
		}
		cancel()
		for a.left() > 0 {
			a.waiter.Wait(context.Background())
		}
	}
}

// ended is told how the wait for one socket ended.
func (a *asking) ended(err error) {
	a.mu.Lock()
	a.under--
	if a.err == nil && !errors.Is(err, context.Canceled) {
		a.err = err
	}
	a.mu.Unlock()
	a.waiter.Wake()
}

func (a *asking) left() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.under
}

func (a *asking) failed() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}
