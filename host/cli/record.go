package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	labcapture "moonwire/host/lab/capture"
)

// opensLab finds scripts that make labs of their own.
var opensLab = regexp.MustCompile(`\brequire\s*\(?\s*["']lab["']`)

// record writes what a script causes into the file of --capture until finish is called: the frames of the labs that it
// opens, or else those of the real interfaces. The lab that a script runs in writes its own.
func (o *options) record(ctx context.Context, p *place, code string, s Streams) (under context.Context, finish func() error, err error) {
	switch {
	case o.capture == "" || p.lab.Name != "":
		return ctx, func() error { return nil }, nil
	case opensLab.MatchString(code):
		return o.recordLabs(ctx, p)
	}
	finish, err = o.recordHere(ctx, p, s)
	return ctx, finish, err
}

// recordLabs writes the frames of labs.
func (o *options) recordLabs(ctx context.Context, p *place) (under context.Context, finish func() error, err error) {
	to, err := os.Create(o.capture)
	if err != nil {
		return nil, nil, fmt.Errorf("--capture: %w", err)
	}
	f, err := labcapture.NewFile(to, labcapture.Options{Wait: p.world.Clock().Virtual()})
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("--capture: %w", err), to.Close())
	}
	return labcapture.With(ctx, f), func() error { return errors.Join(f.Close(), to.Close()) }, nil
}

// recordHere writes what crosses the real interfaces of a place.
func (o *options) recordHere(ctx context.Context, p *place, s Streams) (finish func() error, err error) {
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
