package docgen_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/docgen"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

//go:generate go test . -run TestReference -update

var update = flag.Bool("update", false, "write the reference anew")

const folder = "reference"

// all is the library that scripts have.
func all(t *testing.T) *docgen.Library {
	t.Helper()
	lib, err := docgen.New(slices.Concat(vm.Modules(), catalog.Modules()), stdlib.FS)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestReference compares the pages in reference/ with the records they are made of.
func TestReference(t *testing.T) {
	pages := all(t).Markdown()
	if *update {
		write(t, pages)
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		old, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Errorf("%v (make generate writes it)", err)
		} else if diff := difference(string(old), pages[name]); diff != "" {
			t.Errorf("%s/%s is stale:\n%s\nmake generate writes it anew", folder, name, diff)
		}
	}
	present, _ := filepath.Glob(filepath.Join(folder, "*"))
	for _, path := range present {
		if _, ok := pages[filepath.Base(path)]; !ok {
			t.Errorf("%s belongs to no module (make generate removes it)", path)
		}
	}
}

func write(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// difference shows the lines in which two texts differ, between their common start and end.
func difference(old, new string) string {
	if old == new {
		return ""
	}
	a, b := strings.Split(old, "\n"), strings.Split(new, "\n")
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for len(a) > start && len(b) > start && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return "- " + strings.Join(a[start:], "\n- ") + "\n+ " + strings.Join(b[start:], "\n+ ")
}

// TestPages makes sure that every name in the library has a page.
func TestPages(t *testing.T) {
	lib := all(t)
	for _, name := range lib.Names() {
		if text, err := lib.Text(name); err != nil || strings.TrimSpace(text) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
