//go:build unix && !linux

package network

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// newSocket makes a non-blocking descriptor that children don't inherit.
func newSocket(domain, typ, proto int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Socket(domain, typ, proto)
	if err != nil {
		return -1, err
	}
	return fd, quiet(fd)
}

// acceptSocket is newSocket for a connection that waits on fd.
func acceptSocket(fd int) (int, unix.Sockaddr, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, sa, err := unix.Accept(fd)
	if err != nil {
		return -1, nil, err
	}
	return fd, sa, quiet(fd)
}

// quiet sets what Linux sets in socket(2).
func quiet(fd int) error {
	unix.CloseOnExec(fd)
	err := unix.SetNonblock(fd, true)
	if err != nil {
		unix.Close(fd)
	}
	return err
}

// disconnect undoes a datagram socket's connect(2), which works although it answers EAFNOSUPPORT.
func disconnect(fd int) error {
	err := connectUnspec(fd)
	if errors.Is(err, unix.EAFNOSUPPORT) || errors.Is(err, unix.EADDRNOTAVAIL) {
		return nil
	}
	return err
}
