package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"moonwire/host/network"
	"moonwire/host/record"
)

// modules are files of which the Lua ones that a script reads are put into its record, for whoever opens that.
type modules struct {
	network.Files
	into *record.Writer
	kept map[string]bool
}

// largestModule is as much of a file as is put aside.
const largestModule = 1 << 20

// Open looks whether the file is Lua.
func (m *modules) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	f, err := m.Files.Open(name, flag, perm)
	if err != nil || flag != os.O_RDONLY || filepath.Ext(name) != ".lua" || m.kept[name] {
		return f, err
	}
	if m.kept == nil {
		m.kept = map[string]bool{}
	}
	m.kept[name] = true
	return &module{File: f, as: record.Modules + inside(name), into: m.into}, nil
}

// inside is a path as one below the record's folder.
func inside(name string) string {
	name = filepath.ToSlash(filepath.Clean(strings.TrimPrefix(name, filepath.VolumeName(name))))
	var parts []string
	for _, p := range strings.Split(name, "/") {
		if p != "" && p != "." && p != ".." {
			parts = append(parts, strings.Map(harmless, p))
		}
	}
	return strings.Join(parts, "/")
}

// harmless keeps a name one that every system can have.
func harmless(r rune) rune {
	if strings.ContainsRune(`\:*?"<>|`, r) || r < ' ' {
		return '_'
	}
	return r
}

// module is a Lua file that is read.
type module struct {
	network.File
	as   string
	into *record.Writer
	read bytes.Buffer
}

func (m *module) Read(b []byte) (int, error) {
	n, err := m.File.Read(b)
	if m.read.Len() < largestModule {
		m.read.Write(b[:n])
	}
	return n, err
}

// Close puts what was read into the record.
func (m *module) Close() error {
	if m.read.Len() > 0 {
		_, _ = m.into.File(m.as).Write(m.read.Bytes())
		m.read.Reset()
	}
	return m.File.Close()
}
