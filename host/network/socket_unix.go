//go:build unix

package network

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"
	"weak"

	"golang.org/x/sys/unix"
)

// A socket is one of the kernel's, on a non-blocking descriptor of our own that the runtime's poller watches. It has
// no descriptor while its family is open ("tcp", "udp"): the first address settles that.
type socket struct {
	k     *kernel
	name  string // as package net says it: "tcp4", "udp", "unixgram"
	typ   int    // SOCK_STREAM …
	proto int
	opts  *SockOpts

	anyFamily bool // settled by the first address

	desc   atomic.Pointer[descriptor]
	local  atomic.Pointer[net.Addr] // nil: not asked yet
	remote atomic.Pointer[net.Addr]
	closed atomic.Bool
	waits  waits
	ending func() error // what Close does before the descriptor goes; nil: nothing
}

// descriptor is what a settled socket has.
type descriptor struct {
	fd     int
	domain int
	file   *os.File
	raw    syscall.RawConn
}

// newDescriptor puts fd, which must be non-blocking, on the runtime's poller and owns it.
func newDescriptor(fd, domain int) (*descriptor, error) {
	file := os.NewFile(uintptr(fd), "socket")
	if file == nil {
		return nil, unix.EBADF
	}
	raw, err := file.SyscallConn()
	if err != nil {
		file.Close()
		return nil, err
	}
	return &descriptor{fd: fd, domain: domain, file: file, raw: raw}, nil
}

// open gives s a descriptor of the domain, with the options that come first.
func (s *socket) open(domain int) error {
	var d *descriptor
	err := s.k.inside(func() error {
		fd, err := newSocket(domain, s.typ, s.proto)
		if err != nil {
			return os.NewSyscallError("socket", err)
		}
		d, err = newDescriptor(fd, domain)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.prepare(d); err != nil {
		d.file.Close()
		return err
	}
	if old := s.desc.Swap(d); old != nil {
		old.file.Close()
	}
	s.waits.arm(d.file)
	s.k.adopt(s)
	if s.closed.Load() {
		return net.ErrClosed
	}
	return nil
}

// settle makes sure that s has a descriptor of the domain: a socket of open family is made, or made anew.
func (s *socket) settle(domain int) (*descriptor, error) {
	if s.closed.Load() {
		return nil, net.ErrClosed
	}
	if d := s.desc.Load(); d != nil && (d.domain == domain || !s.anyFamily) {
		return d, nil
	}
	if err := s.open(domain); err != nil {
		return nil, err
	}
	return s.desc.Load(), nil
}

// use is the descriptor, or why there is none.
func (s *socket) use() (*descriptor, error) {
	d := s.desc.Load()
	switch {
	case s.closed.Load():
		return nil, net.ErrClosed
	case d == nil:
		return nil, unix.EBADF
	}
	return d, nil
}

// control runs f on the descriptor, which can't be closed meanwhile.
func (s *socket) control(f func(fd int) error) error {
	d, err := s.use()
	if err != nil {
		return err
	}
	if err = d.control(f); err != nil {
		return s.cause(err)
	}
	return nil
}

// control runs f on the descriptor.
func (d *descriptor) control(f func(fd int) error) error {
	var err error
	if cerr := d.raw.Control(func(fd uintptr) { err = f(int(fd)) }); cerr != nil {
		return cerr
	}
	return err
}

// FD is the descriptor, -1 when there is none.
func (s *socket) FD() int {
	if d, err := s.use(); err == nil {
		return d.fd
	}
	return -1
}

// Close ends the socket and every wait on it.
func (s *socket) Close() error {
	if s.closed.Swap(true) {
		return s.fail("close", net.ErrClosed)
	}
	s.k.forget(weak.Make(s))
	s.waits.wake()
	var err error
	if s.ending != nil {
		err = s.ending()
	}
	if d := s.desc.Load(); d != nil {
		d.file.Close()
	}
	if err != nil {
		return &net.OpError{Op: "close", Net: s.name, Err: err}
	}
	return nil
}

// Interrupt ends the waits under way.
func (s *socket) Interrupt() {
	s.waits.interrupt(s.deadlines())
}

// deadlines are the descriptor's, nil before there is one.
func (s *socket) deadlines() deadlines {
	if d := s.desc.Load(); d != nil {
		return d.file
	}
	return nil
}

func (s *socket) SetDeadline(t time.Time) error {
	if err := s.SetReadDeadline(t); err != nil {
		return err
	}
	return s.SetWriteDeadline(t)
}

func (s *socket) SetReadDeadline(t time.Time) error {
	if s.closed.Load() {
		return s.fail("set", net.ErrClosed)
	}
	s.waits.setRead(s.deadlines(), t)
	return nil
}

func (s *socket) SetWriteDeadline(t time.Time) error {
	if s.closed.Load() {
		return s.fail("set", net.ErrClosed)
	}
	s.waits.setWrite(s.deadlines(), t)
	return nil
}

// LocalAddr is the address bound to, asked of the kernel once it is known.
func (s *socket) LocalAddr() net.Addr {
	return s.address(&s.local, unix.Getsockname)
}

// RemoteAddr is the far end, nil when there is none.
func (s *socket) RemoteAddr() net.Addr {
	return s.address(&s.remote, unix.Getpeername)
}

func (s *socket) address(cache *atomic.Pointer[net.Addr], ask func(int) (unix.Sockaddr, error)) net.Addr {
	if a := cache.Load(); a != nil {
		return *a
	}
	var sa unix.Sockaddr
	err := s.control(func(fd int) (err error) {
		sa, err = ask(fd)
		return err
	})
	if err != nil {
		return nil
	}
	return s.toAddr(sa)
}

// keepAddrs remembers both ends of a connection: they don't change, and are asked for after Close too.
func (s *socket) keepAddrs() {
	if a := s.LocalAddr(); a != nil {
		s.local.Store(&a)
	}
	if a := s.RemoteAddr(); a != nil {
		s.remote.Store(&a)
	}
}

// cause names what a call on the descriptor failed with in words that both networks share.
func (s *socket) cause(err error) error {
	switch {
	case s.closed.Load():
		return net.ErrClosed
	case errors.Is(err, os.ErrDeadlineExceeded):
		return os.ErrDeadlineExceeded
	case errors.Is(err, os.ErrClosed):
		return net.ErrClosed
	}
	return err
}

// fail wraps err as package net does.
func (s *socket) fail(op string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	var errno syscall.Errno
	if e, ok := err.(syscall.Errno); ok {
		errno = e
		err = os.NewSyscallError(op, errno)
	}
	out := &net.OpError{Op: op, Net: s.name, Err: s.cause(err)}
	if a := s.local.Load(); a != nil {
		out.Source = *a
	}
	if a := s.remote.Load(); a != nil {
		out.Addr = *a
	}
	return out
}

// failAt is fail at an address.
func (s *socket) failAt(op string, to net.Addr, err error) error {
	out := s.fail(op, err).(*net.OpError)
	out.Addr = to
	return out
}

// Ready waits until ev is true of the socket.
func (s *socket) Ready(ctx context.Context, ev Event) error {
	return Select(ctx, []Wait{{Socket: s, Event: ev}})
}
