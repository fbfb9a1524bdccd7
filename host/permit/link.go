package permit

import (
	"context"
	"sync/atomic"

	"moonwire/host/network"
)

// A link is one whose frames are decided about, each in the memory that it is sent from, after nobody else can change it.
type link struct {
	network.LinkConn
	frames  *Frames
	pace    *pace
	clock   network.Clock
	refused atomic.Uint64
}

// WriteFrames sends n frames, up to the first that isn't allowed.
func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (sent int, err error) {
	for sent < n || n == 0 {
		var now, done int
		if now, err = l.pace.take(ctx, l.clock, n-sent); err != nil {
			return sent, err
		}
		done, err = l.write(ctx, now, sent, fill)
		if sent += done; err != nil || n == 0 {
			return sent, err
		}
	}
	return sent, nil
}

// write sends n frames from number first on.
func (l *link) write(ctx context.Context, n, first int, fill func(i int, slot []byte) int) (int, error) {
	var refused error
	sent, err := l.LinkConn.WriteFrames(ctx, n, func(i int, slot []byte) int {
		size := fill(first+i, slot)
		if size <= 0 || size > len(slot) {
			return size
		}
		if refused = l.frames.Check(slot[:size]); refused != nil {
			l.refused.Add(1)
			clear(slot[:size])
			return 0
		}
		return size
	})
	if refused != nil {
		return sent, refused
	}
	return sent, err
}
