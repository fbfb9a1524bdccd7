//go:build !unix

package share

import "io/fs"

// private is true: the user's temporary directory is.
func private(fs.FileInfo) bool { return true }
