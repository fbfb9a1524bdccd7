package network

import (
	"context"
	"errors"
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
// when one is interrupted.
func Select(ctx context.Context, ws []Wait) error {
	if done, err := selectKernel(ctx, ws); done {
		return err
	}
	return selectAny(ctx, ws)
}

// selectAny asks each socket on a goroutine of its own; it serves worlds without descriptors.
func selectAny(ctx context.Context, ws []Wait) error {
	look, cancelLook := context.WithCancel(ctx)
	cancelLook()
	found := false
	for i := range ws {
		found = ws[i].look(look) || found
	}
	if found || ctx.Err() != nil {
		if found {
			return nil
		}
		return ctx.Err()
	}
	wait, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu    sync.Mutex
		first error
		all   sync.WaitGroup
	)
	for i := range ws {
		all.Go(func() {
			err := ws[i].Socket.Ready(wait, ws[i].Event)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				found = true
			} else if first == nil && !errors.Is(err, context.Canceled) {
				first = err
			}
			cancel()
		})
	}
	if len(ws) == 0 {
		<-ctx.Done()
	}
	all.Wait()
	if !found {
		return errors.Join(ctx.Err(), first)
	}
	for i := range ws {
		ws[i].look(look)
	}
	return nil
}

// look fills w.Ready without waiting; done is a context that is over.
func (w *Wait) look(done context.Context) bool {
	w.Ready = 0
	for _, ev := range []Event{Readable, Writable, Failed} {
		if w.Event&ev != 0 && w.Socket.Ready(done, ev) == nil {
			w.Ready |= ev
		}
	}
	return w.Ready != 0
}
