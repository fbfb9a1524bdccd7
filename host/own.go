package host

import (
	"io/fs"
	"os"
	"path/filepath"

	"moonwire/host/network"
	"moonwire/host/permit"
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

// data are those as scripts find them. What lies in a folder beside a restricted script needn't be its own: it must be granted.
func (o *Options) data(s Script, may *permit.Policy) fs.FS {
	f := s.files()
	if dir, is := f.(folder); is && may.Restricted() {
		f = granted{dir, may.Files(network.OSFiles())}
	}
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

// granted is a folder of which a policy says what may be read.
type granted struct {
	folder
	may network.Files
}

// Open opens the very file that was decided about.
func (g granted) Open(name string) (fs.File, error) {
	path, err := filepath.Abs(filepath.Join(string(g.folder), filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	allowed, err := g.may.Stat(path)
	if err != nil {
		return nil, err
	}
	f, err := g.folder.Open(name)
	if err != nil {
		return nil, err
	}
	if is, err := f.Stat(); err != nil || !os.SameFile(allowed, is) {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f, nil
}
