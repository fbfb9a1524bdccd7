//go:build unix

package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// umask is what this user doesn't give to others in new files. To read it, it has to be set.
func umask() os.FileMode {
	mask := unix.Umask(0o077)
	unix.Umask(mask)
	return os.FileMode(mask)
}
