package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
)

// recordHere writes what crosses the real interfaces of a place into the file of --capture until finish is called. A lab
// writes its own.
func (o *options) recordHere(ctx context.Context, p *place, s Streams) (finish func() error, err error) {
	if o.capture == "" || p.lab.Name != "" {
		return func() error { return nil }, nil
	}
	c := newCapture()
	c.write, c.ifaces = o.capture, []string{anyInterface}
	if o.iface != "" {
		c.ifaces = []string{o.iface}
	}
	l := &session{c: c, err: io.Discard, clock: p.world.Clock(), out: bufio.NewWriter(io.Discard)}
	if err = l.open(ctx, p.world); err == nil {
		err = l.start(io.Discard)
	}
	if err != nil {
		l.close()
		return nil, fmt.Errorf("--capture: %w", err)
	}
	until, end := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan error, 1)
	go func() { done <- l.run(until) }()
	return func() error {
		end()
		err := <-done
		l.close()
		l.err = s.Err
		l.report()
		return err
	}, nil
}
