package tape

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io/fs"
	"sync"
	"time"

	"moonwire/host/network"
	"moonwire/host/record"
)

// files are the file system. Played, they are those of the record: nothing is read, written or removed.
type files struct {
	object
	real network.Files
}

// Files wraps the files that a script may touch; nil are those of the record.
func (t *Tape) Files(real network.Files) network.Files { return &files{object{t, 0}, real} }

func (f *files) open(call string, real func() (network.File, error), args ...any) (network.File, error) {
	q := f.question(call, args...)
	q.New = f.t.number()
	var under network.File
	name, err := asked(f.t, q, func() (name string, err error) {
		if under, err = real(); err == nil {
			name = under.Name()
		}
		return name, err
	})
	if err != nil {
		return nil, err
	}
	return &file{object: object{f.t, q.New}, real: under, name: name, written: sha256.New()}, nil
}

func (f *files) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	return f.open("file.open", func() (network.File, error) { return f.real.Open(name, flag, perm) }, name, flag, perm)
}

func (f *files) TempFile(pattern string) (network.File, error) {
	return f.open("file.temp", func() (network.File, error) { return f.real.TempFile(pattern) }, pattern)
}

func (f *files) Stat(name string) (fs.FileInfo, error) {
	return f.info("file.stat", name, func() (fs.FileInfo, error) { return f.real.Stat(name) })
}

func (f *files) Lstat(name string) (fs.FileInfo, error) {
	return f.info("file.lstat", name, func() (fs.FileInfo, error) { return f.real.Lstat(name) })
}

func (f *files) info(call, name string, real func() (fs.FileInfo, error)) (fs.FileInfo, error) {
	i, err := asked(f.t, f.question(call, name), func() (*info, error) {
		i, err := real()
		if err != nil {
			return nil, err
		}
		return infoOf(i), nil
	})
	if err != nil {
		return nil, err
	}
	return i, nil
}

func (f *files) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := asked(f.t, f.question("file.readdir", name), func() ([]*info, error) {
		entries, err := f.real.ReadDir(name)
		var list []*info
		for _, e := range entries {
			if i, gone := e.Info(); gone == nil {
				list = append(list, infoOf(i))
			}
		}
		return list, err
	})
	var entries []fs.DirEntry
	for _, i := range list {
		entries = append(entries, fs.FileInfoToDirEntry(i))
	}
	return entries, err
}

func (f *files) Remove(name string) error {
	return f.do("file.remove", func() error { return f.real.Remove(name) }, name)
}

func (f *files) Rename(from, to string) error {
	return f.do("file.rename", func() error { return f.real.Rename(from, to) }, from, to)
}

func (f *files) Mkdir(name string, perm fs.FileMode) error {
	return f.do("file.mkdir", func() error { return f.real.Mkdir(name, perm) }, name, perm)
}

func (f *files) Link(target, name string) error {
	return f.do("file.link", func() error { return f.real.Link(target, name) }, target, name)
}

func (f *files) Symlink(target, name string) error {
	return f.do("file.symlink", func() error { return f.real.Symlink(target, name) }, target, name)
}

func (f *files) Readlink(name string) (string, error) {
	return f.text("file.readlink", func() (string, error) { return f.real.Readlink(name) }, name)
}

func (f *files) Chtimes(name string, access, modification time.Time) error {
	return f.do("file.chtimes", func() error { return f.real.Chtimes(name, access, modification) }, name, access.UnixNano(), modification.UnixNano())
}

func (f *files) Real(name string) (string, error) {
	return f.text("file.real", func() (string, error) { return f.real.Real(name) }, name)
}

func (f *files) Getwd() (string, error) {
	return f.text("file.getwd", func() (string, error) { return f.real.Getwd() })
}

func (f *files) text(call string, real func() (string, error), args ...any) (string, error) {
	return asked(f.t, f.question(call, args...), real)
}

func (f *files) Chdir(name string) error {
	return f.do("file.chdir", func() error { return f.real.Chdir(name) }, name)
}

// file is an open file.
type file struct {
	object
	real network.File
	name string

	mu      sync.Mutex
	written hash.Hash // what was written, in order
	size    int64     // of that
}

func (f *file) Name() string { return f.name }

func (f *file) Read(b []byte) (int, error) {
	got, err := asked(f.t, f.question("file.read", len(b)), func() (record.Bytes, error) {
		room := make([]byte, len(b))
		n, err := f.real.Read(room)
		return room[:max(n, 0)], err
	})
	return copy(b, got), err
}

// Write is no question: who writes may be a goroutine that takes no turns. What a file was given is compared as a whole,
// when it is closed.
func (f *file) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.written.Write(b)
	f.size += int64(len(b))
	if f.t.plays() {
		return len(b), nil
	}
	return f.real.Write(b)
}

func (f *file) given() (size int64, sum string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size, hex.EncodeToString(f.written.Sum(nil))
}

func (f *file) Seek(offset int64, whence int) (int64, error) {
	return asked(f.t, f.question("file.seek", offset, whence), func() (int64, error) { return f.real.Seek(offset, whence) })
}

func (f *file) Close() error {
	size, sum := f.given()
	return f.do("file.close", func() error { return f.real.Close() }, size, sum)
}

func (f *file) Sync() error { return f.do("file.sync", func() error { return f.real.Sync() }) }

func (f *file) Truncate(size int64) error {
	return f.do("file.truncate", func() error { return f.real.Truncate(size) }, size)
}

func (f *file) Lock(exclusive bool, start, length int64) error {
	return f.do("file.lock", func() error { return f.real.Lock(exclusive, start, length) }, exclusive, start, length)
}

func (f *file) Unlock(start, length int64) error {
	return f.do("file.unlock", func() error { return f.real.Unlock(start, length) }, start, length)
}

// info is what is known of a file, in a record.
type info struct {
	Called   string      `json:"name"`
	Bytes    int64       `json:"size"`
	Bits     fs.FileMode `json:"mode"`
	Modified time.Time   `json:"modified"`
}

func infoOf(i fs.FileInfo) *info {
	return &info{i.Name(), i.Size(), i.Mode(), i.ModTime().Round(0)}
}

func (i *info) Name() string       { return i.Called }
func (i *info) Size() int64        { return i.Bytes }
func (i *info) Mode() fs.FileMode  { return i.Bits }
func (i *info) ModTime() time.Time { return i.Modified }
func (i *info) IsDir() bool        { return i.Bits.IsDir() }
func (i *info) Sys() any           { return nil }
