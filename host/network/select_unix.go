//go:build unix

package network

import (
	"context"
	"errors"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// A selection is one Select of kernel sockets.
type selection struct {
	ws      []Wait
	sockets []*socket
	fds     []unix.PollFd
}

// selectKernel serves ws when all of them are kernel sockets.
func selectKernel(ctx context.Context, ws []Wait) (bool, error) {
	sel := &selection{ws: ws, sockets: make([]*socket, len(ws)), fds: make([]unix.PollFd, len(ws))}
	for i, w := range ws {
		k, ok := As[interface{ kernelSocket() *socket }](w.Socket)
		if !ok {
			return false, nil
		}
		sel.sockets[i] = k.kernelSocket()
		sel.fds[i] = unix.PollFd{Fd: int32(sel.sockets[i].FD()), Events: pollMask(w.Event)}
	}
	if found, err := sel.look(); found || err != nil {
		return true, err
	}
	if err := ctx.Err(); err != nil {
		return true, err
	}
	return true, sel.wait(ctx)
}

func (s *socket) kernelSocket() *socket { return s }

func pollMask(ev Event) (mask int16) {
	if ev&Readable != 0 {
		mask |= unix.POLLIN
	}
	if ev&Writable != 0 {
		mask |= unix.POLLOUT
	}
	return mask
}

// look asks the kernel once and reports whether something waited for is true. An error or a hang-up makes a socket both readable and writable, as select(2) has it.
func (sel *selection) look() (bool, error) {
	for i, s := range sel.sockets {
		if s.closed.Load() {
			return false, net.ErrClosed
		}
		sel.fds[i].Revents = 0
	}
	n, err := unix.Poll(sel.fds, 0)
	for errors.Is(err, unix.EINTR) {
		n, err = unix.Poll(sel.fds, 0)
	}
	if err != nil || n == 0 {
		return false, os.NewSyscallError("poll", err)
	}
	found := false
	for i, fd := range sel.fds {
		w := &sel.ws[i]
		w.Ready = 0
		if fd.Revents&(unix.POLLIN|unix.POLLHUP|unix.POLLERR) != 0 {
			w.Ready |= w.Event & Readable
		}
		if fd.Revents&(unix.POLLOUT|unix.POLLHUP|unix.POLLERR) != 0 {
			w.Ready |= w.Event & Writable
		}
		if fd.Revents&unix.POLLERR != 0 {
			w.Ready |= w.Event & Failed
		}
		found = found || w.Ready != 0
	}
	return found, nil
}
