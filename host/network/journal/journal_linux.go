package journal

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sys/unix"
)

// suffix ends the names of journals.
const suffix = ".journal"

// header is the first line.
type header struct {
	Version int   `json:"moonwire_journal"`
	Owner   Owner `json:"owner"`
}

const version = 1

// line is each other one.
type line struct {
	Begin *Entry `json:"begin,omitempty"`
	End   int    `json:"end,omitempty"` // the number of an entry that was undone
}

// A Journal is this process's.
type Journal struct {
	folders []string

	mu     sync.Mutex
	folder *folder
	file   *os.File // locked; nil: nothing is changed
	open   []Entry  // oldest first
	last   int      // number of an entry
	lines  int
}

// At is a journal in the first of some folders that will have it. Nothing is made before the first change.
func At(folders []string) *Journal { return &Journal{folders: folders} }

// Begin writes what is about to be done, and returns its number. Data says how to undo it. When it fails, the change must
// not be made.
func (j *Journal) Begin(e Entry, data any) (id int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e.Data, err = json.Marshal(data); err != nil {
		return 0, err
	}
	e.ID = j.last + 1
	if j.file == nil {
		err = j.create()
	} else if j.lines > 1000+4*len(j.open) {
		err = j.renew()
	}
	if err == nil {
		err = j.write(line{Begin: &e})
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		j.tidy()
		return 0, fmt.Errorf("it would stay after a crash: no journal: %w (MOONWIRE_HOME may name a folder for it)", err)
	}
	j.last = e.ID
	j.open = append(j.open, e)
	return e.ID, nil
}

// End forgets a change that was undone, or is to stay.
func (j *Journal) End(id int) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	before := len(j.open)
	j.open = slices.DeleteFunc(j.open, func(e Entry) bool { return e.ID == id })
	if len(j.open) == before {
		return nil
	}
	if len(j.open) > 0 {
		return j.write(line{End: id})
	}
	return j.tidy()
}

// Open are the changes that are not undone, oldest first.
func (j *Journal) Open() []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.open)
}

// tidy removes the file when nothing is open.
func (j *Journal) tidy() error {
	if len(j.open) > 0 || j.file == nil {
		return nil
	}
	err := j.folder.remove(filepath.Base(j.file.Name()))
	j.file.Close()
	j.folder.Close()
	j.file, j.folder = nil, nil
	return err
}

// create makes a locked file with its first line.
func (j *Journal) create() error {
	owner, err := self()
	if err != nil {
		return err
	}
	if j.folder == nil {
		if j.folder, err = makeFolder(j.folders); err != nil {
			return err
		}
	}
	for j.file == nil {
		if j.file, err = j.folder.locked(fmt.Sprintf("%d-%s%s", owner.PID, rand.Text()[:8], suffix)); err != nil {
			return err
		}
	}
	j.lines = 0
	if err = j.write(header{version, owner}); err == nil {
		err = j.folder.sync()
	}
	return err
}

// locked makes a file and locks it; nil: somebody who found it empty in between has removed it.
func (f *folder) locked(name string) (*os.File, error) {
	file, err := f.open(name, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL|unix.O_APPEND)
	if err != nil {
		return nil, err
	}
	var info unix.Stat_t
	unix.Flock(int(file.Fd()), unix.LOCK_EX) // a file system without locks has the process's number
	if err := unix.Fstat(int(file.Fd()), &info); err != nil || info.Nlink == 0 {
		file.Close()
		return nil, err
	}
	return file, nil
}

// renew begins another file with what is open, when most of this one is over.
func (j *Journal) renew() error {
	old := j.file
	j.file = nil
	err := j.create()
	for _, e := range j.open {
		if err == nil {
			err = j.write(line{Begin: &e})
		}
	}
	if err == nil {
		err = j.file.Sync()
	}
	drop := old
	if err != nil {
		drop, j.file = j.file, old
	}
	if drop != nil {
		j.folder.remove(filepath.Base(drop.Name()))
		drop.Close()
	}
	return err
}

// write appends a line in one call.
func (j *Journal) write(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	j.lines++
	_, err = j.file.Write(append(b, '\n'))
	return err
}
