//go:build unix

package network

import (
	"io"

	"golang.org/x/sys/unix"
)

// Lock is fcntl(2)'s F_SETLK.
func (f osFile) Lock(exclusive bool, start, length int64) error {
	if exclusive {
		return f.lock(unix.F_WRLCK, start, length)
	}
	return f.lock(unix.F_RDLCK, start, length)
}

func (f osFile) Unlock(start, length int64) error { return f.lock(unix.F_UNLCK, start, length) }

func (f osFile) lock(kind int16, start, length int64) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	lock := unix.Flock_t{Type: kind, Whence: io.SeekStart, Start: start, Len: length}
	failed := raw.Control(func(fd uintptr) { err = unix.FcntlFlock(fd, unix.F_SETLK, &lock) })
	if failed != nil {
		return failed
	}
	return err
}
