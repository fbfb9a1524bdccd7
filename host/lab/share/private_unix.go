//go:build unix

package share

import (
	"io/fs"
	"os"
	"syscall"
)

// private says whether only this user can enter a directory.
func private(info fs.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid() && info.Mode().Perm()&0o077 == 0
}
