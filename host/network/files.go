package network

import (
	"io"
	"io/fs"
)

// Files is the part of the file system a script may touch. No binding imports os for files.
type Files interface {
	Open(name string, flag int, perm fs.FileMode) (File, error) // flag and perm as os.OpenFile has them
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Remove(name string) error
	Rename(from, to string) error
	Mkdir(name string, perm fs.FileMode) error
	TempFile(pattern string) (File, error)
	Real(name string) (string, error) // the path with every link resolved
}

// File is an open file.
type File interface {
	io.ReadWriteSeeker
	io.Closer
	Name() string
	Sync() error
	Truncate(size int64) error
}
