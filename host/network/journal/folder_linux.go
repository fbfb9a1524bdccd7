package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Folders are where journals may lie: the first one that can be made is written to. MOONWIRE_HOME comes first, then the
// user's folder for what programs remember (XDG_STATE_HOME), then one for temporary files.
func Folders(getenv func(string) string) (list []string) {
	const name = "journal"
	if dir := getenv("MOONWIRE_HOME"); dir != "" {
		return []string{filepath.Join(dir, name)}
	}
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		list = append(list, filepath.Join(dir, "moonwire", name))
	} else if dir := getenv("HOME"); filepath.IsAbs(dir) {
		list = append(list, filepath.Join(dir, ".local", "state", "moonwire", name))
	}
	return append(list, filepath.Join(os.TempDir(), fmt.Sprintf("moonwire-%s-%d", name, os.Geteuid())))
}

// A folder is an open directory that only this user can enter.
type folder struct {
	fd   int
	path string
}

// errForeign refuses what others could have made.
var errForeign = errors.New("is not this user's alone")

// openFolder opens a directory that is there.
func openFolder(path string) (*folder, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	f := &folder{fd, path}
	if err := private(fd, path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// makeFolder opens the first directory that is there or can be made. A user's own folders stay the user's: root makes none
// inside of them.
func makeFolder(list []string) (*folder, error) {
	var failed []error
	for _, path := range list {
		err := ownParent(path)
		if err == nil {
			err = os.MkdirAll(path, 0o700)
		}
		if err == nil {
			var f *folder
			if f, err = openFolder(path); err == nil {
				return f, nil
			}
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

// ownParent refuses to make a directory where another user's is above. That for temporary files is everybody's.
func ownParent(path string) error {
	for dir := path; ; dir = filepath.Dir(dir) {
		var info unix.Stat_t
		switch err := unix.Stat(dir, &info); {
		case err == unix.ENOENT && dir != filepath.Dir(dir):
			continue
		case err != nil:
			return &os.PathError{Op: "stat", Path: dir, Err: err}
		case int(info.Uid) != os.Geteuid() && info.Mode&unix.S_ISVTX == 0:
			return fmt.Errorf("%s is another user's", dir)
		}
		return nil
	}
}

// private refuses what is open when another user owns it or may write to it.
func private(fd int, path string) error {
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return &os.PathError{Op: "stat", Path: path, Err: err}
	}
	if int(info.Uid) != os.Geteuid() || info.Mode&0o077 != 0 {
		return fmt.Errorf("%s %w", path, errForeign)
	}
	return nil
}

// open opens a file of the folder, never one that a link leads to.
func (f *folder) open(name string, flags int) (*os.File, error) {
	path := filepath.Join(f.path, name)
	fd, err := unix.Openat(f.fd, name, flags|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(fd), path), nil
}

// names are those of the folder's files.
func (f *folder) names() ([]string, error) {
	fd, err := unix.Openat(f.fd, ".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: f.path, Err: err}
	}
	dir := os.NewFile(uintptr(fd), f.path)
	defer dir.Close()
	return dir.Readdirnames(-1)
}

func (f *folder) remove(name string) error { return unix.Unlinkat(f.fd, name, 0) }

func (f *folder) sync() error { return unix.Fsync(f.fd) }

func (f *folder) Close() error { return unix.Close(f.fd) }
