package network

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// A watcher is an epoll descriptor that is itself on the runtime's poller: a wait on many sockets that parks only a
// goroutine and leaves their own reads, writes and deadlines alone.
type watcher struct{ *descriptor }

func (w *watcher) wake() { w.file.SetReadDeadline(past) }

// wait parks until a socket of sel is ready.
func (sel *selection) wait(ctx context.Context) error {
	w, err := sel.watcher()
	if err != nil {
		return err
	}
	defer w.file.Close()
	for _, s := range sel.sockets {
		s.waits.watch(w)
		defer s.waits.unwatch(w)
	}
	defer context.AfterFunc(ctx, w.wake)()

	found := false
	var lookErr error
	err = w.raw.Read(func(uintptr) bool {
		found, lookErr = sel.look()
		return found || lookErr != nil
	})
	switch {
	case found || lookErr != nil:
		return lookErr
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if _, err := sel.look(); err != nil {
		return err // closed meanwhile
	}
	return err
}

// watcher makes the epoll descriptor of sel.
func (sel *selection) watcher() (*watcher, error) {
	ep, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	if err := unix.SetNonblock(ep, true); err != nil {
		unix.Close(ep)
		return nil, os.NewSyscallError("fcntl", err)
	}
	masks := make(map[int32]uint32, len(sel.fds))
	for _, fd := range sel.fds {
		op := unix.EPOLL_CTL_ADD
		if masks[fd.Fd] != 0 {
			op = unix.EPOLL_CTL_MOD // twice in one Select
		}
		masks[fd.Fd] |= uint32(fd.Events)
		err := unix.EpollCtl(ep, op, int(fd.Fd), &unix.EpollEvent{Events: masks[fd.Fd], Fd: fd.Fd})
		if err != nil && !errors.Is(err, unix.EBADF) { // closed meanwhile, or never settled: look tells
			unix.Close(ep)
			return nil, os.NewSyscallError("epoll_ctl", err)
		}
	}
	d, err := newDescriptor(ep, unix.AF_UNSPEC)
	if err != nil {
		return nil, err
	}
	return &watcher{d}, nil
}
