//go:build unix

package permit

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// at gives the descriptors of two folders to use.
func at(one, two *os.Root, use func(one, two int) error) error {
	a, err := one.Open(".")
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := two.Open(".")
	if err != nil {
		return err
	}
	defer b.Close()
	return use(int(a.Fd()), int(b.Fd()))
}

func rename(one *os.Root, old string, two *os.Root, new string) error {
	return at(one, two, func(a, b int) error { return linkError("rename", old, new, unix.Renameat(a, old, b, new)) })
}

func hardLink(one *os.Root, old string, two *os.Root, new string) error {
	return at(one, two, func(a, b int) error { return linkError("link", old, new, unix.Linkat(a, old, b, new, 0)) })
}

func linkError(op, old, new string, err error) error {
	if err == nil {
		return nil
	}
	return &os.LinkError{Op: op, Old: old, New: new, Err: err}
}

func chtimes(folder *os.Root, base string, access, modification time.Time) error {
	return at(folder, folder, func(a, _ int) error {
		var times [2]unix.Timespec
		for i, t := range []time.Time{access, modification} {
			var err error
			if times[i], err = unix.TimeToTimespec(t); err != nil {
				return err
			}
		}
		if err := unix.UtimesNanoAt(a, base, times[:], unix.AT_SYMLINK_NOFOLLOW); err != nil {
			return &os.PathError{Op: "chtimes", Path: base, Err: err}
		}
		return nil
	})
}
