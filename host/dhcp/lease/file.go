package lease

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"moonwire/host/network"
)

// A journal is the table's file: lines are appended, and now and then it is written anew without those that no longer
// count.
type journal struct {
	files   network.Files
	name    string
	sync    bool // to the disk, for each Commit
	file    network.File
	size    int64 // of what is whole
	lines   int   // in the file and in pending
	pending []byte
}

// Recovery is what was found in a file.
type Recovery struct {
	Lines    int      // that were whole
	Torn     int      // bytes of an unfinished line at the end, which were cut off
	Problems []string // of lines that could not be read, some 20 at most; they were left out
}

const problems = 20

// Keep makes the table live in a file: what the file holds comes into the table, and what changes goes to the file with
// Commit, which with sync also waits for the disk. Pools must be there before. The file is locked until Close: a second
// server fails with fs.ErrExist.
func (t *Table) Keep(files network.Files, name string, sync bool) (Recovery, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if files == nil {
		return Recovery{}, fmt.Errorf("lease file %s: no files are allowed here: %w", name, fs.ErrPermission)
	}
	j := &journal{files: files, name: name, sync: sync}
	if err := j.open(os.O_RDWR | os.O_CREATE); err != nil {
		return Recovery{}, err
	}
	r, err := t.load(j)
	if err == nil && j.worn(len(t.entries)) {
		err = t.compact(j)
	}
	if err != nil {
		j.file.Close()
		return r, fmt.Errorf("lease file %s: %w", name, err)
	}
	t.journal = j
	return r, nil
}

// open opens the file and locks it.
func (j *journal) open(flag int) error {
	f, err := j.files.Open(j.name, flag, 0o644)
	if err != nil {
		return fmt.Errorf("lease file: %w", err)
	}
	if err := f.Lock(true, 0, 0); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		f.Close()
		return fmt.Errorf("lease file %s: another server uses it: %w", j.name, fs.ErrExist)
	}
	j.file = f
	return nil
}

// errForeign is for a file without a single line of ours: it is somebody else's, and stays as it is.
var errForeign = errors.New("that is another kind of file, and is left alone (name another one, or remove it)")

// load reads the file into the table, and cuts off a last line that was never finished.
func (t *Table) load(j *journal) (r Recovery, err error) {
	in := bufio.NewReaderSize(j.file, 1<<16)
	for n := 1; ; n++ {
		text, err := in.ReadSlice('\n')
		switch {
		case err == io.EOF:
			r.Torn = len(text)
			if r.Lines == 0 && (n > 1 || !begun(text)) && j.size+int64(r.Torn) > 0 {
				return r, errForeign
			}
			return r, j.cut()
		case err == bufio.ErrBufferFull: // no line of ours is so long
			for err == bufio.ErrBufferFull {
				j.size += int64(len(text))
				text, err = in.ReadSlice('\n')
			}
			if err == io.EOF {
				if j.size += int64(len(text)); r.Lines == 0 {
					return r, errForeign
				}
				return r, j.cut()
			}
			text = nil
		case err != nil:
			return r, err
		}
		j.size += int64(len(text))
		b, bad := Binding{}, errors.New("it is too long")
		if text != nil {
			b, bad = parseLine(text[:len(text)-1])
		}
		if bad != nil {
			if len(r.Problems) < problems {
				r.Problems = append(r.Problems, fmt.Sprintf("line %d: %s", n, bad))
			}
			continue
		}
		r.Lines++
		j.lines++
		t.restore(b)
	}
}

// cut makes the file end where what is whole ends.
func (j *journal) cut() error {
	if err := j.file.Truncate(j.size); err != nil {
		return err
	}
	_, err := j.file.Seek(j.size, io.SeekStart)
	return err
}

// restore puts what a line says into the table.
func (t *Table) restore(b Binding) {
	e := t.entries[b.Prefix]
	if e == nil {
		e = t.add(b.Prefix)
	}
	t.set(e, b)
}

// keep collects a line for Commit. The table is locked, here and below.
func (t *Table) keep(b Binding) {
	if j := t.journal; j != nil {
		j.pending = appendLine(j.pending, b)
		j.lines++
	}
}

// Commit returns when all that was bound, released and declined is in the file. When that fails, nothing of it may be
// told to anybody.
func (t *Table) Commit() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	j := t.journal
	if j == nil || len(j.pending) == 0 {
		return nil
	}
	err := j.flush()
	if err == nil && j.worn(len(t.entries)) {
		err = t.compact(j)
	}
	if err != nil {
		return fmt.Errorf("lease file %s: %w", j.name, err)
	}
	return nil
}

// flush writes what is pending. A part of a line that was written is taken back.
func (j *journal) flush() error {
	n, err := j.file.Write(j.pending)
	if err == nil && j.sync {
		err = j.file.Sync()
	}
	j.pending = j.pending[:0]
	if err != nil {
		return errors.Join(err, j.cut())
	}
	j.size += int64(n)
	return nil
}

// worn says that most lines don't count any more.
func (j *journal) worn(entries int) bool { return j.lines > 2*entries+1000 }

// compact writes the file anew, beside the old one, whose place it then takes at once.
func (t *Table) compact(j *journal) error {
	next := &journal{files: j.files, name: j.name + ".new", sync: j.sync}
	if err := next.open(os.O_RDWR | os.O_CREATE | os.O_TRUNC); err != nil {
		return err
	}
	for _, b := range t.all() {
		if b.State != Offered {
			next.pending = appendLine(next.pending, b)
			next.lines++
		}
	}
	err := next.flush()
	if err == nil {
		err = next.file.Sync()
	}
	if err == nil {
		err = j.files.Rename(next.name, j.name)
	}
	if err != nil {
		next.file.Close()
		j.files.Remove(next.name)
		return err
	}
	j.file.Close()
	j.file, j.size, j.lines = next.file, next.size, next.lines
	return j.syncFolder()
}

// syncFolder makes the new name last, where folders can be synced.
func (j *journal) syncFolder() error {
	if !j.sync {
		return nil
	}
	d, err := j.files.Open(filepath.Dir(j.name), os.O_RDONLY, 0)
	if err != nil {
		return nil
	}
	defer d.Close()
	d.Sync()
	return nil
}

// Close writes the rest and closes the file.
func (t *Table) Close() error {
	err := t.Commit()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.journal != nil {
		err = errors.Join(err, t.journal.file.Close())
		t.journal = nil
	}
	return err
}
