package network

import (
	"context"
	"time"
)

// realClock is the machine's time.
type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }
func (realClock) Virtual() bool  { return false }

func (realClock) AfterFunc(d time.Duration, f func()) Timer { return time.AfterFunc(d, f) }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
