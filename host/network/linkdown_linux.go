package network

import "golang.org/x/sys/unix"

// downs tells a reader what befell the interface.
type downs struct{}

// next is the error that waits on the socket, each once.
func (*downs) next(fd int) error {
	errno, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil || errno == 0 {
		return err
	}
	return unix.Errno(errno)
}
