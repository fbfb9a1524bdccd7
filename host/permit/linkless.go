package permit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"moonwire/host/network"
)

// linkless is this machine's file system for real paths. No link is followed, neither on the way nor at the end: a path
// that has one is another by now than the one that was decided about.
type linkless struct{ network.Files }

// errChanged is why a path isn't used.
var errChanged = errors.New("it became a link in between")

var errNoFolder = error(syscall.ENOTDIR)

// in calls use with the folder of a path, which is held open, and the name there.
func in(path string, use func(folder *os.Root, base string) error) error {
	dir, base := filepath.Split(filepath.Clean(path))
	if base == "" {
		base = "."
	}
	folder, err := openFolder(filepath.Clean(dir))
	if err != nil {
		return err
	}
	defer folder.Close()
	return use(folder, base)
}

// walk opens a folder from the root down, each on the way when it is no link.
func walk(dir string) (*os.Root, error) {
	volume := filepath.VolumeName(dir)
	at, err := os.OpenRoot(volume + string(filepath.Separator))
	for _, name := range strings.FieldsFunc(dir[len(volume):], func(r rune) bool { return r == filepath.Separator }) {
		if err != nil {
			return nil, err
		}
		var next *os.Root
		next, err = enter(at, name)
		at.Close()
		at = next
	}
	return at, err
}

// enter opens a folder in a folder.
func enter(at *os.Root, name string) (*os.Root, error) {
	is, err := at.Lstat(name)
	if err != nil {
		return nil, err
	}
	next, err := at.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	if got, err := next.Stat("."); err != nil || !os.SameFile(is, got) {
		next.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: errChanged}
	}
	return next, nil
}

func (l linkless) Open(path string, flag int, perm fs.FileMode) (network.File, error) {
	var file network.File
	err := in(path, func(folder *os.Root, base string) error {
		is, err := folder.Lstat(base)
		asked := flag
		switch {
		case errors.Is(err, fs.ErrNotExist) && flag&os.O_CREATE != 0:
			asked |= os.O_EXCL // which follows nothing
		case err != nil:
			return err
		case flag&(os.O_CREATE|os.O_EXCL) == os.O_CREATE|os.O_EXCL:
			return &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
		default:
			asked &^= os.O_TRUNC | os.O_CREATE
		}
		f, err := folder.OpenFile(base, asked, perm)
		if err != nil {
			return err
		}
		if is != nil {
			if err = same(is, f, path); err == nil && flag&os.O_TRUNC != 0 && is.Mode().IsRegular() {
				err = f.Truncate(0)
			}
		}
		if err != nil {
			f.Close()
			return err
		}
		file = network.OpenedFile(f)
		return nil
	})
	return file, err
}

// same fails when an open file isn't the one that was looked at.
func same(is fs.FileInfo, f *os.File, path string) error {
	got, err := f.Stat()
	if err == nil && !os.SameFile(is, got) {
		err = &fs.PathError{Op: "open", Path: path, Err: errChanged}
	}
	return err
}

func (l linkless) Stat(path string) (fs.FileInfo, error) {
	info, err := l.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: "stat", Path: path, Err: fs.ErrNotExist} // it leads nowhere
	}
	return info, err
}

func (l linkless) Lstat(path string) (info fs.FileInfo, err error) {
	err = in(path, func(folder *os.Root, base string) error {
		info, err = folder.Lstat(base)
		return err
	})
	return info, err
}

func (l linkless) ReadDir(path string) ([]fs.DirEntry, error) {
	folder, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	d, err := folder.Open(".")
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

func (l linkless) Readlink(path string) (target string, err error) {
	err = in(path, func(folder *os.Root, base string) error {
		target, err = folder.Readlink(base)
		return err
	})
	return target, err
}

func (l linkless) Remove(path string) error {
	return in(path, func(folder *os.Root, base string) error { return folder.Remove(base) })
}

func (l linkless) Mkdir(path string, perm fs.FileMode) error {
	return in(path, func(folder *os.Root, base string) error { return folder.Mkdir(base, perm) })
}

func (l linkless) Symlink(target, path string) error {
	return in(path, func(folder *os.Root, base string) error { return folder.Symlink(target, base) })
}

func (l linkless) Chtimes(path string, access, modification time.Time) error {
	return in(path, func(folder *os.Root, base string) error { return chtimes(folder, base, access, modification) })
}

func (l linkless) Rename(from, to string) error {
	return in(from, func(one *os.Root, old string) error {
		return in(to, func(two *os.Root, new string) error { return rename(one, old, two, new) })
	})
}

func (l linkless) Link(target, name string) error {
	return in(target, func(one *os.Root, old string) error {
		return in(name, func(two *os.Root, new string) error { return hardLink(one, old, two, new) })
	})
}
