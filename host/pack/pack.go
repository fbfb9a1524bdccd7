package pack

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"moonwire/host/script"
)

// A Pack is one that was opened. Its methods may be called from several goroutines.
type Pack struct {
	Manifest  *Manifest
	Header    *script.Header // of its main file
	ID        string         // the manifest's SHA-256 in hexadecimal: it stands for every byte of the recipe
	Signature *Signature     // nil: unsigned

	name     string // in errors
	tool     bool   // it is that of a built tool
	text     []byte // the manifest's
	main     string // the main file's
	file     io.ReaderAt
	closer   io.Closer
	contents map[string]content
}

// A content is a file of the recipe, where it lies and what it must be.
type content struct {
	*entry
	File
}

// Open opens a pack's file.
func Open(file string) (*Pack, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &Error{Pack: file, Problem: "not a file"}
	}
	if err == nil {
		var p *Pack
		if p, err = Read(file, f, info.Size()); err == nil {
			p.closer = f
			return p, nil
		}
	}
	f.Close()
	return nil, err
}

// Read reads a pack of size bytes; name is what errors call it. It checks all but the contents of files that are not the
// main one, which are checked when they are read, or by Verify.
func Read(name string, r io.ReaderAt, size int64) (*Pack, error) {
	p := &Pack{name: name, file: r, contents: map[string]content{}}
	err := p.open(size)
	if err != nil {
		return nil, p.named(err)
	}
	return p, nil
}

// named adds the pack's name to an error of its own.
func (p *Pack) named(err error) error {
	var refused *Error
	if errors.As(err, &refused) && refused.Pack == "" {
		refused.Pack = p.name
	}
	return err
}

// ReadTool is Read for the pack in a built tool, which may have flags built in.
func ReadTool(name string, r io.ReaderAt, size int64) (*Pack, error) {
	p := &Pack{name: name, file: r, contents: map[string]content{}, tool: true}
	if err := p.open(size); err != nil {
		return nil, p.named(err)
	}
	return p, nil
}

func (p *Pack) open(size int64) error {
	entries, err := readDirectory(p.file, size)
	if err != nil {
		return err
	}
	byName, err := index(entries)
	if err != nil {
		return err
	}
	if err := p.readManifest(byName); err != nil {
		return err
	}
	if err := p.match(byName, size); err != nil {
		return err
	}
	main, err := p.read(p.Manifest.Main)
	if err != nil {
		return err
	}
	p.main = string(main)
	if p.Header, err = script.Parse(p.Manifest.Main, p.main); err != nil {
		return refuse("%s", err)
	}
	return p.Manifest.checkNeeds(p.Header)
}

// index checks the names of a zip's entries.
func index(entries []*entry) (map[string]*entry, error) {
	byName, seen := make(map[string]*entry, len(entries)), pathSet{}
	for _, e := range entries {
		if err := checkPath(e.name); err != nil {
			return nil, refuseEntry(e.name, "%s", err)
		}
		if err := seen.add(e.name); err != nil {
			return nil, refuseEntry(e.name, "%s", err)
		}
		byName[e.name] = e
	}
	return byName, nil
}

func (p *Pack) readManifest(byName map[string]*entry) (err error) {
	e := byName[manifestName]
	switch {
	case e == nil:
		return refuse("no pack: it has no %s", manifestName)
	case e.size > maxManifest:
		return refuseEntry(manifestName, "%d bytes are more than one may have (%d)", e.size, maxManifest)
	}
	if p.text, err = e.read(p.file); err != nil {
		return err
	}
	if p.Manifest, err = parseManifest(p.text); err != nil {
		return err
	}
	if len(p.Manifest.Flags) > 0 && !p.tool {
		return refuseEntry(manifestName, "asks for moonwire's flags, which only a built tool may")
	}
	p.ID = sum(p.text)
	if e = byName[signatureName]; e == nil {
		return nil
	}
	if e.size > maxSignature {
		return refuseEntry(signatureName, "%d bytes are too many for a signature", e.size)
	}
	text, err := e.read(p.file)
	if err != nil {
		return err
	}
	p.Signature, err = parseSignature(text)
	return err
}

// match finds the manifest's files among the entries: each one is there, with its size, and nothing else is.
func (p *Pack) match(byName map[string]*entry, size int64) error {
	var total int64
	for _, f := range p.Manifest.Files {
		e := byName[f.Path]
		switch {
		case e == nil:
			return refuseEntry(f.Path, "is in the manifest but not in the pack")
		case e.size != f.Size:
			return refuseEntry(f.Path, "has %d bytes, its manifest says %d", e.size, f.Size)
		}
		total += e.size
		p.contents[f.Path] = content{e, f}
	}
	for name := range byName {
		if _, listed := p.contents[name]; !listed && name != manifestName && name != signatureName {
			return refuseEntry(name, "is in the pack but not in its manifest")
		}
	}
	if total > freely && total/maxGrowth > size {
		return refuse("a zip bomb: %d bytes would unpack to %d", size, total)
	}
	return nil
}

// Close closes the file that the pack was opened from.
func (p *Pack) Close() error {
	if p.closer == nil {
		return nil
	}
	return p.closer.Close()
}

// Main is the source of the main file.
func (p *Pack) Main() string { return p.main }

// Verify reads all files and finds out whether one was altered.
func (p *Pack) Verify() error {
	for _, f := range p.Manifest.Files {
		if _, err := p.read(f.Path); err != nil {
			return p.named(err)
		}
	}
	return nil
}

// read unpacks a file, and is sure that it is the one that the manifest means.
func (p *Pack) read(path string) ([]byte, error) {
	c, ok := p.contents[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	data, err := c.read(p.file)
	if err != nil {
		return nil, err
	}
	if sum(data) != c.SHA256 {
		return nil, refuseEntry(path, "altered: its SHA-256 isn't that of the manifest")
	}
	return data, nil
}

// ReadFile is a whole file of the recipe (fs.ReadFileFS).
func (p *Pack) ReadFile(path string) ([]byte, error) {
	data, err := p.read(path)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: path, Err: p.named(err)}
	}
	return data, nil
}

// Open opens a file of the recipe for reading (fs.FS).
func (p *Pack) Open(path string) (fs.File, error) {
	data, err := p.read(path)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: p.named(err)}
	}
	return &openFile{bytes.NewReader(data), path}, nil
}

// Files are the paths of the recipe's files.
func (p *Pack) Files() []string {
	paths := make([]string, 0, len(p.Manifest.Files))
	for _, f := range p.Manifest.Files {
		paths = append(paths, f.Path)
	}
	return slices.Clip(paths)
}

// An openFile is a file of a pack, unpacked.
type openFile struct {
	*bytes.Reader
	path string
}

func (f *openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.path, f.Reader.Size()}, nil }
func (f *openFile) Close() error               { return nil }

// A fileInfo describes a file of a pack.
type fileInfo struct {
	path string
	size int64
}

func (i fileInfo) Name() string {
	for at := len(i.path) - 1; at >= 0; at-- {
		if i.path[at] == '/' {
			return i.path[at+1:]
		}
	}
	return i.path
}
func (i fileInfo) Size() int64        { return i.size }
func (i fileInfo) Mode() fs.FileMode  { return 0o444 }
func (i fileInfo) ModTime() time.Time { return time.Time{} }
func (i fileInfo) IsDir() bool        { return false }
func (i fileInfo) Sys() any           { return nil }
