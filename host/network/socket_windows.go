package network

import (
	"context"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"weak"
)

// A socket is one of package net's, which makes it when it listens or connects. Before that it is only what it will
// be: its options and its own address.
type socket struct {
	k      *kernel
	name   string // as package net says it: "tcp4", "udp", "ip4:253"
	opts   *SockOpts
	closed atomic.Bool
	waits  waits

	mu       sync.Mutex
	settings []setting // SetOption's, until there is a socket
	live     live
}

// setting is an option that waits for its socket.
type setting struct {
	name  string
	value any
}

// live is what package net made.
type live interface {
	deadlines
	Close() error
	SyscallConn() (syscall.RawConn, error)
}

// become makes x the socket's, with the deadlines that were set before.
func (s *socket) become(x live) error {
	s.mu.Lock()
	s.live = x
	s.mu.Unlock()
	s.waits.arm(x)
	s.k.adopt(s)
	if s.closed.Load() {
		x.Close()
		return net.ErrClosed
	}
	return nil
}

func (s *socket) now() live {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.live
}

// deadlines are the socket's, nil before there is one.
func (s *socket) deadlines() deadlines {
	if x := s.now(); x != nil {
		return x
	}
	return nil
}

// control runs f on the handle.
func (s *socket) control(f func(fd uintptr) error) error {
	x := s.now()
	if s.closed.Load() {
		return net.ErrClosed
	}
	if x == nil {
		return syscall.ENOTCONN
	}
	raw, err := x.SyscallConn()
	if err != nil {
		return err
	}
	var ferr error
	if err := raw.Control(func(fd uintptr) { ferr = f(fd) }); err != nil {
		return err
	}
	return ferr
}

// prepare sets the options on a socket that package net is about to bind or connect.
func (s *socket) prepare(_, _ string, raw syscall.RawConn) error {
	s.mu.Lock()
	settings := s.settings
	s.mu.Unlock()
	if s.opts != nil {
		settings = append(s.opts.settings(), settings...)
	}
	for _, x := range settings {
		var err error
		cerr := raw.Control(func(fd uintptr) { err = setOption(fd, x.name, x.value) })
		if err = errors.Join(cerr, err); err != nil {
			return err
		}
	}
	return nil
}

// settings are the options that SockOpts asks for.
func (o *SockOpts) settings() (out []setting) {
	add := func(wanted bool, name string, value any) {
		if wanted {
			out = append(out, setting{name, value})
		}
	}
	add(o.ReuseAddr, "reuseaddr", true)
	add(o.Broadcast, "broadcast", true)
	add(o.V6Only, "ipv6-v6only", true)
	add(o.TTL > 0, "ip-ttl", o.TTL)
	add(o.SendBuffer > 0, "send-buffer-size", o.SendBuffer)
	add(o.RecvBuffer > 0, "recv-buffer-size", o.RecvBuffer)
	return out
}

// SetOption sets one option, at once or when the socket is made.
func (s *socket) SetOption(name string, value any) error {
	if !knownOption(name) {
		return s.fail("setsockopt", unsupported("option '"+name+"'"))
	}
	if s.now() == nil && !s.closed.Load() {
		s.mu.Lock()
		s.settings = append(s.settings, setting{name, value})
		s.mu.Unlock()
		return nil
	}
	if err := s.control(func(fd uintptr) error { return setOption(fd, name, value) }); err != nil {
		return s.fail("setsockopt", err)
	}
	return nil
}

// Option reads one option.
func (s *socket) Option(name string) (v any, err error) {
	if !knownOption(name) {
		return nil, s.fail("getsockopt", unsupported("option '"+name+"'"))
	}
	if v, ok := s.waiting(name); ok {
		return v, nil
	}
	err = s.control(func(fd uintptr) (err error) {
		v, err = getOption(fd, name)
		return err
	})
	if err != nil {
		return nil, s.fail("getsockopt", err)
	}
	return v, nil
}

// waiting is the value of an option that waits for its socket.
func (s *socket) waiting(name string) (any, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live != nil {
		return nil, false
	}
	for _, x := range slices.Backward(s.settings) {
		if x.name == name {
			return x.value, true
		}
	}
	return nil, false
}

// FD is the handle, -1 when there is none.
func (s *socket) FD() int {
	fd := -1
	s.control(func(h uintptr) error { fd = int(h); return nil })
	return fd
}

// Close ends the socket and every wait on it.
func (s *socket) Close() error {
	if s.closed.Swap(true) {
		return s.fail("close", net.ErrClosed)
	}
	s.k.forget(weak.Make(s))
	if x := s.now(); x != nil {
		return x.Close()
	}
	return nil
}

// Interrupt ends the waits under way.
func (s *socket) Interrupt() { s.waits.interrupt(s.deadlines()) }

func (s *socket) SetDeadline(t time.Time) error {
	s.SetReadDeadline(t)
	return s.SetWriteDeadline(t)
}

func (s *socket) SetReadDeadline(t time.Time) error {
	s.waits.setRead(s.deadlines(), t)
	return nil
}

func (s *socket) SetWriteDeadline(t time.Time) error {
	s.waits.setWrite(s.deadlines(), t)
	return nil
}

// A looker is a Ready call between two looks.
type looker struct{ woken atomic.Bool }

func (l *looker) wake() { l.woken.Store(true) }

// Ready looks until ev is true of the socket, more and more rarely.
func (s *socket) Ready(ctx context.Context, ev Event) error {
	l := new(looker)
	s.waits.watch(l)
	defer s.waits.unwatch(l)
	for pause := 50 * time.Microsecond; ; pause = min(2*pause, 10*time.Millisecond) {
		switch found, err := s.isReady(ev); {
		case err != nil:
			return s.fail("poll", err)
		case found:
			return nil
		}
		if l.woken.Load() {
			return s.fail("poll", os.ErrDeadlineExceeded)
		}
		if err := (realClock{}).Sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// isReady looks once.
func (s *socket) isReady(ev Event) (found bool, err error) {
	err = s.control(func(fd uintptr) (err error) { found, err = poll(fd, ev); return err })
	return found, err
}

// fail wraps err as package net does, unless that did.
func (s *socket) fail(op string, err error) error {
	var already *net.OpError
	if errors.As(err, &already) {
		return err
	}
	if errno, ok := err.(syscall.Errno); ok {
		err = os.NewSyscallError(op, errno)
	}
	return &net.OpError{Op: op, Net: s.name, Err: err}
}

// selectKernel leaves waits on many sockets to selectAny.
func selectKernel(context.Context, []Wait) (bool, error) { return false, nil }
