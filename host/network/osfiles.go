package network

import (
	"io/fs"
	"os"
	"path/filepath"
)

// OSFiles is the machine's file system, unrestricted.
func OSFiles() Files { return osFiles{} }

type osFiles struct{}

func (osFiles) Open(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // a nil *os.File must not become a non-nil File
	}
	return f, nil
}

func (osFiles) TempFile(pattern string) (File, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (osFiles) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (osFiles) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (osFiles) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (osFiles) Remove(name string) error                   { return os.Remove(name) }
func (osFiles) Rename(from, to string) error               { return os.Rename(from, to) }
func (osFiles) Mkdir(name string, perm fs.FileMode) error  { return os.Mkdir(name, perm) }

func (osFiles) Real(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}
