//go:build unix && !linux

package network

import (
	"context"
	"os"
	"sync/atomic"
	"time"
)

// A watcher is a wait that looks again and again.
type watcher struct{ woken atomic.Bool }

func (w *watcher) wake() { w.woken.Store(true) }

// wait parks until a socket of sel is ready, looking more and more rarely.
func (sel *selection) wait(ctx context.Context) error {
	w := new(watcher)
	for _, s := range sel.sockets {
		s.waits.watch(w)
		defer s.waits.unwatch(w)
	}
	for pause := 50 * time.Microsecond; ; pause = min(2*pause, 10*time.Millisecond) {
		if found, err := sel.look(); found || err != nil {
			return err
		}
		if w.woken.Load() {
			return os.ErrDeadlineExceeded
		}
		if err := (realClock{}).Sleep(ctx, pause); err != nil {
			return err
		}
	}
}
