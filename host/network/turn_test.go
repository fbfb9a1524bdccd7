package network

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	var turn Turn
	n := 0
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				if err := turn.Take(context.Background(), time.Time{}); err != nil {
					t.Error(err)
				}
				n++
				turn.Give()
			}
		})
	}
	all.Wait()
	if n != 8*200 {
		t.Errorf("%d", n)
	}
	turn.Take(context.Background(), time.Time{})
	if err := turn.Take(context.Background(), time.Now().Add(time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("no time left:", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := turn.Take(ctx, time.Time{}); !errors.Is(err, context.Canceled) {
		t.Error("cancelled:", err)
	}
	turn.Give()
	if err := turn.Take(context.Background(), time.Time{}); err != nil {
		t.Error("nobody has it:", err)
	}
}
