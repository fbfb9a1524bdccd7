package permit

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// openFolder opens a folder whose path has no link in it. The system finds it a second time without following any: when
// both are one, none was followed. Where it can't, each folder on the way is opened.
func openFolder(dir string) (*os.Root, error) {
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	fd, err := unix.Openat2(unix.AT_FDCWD, dir, &unix.OpenHow{Flags: unix.O_PATH | unix.O_DIRECTORY | unix.O_CLOEXEC, Resolve: unix.RESOLVE_NO_SYMLINKS})
	if err == unix.ENOSYS || err == unix.EPERM {
		folder.Close()
		return walk(dir)
	}
	if err != nil {
		folder.Close()
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errChanged}
	}
	found := os.NewFile(uintptr(fd), dir)
	defer found.Close()
	is, err := found.Stat()
	got, err2 := folder.Stat(".")
	if err != nil || err2 != nil || !os.SameFile(is, got) {
		folder.Close()
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errChanged}
	}
	return folder, nil
}
