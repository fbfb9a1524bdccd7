//go:build unix

package network

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// connectUnspec connects fd to no address: connect(2) with AF_UNSPEC.
func connectUnspec(fd int) error {
	sa := unix.RawSockaddr{Family: unix.AF_UNSPEC}
	_, _, errno := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), uintptr(unsafe.Pointer(&sa)), unsafe.Sizeof(sa))
	if errno != 0 {
		return errno
	}
	return nil
}
