package decl

import (
	"errors"
	"io"
	"syscall"
)

// sysKind knows the operating system's errors; the lab's errors match the same sentinels.
func sysKind(err error) string {
	for _, s := range sysKinds {
		if errors.Is(err, s.err) {
			return s.kind
		}
	}
	return ""
}

var sysKinds = []struct {
	err  error
	kind string
}{
	{syscall.ECONNREFUSED, Refused},
	{syscall.ECONNRESET, Closed},
	{syscall.ECONNABORTED, Closed},
	{syscall.EPIPE, Closed},
	{io.EOF, Closed},
	{syscall.EHOSTUNREACH, Unreachable},
	{syscall.ENETUNREACH, Unreachable},
	{syscall.ENETDOWN, Unreachable},
	{syscall.ENODEV, NotFound},
	{syscall.EADDRNOTAVAIL, Unreachable},
	{syscall.EADDRINUSE, Exists},
	{syscall.ETIMEDOUT, Timeout},
}
