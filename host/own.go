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

// own are the only places where a script may find its modules: of one that is packed or restricted its own files, and
// the folders that its user named. nil: require searches as Lua does.
func (s Script) own(path []string, restricted bool) []fs.FS {
	if s.FS == nil && !restricted {
		return nil
	}
	var places []fs.FS
	if f := s.files(); f != nil {
		places = append(places, f)
	}
	for _, dir := range path {
		places = append(places, folder(dir))
	}
	return places
}

// through puts Data before places.
func (o *Options) through(places []fs.FS) []fs.FS {
	if o.Hooks.Data != nil {
		for i, p := range places {
			places[i] = o.Hooks.Data(p)
		}
	}
	return places
}

// data are those as scripts find them.
func (o *Options) data(s Script) fs.FS {
	f := s.files()
	if f == nil || o.Hooks.Data == nil {
		return f
	}
	return o.Hooks.Data(f)
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
