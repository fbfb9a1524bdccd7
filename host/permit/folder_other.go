//go:build !linux

package permit

import "os"

// openFolder opens a folder whose path has no link in it.
func openFolder(dir string) (*os.Root, error) { return walk(dir) }
