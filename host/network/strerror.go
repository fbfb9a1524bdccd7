package network

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
)

// Strerror is an error's number and text as C's errno and strerror(3) have them; the number is 0 for errors that C
// doesn't know.
func Strerror(err error) (number int, text string) {
	var errno syscall.Errno
	var worded interface{ Errno() syscall.Errno }
	switch {
	case errors.As(err, &worded):
		return int(worded.Errno()), err.Error()
	case errors.As(err, &errno):
	case errors.Is(err, fs.ErrNotExist):
		errno = syscall.ENOENT
	case errors.Is(err, fs.ErrExist):
		errno = syscall.EEXIST
	case errors.Is(err, fs.ErrPermission):
		errno = syscall.EACCES
	case errors.Is(err, fs.ErrClosed):
		errno = syscall.EBADF
	default:
		return 0, err.Error()
	}
	text = errno.Error() // C's text, but for its first letter
	return int(errno), strings.ToUpper(text[:1]) + text[1:]
}
