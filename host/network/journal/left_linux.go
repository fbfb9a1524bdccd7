package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// longest is the most that a journal may have: a larger one is none of ours.
const longest = 16 << 20

// Left is the journal of a process that has gone. It is locked: nobody else undoes it meanwhile.
type Left struct {
	Owner   Owner
	Entries []Entry // not undone, oldest first

	folder *folder
	file   *os.File
}

// Find opens the journals in some folders whose processes have gone. Those of processes that live are passed over; the
// error names those that are refused, which stay.
func Find(folders []string) (list []*Left, err error) {
	var failed []error
	for _, path := range folders {
		f, err := openFolder(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		names, err := f.names()
		failed = append(failed, err)
		slices.Sort(names)
		for _, name := range names {
			if !strings.HasSuffix(name, suffix) {
				continue
			}
			l, err := f.left(name)
			failed = append(failed, err)
			if l != nil {
				list = append(list, l)
			}
		}
		f.Close()
	}
	return list, errors.Join(failed...)
}

// left opens one; nil: its process lives, or nothing is left to do.
func (f *folder) left(name string) (_ *Left, err error) {
	file, err := f.open(name, unix.O_RDWR|unix.O_APPEND)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // its process has just ended well
	}
	if err != nil {
		return nil, err
	}
	l := &Left{file: file}
	defer func() {
		if l.folder == nil {
			l.unlock()
			file.Close()
		}
	}()
	alive, err := l.lock()
	if err != nil || alive {
		return nil, err
	}
	if err := l.read(); err != nil {
		return nil, fmt.Errorf("%s: %w", file.Name(), err)
	}
	if l.Owner.lives() {
		return nil, nil
	}
	if len(l.Entries) == 0 {
		return nil, f.remove(name)
	}
	l.folder, err = openFolder(f.path)
	return l, err
}

// lock takes the lock. When it can't, or the file was removed meanwhile, somebody is at it.
func (l *Left) lock() (alive bool, err error) {
	fd := int(l.file.Fd())
	if unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB) == unix.EWOULDBLOCK {
		return true, nil
	}
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return false, err
	}
	switch {
	case info.Nlink == 0:
		return true, nil
	case info.Mode&unix.S_IFMT != unix.S_IFREG || info.Nlink != 1 || info.Size > longest:
		return false, fmt.Errorf("%s is no journal", l.file.Name())
	}
	return false, private(fd, l.file.Name())
}

// read takes in all whole lines.
func (l *Left) read() error {
	b, err := io.ReadAll(io.LimitReader(l.file, longest))
	if err != nil {
		return err
	}
	whole := bytes.LastIndexByte(b, '\n') + 1
	if whole < len(b) { // the last line was being written: what it was to say is not done
		if err := l.file.Truncate(int64(whole)); err != nil {
			return err
		}
	}
	first := true
	for text := range bytes.Lines(b[:whole]) {
		if err := l.take(text, first); err != nil {
			return err
		}
		first = false
	}
	return nil
}

// take takes in one line.
func (l *Left) take(text []byte, first bool) error {
	if first {
		var h header
		if err := json.Unmarshal(text, &h); err != nil || h.Version == 0 {
			return errors.New("it does not begin as a journal does")
		}
		if h.Version != version {
			return fmt.Errorf("it is of version %d, which a newer moonwire knows", h.Version)
		}
		l.Owner = h.Owner
		return nil
	}
	var one line
	switch err := json.Unmarshal(text, &one); {
	case err != nil:
		return fmt.Errorf("a line is spoilt: %w", err)
	case one.Begin != nil:
		l.Entries = append(l.Entries, *one.Begin)
	default:
		l.Entries = slices.DeleteFunc(l.Entries, func(e Entry) bool { return e.ID == one.End })
	}
	return nil
}

// Done forgets an entry.
func (l *Left) Done(id int) error {
	l.Entries = slices.DeleteFunc(l.Entries, func(e Entry) bool { return e.ID == id })
	if len(l.Entries) == 0 {
		return l.folder.remove(filepath.Base(l.file.Name()))
	}
	b, err := json.Marshal(line{End: id})
	if err == nil {
		_, err = l.file.Write(append(b, '\n'))
	}
	return err
}

// unlock gives up the lock, which closing alone would leave to a child that is about to run its program.
func (l *Left) unlock() { unix.Flock(int(l.file.Fd()), unix.LOCK_UN) }

// Close gives the journal free.
func (l *Left) Close() error {
	l.unlock()
	return errors.Join(l.file.Close(), l.folder.Close())
}
