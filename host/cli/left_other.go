//go:build !linux

package cli

import "io"

// undoLeft has nothing to do where moonwire changes nothing that outlives it.
func undoLeft(io.Writer) {}

// abandon has nothing to undo.
func abandon() {}
