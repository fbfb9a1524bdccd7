package network

import (
	"bytes"
	"context"
	"errors"
	"os"
	"sync"
)

// A Taker is a PacketConn whose waits hold no memory for what they wait for.
type Taker interface {
	PacketConn
	// Take is ReadMsg into memory of its own.
	Take() ([]byte, Meta, error)
}

// Take waits for a datagram and gives it in memory of its own. Thousands may wait: where the world can do that, nothing is
// held for a datagram that hasn't come.
func Take(c PacketConn) ([]byte, Meta, error) {
	if t, ok := c.(Taker); ok {
		return t.Take()
	}
	if c.FD() >= 0 {
		return taken(c.ReadMsg)
	}
	for {
		b, m, err := taken(c.TryRead)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return b, m, err
		}
		if err := c.Ready(context.Background(), Readable); err != nil {
			return nil, Meta{}, err
		}
	}
}

// rooms are as long as the longest datagram.
var rooms = sync.Pool{New: func() any { return new([1 << 16]byte) }}

// taken reads into a room, and keeps what came.
func taken(read func([]byte) (int, Meta, error)) ([]byte, Meta, error) {
	room := rooms.Get().(*[1 << 16]byte)
	defer rooms.Put(room)
	n, m, err := read(room[:])
	if err != nil {
		return nil, m, err
	}
	return bytes.Clone(room[:n]), m, nil
}
