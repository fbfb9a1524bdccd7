package permit

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// hold uses a socket's path while what it stands for is held open, by a name that nobody can turn elsewhere. A socket that
// is to be made is in a folder that is held.
func hold(path, name string, makes bool, use func(path string) error) error {
	held := path
	if makes {
		held = filepath.Dir(path)
	}
	fd, err := unix.Openat2(unix.AT_FDCWD, held, &unix.OpenHow{Flags: unix.O_PATH | unix.O_CLOEXEC, Resolve: unix.RESOLVE_NO_SYMLINKS})
	if err == unix.ENOSYS || err == unix.EPERM {
		return use(path)
	}
	if err != nil {
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	f := os.NewFile(uintptr(fd), held)
	defer f.Close()
	at := fmt.Sprintf("/proc/self/fd/%d", fd)
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return use(path)
	}
	if makes {
		at += "/" + filepath.Base(path)
	}
	return use(at)
}
