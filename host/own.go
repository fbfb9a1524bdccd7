package host

import (
	"io/fs"
	"os"
)

// files are those that come with a script: FS, or else those of its folder.
func (s Script) files() fs.FS {
	switch {
	case s.FS != nil:
		return s.FS
	case s.Dir != "":
		return folder(s.Dir)
	}
	return nil
}

// A folder is the files below a path, and nothing that a link in it leads to outside.
type folder string

// Open opens a plain file.
func (f folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid} // a pipe would make its reader wait
	}
	if err != nil {
		return nil, err
	}
	return root.Open(name)
}
