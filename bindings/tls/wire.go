package tls

import (
	"os"
	"sync"
	"time"

	"moonwire/host/network"
)

// A wire is the connection under TLS. Package crypto/tls can't go on after a write that timed out, so a wire never
// lets one: what there is no room for is kept, and written in the background.
type wire struct {
	network.Conn
	clock network.Clock
	idle  func() // told when nothing is pending any more
	ahead []byte // received before TLS began
	look  mode   // guarded by crypto/tls's lock of its reading half

	mu       sync.Mutex
	pending  []byte // not yet written
	draining bool   // what is pending is being written
	err      error  // why no more can be written
	closing  bool
}

// A mode is how Read gets its bytes.
type mode int

const (
	wait   mode = iota // for the next
	try                // only what has come
	sealed             // none: TLS works with what it has
)

func (w *wire) Read(b []byte) (int, error) {
	if len(w.ahead) > 0 {
		n := copy(b, w.ahead)
		w.ahead = w.ahead[n:]
		return n, nil
	}
	switch w.look {
	case try:
		return w.Conn.TryRead(b)
	case sealed:
		return 0, os.ErrDeadlineExceeded
	}
	return w.Conn.Read(b)
}

// Write takes all of b.
func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return 0, w.err
	}
	n := 0
	if !w.draining {
		var err error
		for n < len(b) && err == nil {
			var some int
			some, err = w.Conn.TryWrite(b[n:])
			n += some
		}
		if err != nil && !isTimeout(err) {
			w.err = err
			return n, err
		}
	}
	if n < len(b) {
		w.pending = append(w.pending, b[n:]...)
		if !w.draining {
			w.draining = true
			network.GoBy(w.clock, w.drain)
		}
	}
	return len(b), nil
}

// drain writes what is pending until nothing is.
func (w *wire) drain() {
	for {
		w.mu.Lock()
		if len(w.pending) == 0 || w.err != nil {
			w.draining, w.pending = false, nil
			closing := w.closing
			w.mu.Unlock()
			w.idle()
			if closing {
				w.Conn.Close()
			}
			return
		}
		b := w.pending
		w.pending = nil
		w.mu.Unlock()
		_, err := w.Conn.Write(b)
		w.mu.Lock()
		w.err = err
		w.mu.Unlock()
	}
}

// free says whether nothing is pending.
func (w *wire) free() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.draining
}

// linger is how long a close waits for what is still to be written.
const linger = 5 * time.Second

// Close ends the connection, once all is written.
func (w *wire) Close() error {
	w.mu.Lock()
	w.closing = true
	pending := w.draining
	w.mu.Unlock()
	if pending {
		return w.Conn.SetWriteDeadline(w.clock.Now().Add(linger))
	}
	return w.Conn.Close()
}

// The deadlines of crypto/tls are for its own alerts; a wire's writes don't wait.

func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }
