// Package shelf keeps installed recipes: packs in one folder, versions side by side, and an index by which a thousand of
// them list in a few milliseconds.
package shelf

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/pack"
	"moonwire/host/script"
)

// A Shelf is a folder of packs named NAME@VERSION.moon. The folder is made when the first one comes.
type Shelf struct{ dir string }

// Open is the shelf in a folder, which need not exist.
func Open(dir string) *Shelf { return &Shelf{dir} }

// Dir is the folder of the command's shelf: "recipes" in MOONWIRE_HOME, or in the user's folder for moonwire.
func Dir(getenv func(string) string) (string, error) {
	home, err := Home(getenv)
	return filepath.Join(home, "recipes"), err
}

// Home is where the command keeps what it must remember: MOONWIRE_HOME, or moonwire in the user's folder for
// configuration.
func Home(getenv func(string) string) (string, error) {
	if dir := getenv("MOONWIRE_HOME"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("no folder for recipes and keys: %w (set MOONWIRE_HOME)", err)
	}
	return filepath.Join(dir, "moonwire"), nil
}

// An Entry is an installed recipe.
type Entry struct {
	Name    string
	Version string
	Path    string // of its pack
	ID      string // the pack's

	Title      string
	About      string
	Categories []string
	head       string // the whole header, as it is written
}

// Header is all that the recipe says of itself.
func (e *Entry) Header() (*script.Header, error) { return script.Parse(filepath.Base(e.Path), e.head) }

// suffix ends a pack's file.
const suffix = ".moon"

// file is what the pack of a version is called.
func file(name, version string) string { return name + "@" + version + suffix }

// All are the installed recipes by name, the newest version of each first. Packs that can't be read are left out; the
// error names them.
func (s *Shelf) All() ([]Entry, error) {
	found, err := s.scan()
	slices.SortFunc(found, func(a, b Entry) int {
		if a.Name != b.Name {
			return strings.Compare(a.Name, b.Name)
		}
		return CompareVersions(b.Version, a.Version)
	})
	return found, err
}

// List is All without older versions.
func (s *Shelf) List() ([]Entry, error) {
	all, err := s.All()
	return slices.CompactFunc(all, func(a, b Entry) bool { return a.Name == b.Name }), err
}

// ErrNotFound is Find's error for a recipe that isn't installed.
var ErrNotFound = errors.New("not installed")

// Find finds NAME, its newest version, or NAME@VERSION. It reads no other recipe.
func (s *Shelf) Find(word string) (Entry, error) {
	name, version, exact := strings.Cut(word, "@")
	if pack.CheckName(name) != nil || exact && pack.CheckVersion(version) != nil {
		return Entry{}, fmt.Errorf("'%s' is %w", word, ErrNotFound)
	}
	if !exact {
		var err error
		if version, err = s.newest(name); err != nil {
			return Entry{}, err
		}
	}
	path := filepath.Join(s.dir, file(name, version))
	if version == "" || !exists(path) {
		return Entry{}, fmt.Errorf("'%s' is %w", word, ErrNotFound)
	}
	return read(path)
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// newest is the newest version of a recipe, "" when there is none.
func (s *Shelf) newest(name string) (version string, err error) {
	files, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	for _, f := range files {
		n, v, ok := parts(f.Name())
		if ok && n == name && (version == "" || CompareVersions(v, version) > 0) {
			version = v
		}
	}
	return version, err
}

// parts reads a name and a version from the name of a pack's file.
func parts(file string) (name, version string, ok bool) {
	stem, ok := strings.CutSuffix(file, suffix)
	if !ok {
		return "", "", false
	}
	name, version, ok = strings.Cut(stem, "@")
	return name, version, ok && pack.CheckName(name) == nil && pack.CheckVersion(version) == nil
}

// isPack says whether a file has the name of a pack.
func isPack(file string) bool {
	_, _, ok := parts(file)
	return ok
}

// read is the entry of a pack.
func read(path string) (Entry, error) {
	p, err := pack.Open(path)
	if err != nil {
		return Entry{}, err
	}
	defer p.Close()
	return entryOf(path, p)
}

// entryOf describes an installed pack, which must be the one that its file's name says.
func entryOf(path string, p *pack.Pack) (Entry, error) {
	if want := file(p.Manifest.Name, p.Manifest.Version); filepath.Base(path) != want {
		return Entry{}, fmt.Errorf("%s holds %s", path, want)
	}
	return Entry{p.Manifest.Name, p.Manifest.Version, path, p.ID, p.Header.Title, p.Header.About, p.Header.Categories, headerText(p)}, nil
}

// headerText is the header of a pack's main file.
func headerText(p *pack.Pack) string {
	rest := p.Main()
	for range p.Header.Lines {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return p.Main()[:len(p.Main())-len(rest)]
}
