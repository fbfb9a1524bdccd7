//go:build !linux

package cli

import (
	"errors"
	"runtime"
)

// isolationSupported refuses where the system has no hard limit that fits.
func isolationSupported() error {
	return errors.New("--isolate is not supported on " + runtime.GOOS + " (--max-memory without it is)")
}

func limitMemory(uint64) error { return isolationSupported() }
