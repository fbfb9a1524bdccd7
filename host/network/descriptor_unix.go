//go:build unix

package network

import (
	"os"

	"golang.org/x/sys/unix"
)

// Descriptor is a descriptor that somebody else opened and goes on owning, as the standard input's: good for Select,
// and for nothing else.
func Descriptor(fd int) (Socket, error) {
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
		return nil, os.NewSyscallError("fcntl", err)
	}
	s := &socket{k: machine, name: "descriptor"}
	s.desc.Store(&descriptor{fd: fd})
	return s, nil
}
