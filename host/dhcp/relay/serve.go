package relay

import (
	"context"
	"errors"
	"os"
	"time"
)

// A carrier receives parcels and carries them on.
type carrier[P any] interface {
	Receive(ctx context.Context, until time.Time) (P, error)
	Carry(ctx context.Context, p P)
}

// serve is Serve of a Relay or a Relay6.
func serve[P any](ctx context.Context, r carrier[P], count int, until time.Time) (n int, err error) {
	for count == 0 || n < count {
		p, err := r.Receive(ctx, until)
		if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		n++
		r.Carry(ctx, p)
	}
	return n, nil
}
