package network

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// OSFiles is the machine's file system, unrestricted, with a current directory of its own: the process's until Chdir.
func OSFiles() Files { return &osFiles{} }

type osFiles struct {
	mu  sync.Mutex
	dir string // "": the process's
}

// path is name as the process must write it.
func (o *osFiles) path(name string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dir == "" || name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(o.dir, name)
}

// named makes an error speak of the name that was asked for.
func named(name string, err error) error {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return &fs.PathError{Op: bad.Op, Path: name, Err: bad.Err}
	}
	return err
}

func (o *osFiles) Open(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(o.path(name), flag, perm)
	if err != nil {
		return nil, named(name, err) // a nil *os.File must not become a non-nil File
	}
	return osFile{f}, nil
}

func (o *osFiles) TempFile(pattern string) (File, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (o *osFiles) Stat(name string) (fs.FileInfo, error) {
	info, err := os.Stat(o.path(name))
	return info, named(name, err)
}

func (o *osFiles) Lstat(name string) (fs.FileInfo, error) {
	info, err := os.Lstat(o.path(name))
	return info, named(name, err)
}

func (o *osFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(o.path(name))
	return entries, named(name, err)
}

func (o *osFiles) Remove(name string) error { return named(name, os.Remove(o.path(name))) }

func (o *osFiles) Rename(from, to string) error { return os.Rename(o.path(from), o.path(to)) }

func (o *osFiles) Mkdir(name string, perm fs.FileMode) error {
	return named(name, os.Mkdir(o.path(name), perm))
}

func (o *osFiles) Link(target, name string) error { return os.Link(o.path(target), o.path(name)) }

func (o *osFiles) Symlink(target, name string) error { return os.Symlink(target, o.path(name)) }

func (o *osFiles) Readlink(name string) (string, error) {
	target, err := os.Readlink(o.path(name))
	return target, named(name, err)
}

func (o *osFiles) Chtimes(name string, access, modification time.Time) error {
	return named(name, os.Chtimes(o.path(name), access, modification))
}

func (o *osFiles) Real(name string) (string, error) {
	abs, err := filepath.Abs(o.path(name))
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func (o *osFiles) Getwd() (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dir != "" {
		return o.dir, nil
	}
	return os.Getwd()
}

func (o *osFiles) Chdir(name string) error {
	if name == "" {
		return &fs.PathError{Op: "chdir", Path: name, Err: fs.ErrNotExist}
	}
	dir, err := filepath.Abs(o.path(name))
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir + string(filepath.Separator) + "."); err != nil { // no directory, or one that can't be entered
		return named(name, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dir = dir
	return nil
}

// IsOSFiles says whether f is this machine's file system.
func IsOSFiles(f Files) bool {
	_, is := f.(*osFiles)
	return is
}

// osFile is an open file of the machine.
type osFile struct{ *os.File }

// OpenedFile is an open file of this machine as Files have them.
func OpenedFile(f *os.File) File { return osFile{f} }
