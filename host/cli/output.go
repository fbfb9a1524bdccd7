package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"sync"
	"syscall"
)

// An output is a script's standard output. When nobody reads it any more, the script ends instead of the process: what
// it has opened is closed as at any other end. Other failures are told at the end, for a script may not look at them.
type output struct {
	to     io.Writer
	unread context.CancelCauseFunc

	mu     sync.Mutex
	failed error
}

func newOutput(to io.Writer, unread context.CancelCauseFunc) *output {
	signal.Ignore(syscall.SIGPIPE)
	return &output{to: to, unread: unread}
}

// Unwrap is what is written to.
func (o *output) Unwrap() io.Writer { return o.to }

func (o *output) Write(b []byte) (int, error) {
	n, err := o.to.Write(b)
	switch {
	case errors.Is(err, syscall.EPIPE):
		o.unread(unread)
	case err != nil:
		o.mu.Lock()
		o.failed = err
		o.mu.Unlock()
	}
	return n, err
}

// err is err, or why the results of a run without an error aren't all there.
func (o *output) err(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil && o.failed != nil {
		return fmt.Errorf("results are lost: %w", o.failed)
	}
	return err
}
