package shelf

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"moonwire/host/pack"
)

// ErrExists is Install's error when the shelf has another pack of that name and version.
var ErrExists = errors.New("is installed with other contents")

// Install puts a pack on the shelf: whole, checked to its last byte, or not at all. A name and version that are there
// with other contents are replaced only when told so.
func (s *Shelf) Install(r io.Reader, replace bool) (Entry, error) {
	if err := os.MkdirAll(s.dir, 0o777); err != nil {
		return Entry{}, err
	}
	f, err := os.CreateTemp(s.dir, "install.*.tmp")
	if err != nil {
		return Entry{}, err
	}
	defer os.Remove(f.Name()) // which is gone when all went well
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return Entry{}, err
	}
	return s.place(f.Name(), replace)
}

// place checks a pack in the shelf's folder and gives it its name.
func (s *Shelf) place(temporary string, replace bool) (Entry, error) {
	p, err := pack.Open(temporary)
	if err != nil {
		return Entry{}, unnamed(err)
	}
	err = p.Verify()
	if e := p.Close(); err == nil {
		err = e
	}
	if err != nil {
		return Entry{}, unnamed(err)
	}
	m := p.Manifest
	path := filepath.Join(s.dir, file(m.Name, m.Version))
	if err := s.free(p, path, replace); err != nil {
		return Entry{}, err
	}
	if err := os.Rename(temporary, path); err != nil {
		return Entry{}, err
	}
	return entryOf(path, p)
}

// unnamed takes the temporary file's name from a refusal.
func unnamed(err error) error {
	var refused *pack.Error
	if errors.As(err, &refused) {
		return &pack.Error{Entry: refused.Entry, Problem: refused.Problem}
	}
	return err
}

// free says why a pack can't get its name.
func (s *Shelf) free(p *pack.Pack, path string, replace bool) error {
	m := p.Manifest
	files, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		name, _, ok := parts(f.Name())
		if ok && name != m.Name && strings.EqualFold(name, m.Name) {
			return fmt.Errorf("'%s' and the installed '%s' differ in upper and lower case only", m.Name, name)
		}
	}
	if replace || !exists(path) {
		return nil
	}
	if there, err := read(path); err != nil || there.ID != p.ID {
		return fmt.Errorf("%s@%s %w", m.Name, m.Version, ErrExists)
	}
	return nil
}

// Remove takes NAME, all its versions, or NAME@VERSION from the shelf, and says which files it removed.
func (s *Shelf) Remove(word string) ([]string, error) {
	name, version, exact := strings.Cut(word, "@")
	files, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var removed []string
	for _, f := range files {
		n, v, ok := parts(f.Name())
		if !ok || n != name || exact && v != version {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, f.Name())); err != nil {
			return removed, err
		}
		removed = append(removed, n+"@"+v)
	}
	if len(removed) == 0 {
		return nil, fmt.Errorf("'%s' is %w", word, ErrNotFound)
	}
	return removed, nil
}
