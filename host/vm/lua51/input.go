package lua51

import (
	"io"
	"os"
	"sync"

	"moonwire/host/decl"
)

// input makes reads from the standard input end when their task is told to stop. A terminal or a pipe can't be woken, so
// the read itself goes on in the background, and what it brings is there for the next one.
type input struct {
	r    io.Reader
	wake chan struct{}
	got  chan chunk

	mu      sync.Mutex // of a read: one at a time
	reading bool       // in the background
	rest    chunk
}

// chunk is what one read brought.
type chunk struct {
	b   []byte
	err error
}

// NewInput makes r a standard input whose reads end by Interrupt.
func NewInput(r io.Reader) interface {
	io.Reader
	decl.Interrupter
} {
	return newInput(r)
}

// inputOf is r as it is, if its reads end by Interrupt, or else as an input.
func inputOf(r io.Reader) io.Reader {
	if _, ends := r.(decl.Interrupter); ends {
		return r
	}
	return newInput(r)
}

func newInput(r io.Reader) *input {
	return &input{r: r, wake: make(chan struct{}, 1), got: make(chan chunk, 1)}
}

// Read returns os.ErrDeadlineExceeded when it is interrupted.
func (in *input) Read(b []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	select {
	case <-in.wake: // of a read that has ended
	default:
	}
	if len(in.rest.b) == 0 && in.rest.err == nil {
		if err := in.wait(len(b)); err != nil {
			return 0, err
		}
	}
	n := copy(b, in.rest.b)
	in.rest.b = in.rest.b[n:]
	if n > 0 || len(b) == 0 {
		return n, nil
	}
	err := in.rest.err
	in.rest.err = nil
	return 0, err
}

// wait reads up to n bytes in the background and waits for them.
func (in *input) wait(n int) error {
	if !in.reading {
		in.reading = true
		go func() {
			b := make([]byte, max(n, 1))
			n, err := in.r.Read(b)
			in.got <- chunk{b[:n], err}
		}()
	}
	select {
	case in.rest = <-in.got:
		in.reading = false
		return nil
	case <-in.wake:
		return os.ErrDeadlineExceeded
	}
}

// Interrupt ends the wait that is under way.
func (in *input) Interrupt() {
	select {
	case in.wake <- struct{}{}:
	default:
	}
}
