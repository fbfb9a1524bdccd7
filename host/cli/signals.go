package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// An ending is why a script was stopped from outside, and the exit code that says so.
type ending struct {
	why  string
	code int
}

func (e *ending) Error() string { return e.why }

var (
	interrupted = &ending{"interrupted", exitInterrupted}
	terminated  = &ending{"terminated", exitTerminated}
	unread      = &ending{"nobody reads the output", exitBrokenPipe}
)

// withSignals returns a context that the first Ctrl-C or SIGTERM cancels, with an *ending as its cause; told runs before
// that. The second one ends the process at once.
func withSignals(parent context.Context, told func(*ending)) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		first := endingOf(<-signals)
		told(first)
		cancel(first)
		os.Exit(endingOf(<-signals).code)
	}()
	return ctx, cancel
}

func endingOf(s os.Signal) *ending {
	if s == os.Interrupt {
		return interrupted
	}
	return terminated
}

// A pipe writes to a stream and, when nobody reads it any more, ends the script instead of the process: what the
// script has opened is closed as at any other end.
type pipe struct {
	to     io.Writer
	broken context.CancelCauseFunc
	once   sync.Once
}

func newPipe(to io.Writer, broken context.CancelCauseFunc) *pipe {
	signal.Ignore(syscall.SIGPIPE)
	return &pipe{to: to, broken: broken}
}

func (p *pipe) Write(b []byte) (int, error) {
	n, err := p.to.Write(b)
	if errors.Is(err, syscall.EPIPE) {
		p.once.Do(func() { p.broken(unread) })
	}
	return n, err
}
