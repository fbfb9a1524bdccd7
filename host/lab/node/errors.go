package node

import (
	"errors"
	"fmt"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
)

// refused is the stack's refusal with what was tried, or nil.
func refused(err tcpip.Error, tried string, args ...any) error {
	if err == nil {
		return nil
	}
	return fail(errno(err), tried, args...)
}

// fail is an error of the kind that a system call would have failed with.
func fail(kind error, tried string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(tried, args...), kind)
}

func errno(err tcpip.Error) error {
	switch err.(type) {
	case *tcpip.ErrDuplicateAddress, *tcpip.ErrDuplicateNICID:
		return syscall.EEXIST
	case *tcpip.ErrBadLocalAddress, *tcpip.ErrBadAddress:
		return syscall.EADDRNOTAVAIL
	case *tcpip.ErrUnknownNICID, *tcpip.ErrUnknownDevice:
		return syscall.ENODEV
	}
	return errors.New(err.String())
}
