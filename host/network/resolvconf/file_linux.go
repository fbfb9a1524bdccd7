package resolvconf

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// A File is a resolv.conf that this process may change. There is one for each path.
type File struct {
	path string

	mu     sync.Mutex
	layers []*Change // what is wanted, the last one counts
	ours   *os.File  // what is there now, locked; nil: it is not ours
	wait   *guardian // gives it back when this process can't
	before bool      // something is there to give back
	name   string    // of this run, on the line behind the mark
}

// files are those that this process has spoken of.
var files = struct {
	sync.Mutex
	by map[string]*File
}{by: map[string]*File{}}

// At is the file at a path.
func At(path string) *File {
	files.Lock()
	defer files.Unlock()
	f := files.by[path]
	if f == nil {
		f = &File{path: path}
		files.by[path] = f
	}
	return f
}

// A Change is one configuration of a file.
type Change struct {
	file *File
	c    Config
}

// Set makes a configuration count until its Change is undone. Among several the last one set counts. Nothing is changed
// when it fails.
func (f *File) Set(c Config) (*Change, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.layers) == 0 {
		if err := f.take(); err != nil {
			return nil, err
		}
	}
	layer := &Change{f, c}
	f.layers = append(f.layers, layer)
	if err := f.replace(); err != nil {
		f.drop(layer)
		return nil, err
	}
	return layer, nil
}

// Undo takes the configuration back. It may be called again.
func (c *Change) Undo() error {
	c.file.mu.Lock()
	defer c.file.mu.Unlock()
	return c.file.drop(c)
}

// Keep makes the configuration what the file was before, as far as it is concerned: it stays when all is given back.
func (c *Change) Keep() error {
	f := c.file
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Contains(f.layers, c) {
		return nil
	}
	old, _ := os.ReadFile(f.origin())
	if err := f.write(c.c.lines(string(old)), f.aside(), func(*os.File) error { return nil }); err != nil {
		return err
	}
	f.before = true
	return f.drop(c)
}

// drop ends a layer.
func (f *File) drop(layer *Change) error {
	at := slices.Index(f.layers, layer)
	if at < 0 {
		return nil
	}
	f.layers = slices.Delete(f.layers, at, at+1)
	if len(f.layers) == 0 {
		return f.giveBack()
	}
	return f.replace()
}

// wanted is what all layers come to.
func (f *File) wanted() Config {
	var all Config
	for _, l := range f.layers {
		if len(l.c.Servers) > 0 {
			all.Servers = l.c.Servers
		}
		if len(l.c.Search) > 0 {
			all.Search = l.c.Search
		}
	}
	return all
}

// aside is the name under which waits what was there before.
func (f *File) aside() string { return f.path + ".before-moonwire" }

// fresh is the name of a file until it is whole.
func (f *File) fresh() string { return f.path + ".new-moonwire" }

// take puts what is there aside, and starts the one who will put it back if this process can't.
func (f *File) take() (err error) {
	if err := f.recover(); err != nil {
		return err
	}
	err = os.Link(f.path, f.aside()) // of a symbolic link: the link
	f.before = err == nil
	if errors.Is(err, fs.ErrNotExist) {
		if _, there := os.Stat(filepath.Dir(f.path)); there == nil {
			err = nil
		}
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is being changed by another run of this program (%s exists)", f.path, f.aside())
	case errors.Is(err, syscall.EXDEV):
		return fmt.Errorf("%s is a mount point, as in a container: it can't be replaced in one step: %w", f.path, errors.ErrUnsupported)
	case err != nil:
		return err
	}
	f.name = "# run " + rand.Text()
	if f.wait, err = guard(f.path, f.aside(), f.fresh(), f.name); err != nil {
		f.forget()
		return fmt.Errorf("%s would stay changed after a crash: %w", f.path, err)
	}
	return nil
}

// Recover undoes what a run of this program left that was ended by force.
func (f *File) Recover() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.layers) > 0 {
		return nil // it is this process's
	}
	return f.recover()
}

// recover undoes what a run left that was ended by force. One that still runs holds a lock.
func (f *File) recover() error {
	there, err := os.Open(f.path)
	if err != nil {
		return nil // nothing, or a link to nothing: not ours
	}
	defer there.Close()
	if !isOurs(there) {
		return nil
	}
	if err := unix.Flock(int(there.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return fmt.Errorf("%s is being changed by another run of this program", f.path)
	}
	if err := os.Rename(f.aside(), f.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Remove(f.path)
}

// replace writes what is wanted in one step.
func (f *File) replace() error {
	if f.ours != nil && !f.isHere() {
		return fmt.Errorf("%s was changed by another program in the meantime", f.path)
	}
	old, _ := os.ReadFile(f.origin())
	var fresh *os.File
	if err := f.write(mark+f.name+"\n"+f.wanted().lines(string(old)), f.path, func(w *os.File) (err error) {
		// A second descriptor, which stays open, has the lock.
		if fresh, err = os.Open(w.Name()); err == nil {
			err = unix.Flock(int(fresh.Fd()), unix.LOCK_EX)
		}
		return err
	}); err != nil {
		if fresh != nil {
			fresh.Close()
		}
		return err
	}
	if f.ours != nil {
		f.ours.Close()
	}
	f.ours = fresh
	return nil
}

// write puts a file with a text into a place in one step, once it is ready.
func (f *File) write(text, place string, ready func(*os.File) error) error {
	w, err := os.OpenFile(f.fresh(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = w.WriteString(text)
	for _, step := range []func() error{
		func() error { return w.Chmod(0o644) }, // whatever the umask
		w.Sync,
		func() error { return ready(w) },
		func() error { return os.Rename(w.Name(), place) },
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		os.Remove(w.Name())
	}
	return err
}

// origin is where what was there before can be read.
func (f *File) origin() string {
	if !f.before {
		return os.DevNull
	}
	return f.aside()
}

// isHere says whether the file is still the one that was written here.
func (f *File) isHere() bool {
	mine, err := f.ours.Stat()
	if err != nil {
		return false
	}
	now, err := os.Lstat(f.path)
	return err == nil && os.SameFile(mine, now)
}

// giveBack leaves the file as it was.
func (f *File) giveBack() error {
	var err error
	switch {
	case f.ours == nil: // it was never replaced
	case !f.isHere():
		err = fmt.Errorf("%s was changed by another program in the meantime, and is left so", f.path)
	case !f.before:
		err = os.Remove(f.path)
	default:
		err = os.Rename(f.aside(), f.path)
	}
	f.forget()
	return err
}

// forget ends what goes with a change.
func (f *File) forget() {
	if f.before {
		os.Remove(f.aside())
	}
	if f.wait != nil {
		f.wait.dismiss()
	}
	if f.ours != nil {
		f.ours.Close()
	}
	f.before, f.wait, f.ours = false, nil, nil
}
