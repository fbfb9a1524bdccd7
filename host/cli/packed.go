package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"moonwire/host"
	"moonwire/host/catalog"
	"moonwire/host/keyring"
	"moonwire/host/pack"
	"moonwire/host/script"
	"moonwire/host/shelf"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

// isPack says whether a file is meant as a pack: it is called one, or begins as a zip does.
func isPack(file string) bool {
	if filepath.Ext(file) == ".moon" {
		return true
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	begin := make([]byte, 4)
	_, err = f.Read(begin)
	return err == nil && bytes.Equal(begin, []byte("PK\x03\x04"))
}

// readPack reads a pack that was named by its path. Every byte of it is checked before any of it runs.
func readPack(file string) (source, error) {
	p, err := pack.Open(file)
	if err != nil {
		return source{}, err
	}
	if err := p.Verify(); err != nil {
		return source{}, err
	}
	s := packedSource(p)
	s.trust, s.called = packed, file
	return s, nil
}

// packedSource is the script in a pack.
func packedSource(p *pack.Pack) source {
	header := *p.Header
	header.Needs = neededBy(p)
	return source{name: p.Manifest.Main, code: blankShebang(p.Main()), header: &header, pack: p}
}

// script is what the host runs.
func (s source) script(values script.Values) host.Script {
	run := host.Script{Name: s.name, Source: s.code, Dir: s.dir, Args: values}
	if s.pack != nil {
		run.FS = s.pack
	}
	return run
}

// neededBy are those of the header's needs that the manifest asks for.
func neededBy(p *pack.Pack) []script.Need {
	var needs []script.Need
	for _, n := range p.Header.Needs {
		for _, asked := range p.Manifest.Needs {
			if n.String() == asked {
				needs = append(needs, n)
				break
			}
		}
	}
	return needs
}

// openShelf is where this user's recipes lie.
func openShelf() (*shelf.Shelf, error) {
	dir, err := shelf.Dir(os.Getenv)
	return shelf.Open(dir), err
}

// readInstalled reads an installed recipe: NAME or NAME@VERSION. The error is shelf.ErrNotFound when there is none.
func readInstalled(word string) (source, error) {
	s, err := openShelf()
	if err != nil {
		return source{}, err
	}
	e, err := s.Find(word)
	if err != nil {
		return source{}, err
	}
	src, err := readPack(e.Path)
	src.trust, src.called = installed, word
	return src, err
}

// knownModules are the names that require finds in moonwire.
func knownModules() []string {
	known := []string{"string", "table", "math", "io", "os", "coroutine", "debug", "package"}
	for _, m := range append(vm.Modules(), catalog.Modules()...) {
		known = append(append(known, m.Name), m.Aliases...)
	}
	_ = fs.WalkDir(stdlib.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if name, ok := strings.CutSuffix(file, ".lua"); ok {
			known = append(known, strings.ReplaceAll(name, "/", "."))
		}
		return err
	})
	return known
}

// signerOf finds out who stands behind a pack.
func signerOf(p *pack.Pack) (keyring.Signer, error) {
	store, err := openTrust()
	if err != nil {
		return keyring.Signer{}, err
	}
	return store.SignerOf(p)
}
