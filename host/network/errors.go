package network

import (
	"errors"
	"fmt"
	"runtime"
)

// unsupported says that this system lacks something.
func unsupported(what string) error {
	return fmt.Errorf("%s: not supported on %s: %w", what, runtime.GOOS, errors.ErrUnsupported)
}
