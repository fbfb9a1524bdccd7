//go:build !linux

package bridge

import (
	"errors"
	"fmt"
	"runtime"
)

func openTAP(TAP) (device, error) { return nil, unsupported("making one") }

func openRaw(Raw) (device, error) { return nil, unsupported("opening one") }

// unsupported says that this system lacks something, and the way without.
func unsupported(what string) error {
	return fmt.Errorf("%s: not supported on %s (a forwarded port works everywhere): %w", what, runtime.GOOS, errors.ErrUnsupported)
}
