package network

import (
	"context"
	"io"
	"io/fs"
	"time"
)

// Files is the part of the file system a script may touch. No binding imports os for files. Relative names start at
// the current directory, which is each Files' own.
type Files interface {
	Open(name string, flag int, perm fs.FileMode) (File, error) // flag and perm as os.OpenFile has them
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Remove(name string) error
	Rename(from, to string) error
	Mkdir(name string, perm fs.FileMode) error
	Link(target, name string) error
	Symlink(target, name string) error // target is kept as it is
	Readlink(name string) (string, error)
	Chtimes(name string, access, modification time.Time) error
	TempFile(pattern string) (File, error)
	Real(name string) (string, error) // the path with every link resolved
	Getwd() (string, error)
	Chdir(name string) error
}

// File is an open file.
type File interface {
	io.ReadWriteSeeker
	io.Closer
	Name() string
	Sync() error
	Truncate(size int64) error

	// Lock takes a lock on length bytes from start (0: all that follow), shared by readers or exclusive; it never
	// waits. Locks hold between processes and go with the file's closing.
	Lock(exclusive bool, start, length int64) error
	Unlock(start, length int64) error
}

type filesKey struct{}

// WithFiles makes f the files of ctx.
func WithFiles(ctx context.Context, f Files) context.Context {
	return context.WithValue(ctx, filesKey{}, f)
}

// FilesFrom is the files a task may touch: nil when it may touch none.
func FilesFrom(ctx context.Context) Files {
	f, _ := ctx.Value(filesKey{}).(Files)
	return f
}
