package permit

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// Two folders are one here, or there is no way to hold both.
func rename(one *os.Root, old string, two *os.Root, new string) error {
	if err := sameFolder(one, two); err != nil {
		return &os.LinkError{Op: "rename", Old: old, New: new, Err: err}
	}
	return one.Rename(old, new)
}

func hardLink(one *os.Root, old string, two *os.Root, new string) error {
	if err := sameFolder(one, two); err != nil {
		return &os.LinkError{Op: "link", Old: old, New: new, Err: err}
	}
	return one.Link(old, new)
}

func sameFolder(one, two *os.Root) error {
	if filepath.Clean(one.Name()) != filepath.Clean(two.Name()) {
		return errors.New("under permissions a file stays in its folder on this system")
	}
	return nil
}

func chtimes(folder *os.Root, base string, access, modification time.Time) error {
	return folder.Chtimes(base, access, modification)
}
