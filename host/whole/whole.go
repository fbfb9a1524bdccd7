// Package whole writes files that are either whole or as they were before, whenever the process ends.
package whole

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts data into the file name. It is written beside it first and takes its place in one step. What is no plain file,
// such as /dev/stdout, is written to as it is.
func Write(name string, data []byte) error { return WriteAs(name, data, 0o666) }

// WriteAs is Write for a file that may have other rights than to be read and written, as os.WriteFile has them. One that is
// there keeps its own; what is to be executable becomes so.
func WriteAs(name string, data []byte, mode os.FileMode) error {
	old, err := os.Stat(name)
	if err == nil && !old.Mode().IsRegular() {
		return os.WriteFile(name, data, 0)
	}
	if real, e := filepath.EvalSymlinks(name); e == nil {
		name = real // the link stays
	}
	beside, e := write(name, data, mode, func(f *os.File) error {
		if err != nil {
			return nil
		}
		fresh, err := f.Stat()
		if err == nil {
			err = f.Chmod(old.Mode().Perm() | fresh.Mode().Perm()&0o111)
		}
		return err
	})
	if e != nil {
		return e
	}
	if err := os.Rename(beside, name); err != nil {
		os.Remove(beside)
		return err
	}
	return nil
}

// New makes a file that must not be there yet.
func New(name string, data []byte, mode os.FileMode) error {
	beside, err := write(name, data, mode, func(*os.File) error { return nil })
	if err != nil {
		return err
	}
	defer os.Remove(beside)
	err = os.Link(beside, name) // which replaces nothing
	if refused := (*os.LinkError)(nil); errors.As(err, &refused) {
		err = &fs.PathError{Op: "open", Path: name, Err: refused.Err}
	}
	if _, there := os.Lstat(name); err != nil && errors.Is(there, fs.ErrNotExist) {
		return os.Rename(beside, name) // the file system knows no second names
	}
	return err
}

// write writes a file beside name and returns its name.
func write(name string, data []byte, mode os.FileMode, ready func(*os.File) error) (string, error) {
	beside := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+rand.Text()[:8]+".tmp")
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		if refused := (*fs.PathError)(nil); errors.As(err, &refused) {
			err = &fs.PathError{Op: "open", Path: name, Err: refused.Err} // the name that was asked for
		}
		return "", err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, ready(f), f.Sync(), f.Close()); err != nil {
		os.Remove(beside)
	}
	return beside, err
}
