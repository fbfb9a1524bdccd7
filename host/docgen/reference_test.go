package docgen_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/cli"
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

// TestReference compares the pages in reference/ with what moonwire doc --markdown writes.
func TestReference(t *testing.T) {
	dir := t.TempDir()
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		dir = folder
	}
	var log strings.Builder
	if code := cli.Main([]string{"doc", "--markdown", dir}, cli.Streams{In: strings.NewReader(""), Out: &log, Err: &log}); code != 0 {
		t.Fatal(log.String())
	}
	pages, present := files(t, dir), files(t, folder)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		old, ok := present[name]
		if !ok {
			t.Errorf("%s/%s is missing (make generate writes it)", folder, name)
		} else if diff := difference(old, pages[name]); diff != "" {
			t.Errorf("%s/%s is stale:\n%s\nmake generate writes it anew", folder, name, diff)
		}
	}
	for name := range present {
		if _, ok := pages[name]; !ok {
			t.Errorf("%s/%s belongs to nothing (make generate removes it)", folder, name)
		}
	}
}

// files are those below a folder, by name.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all, tree := map[string]string{}, os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(tree, name)
		all[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// longest is how many lines of a difference are shown.
const longest = 40

// difference shows the lines that only one of two texts has, in their order.
func difference(old, new string) string {
	a, b := strings.Split(old, "\n"), strings.Split(new, "\n")
	common := commonLines(a, b)
	var out []string
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, "- "+a[i])
			i++
		default:
			out = append(out, "+ "+b[j])
			j++
		}
	}
	if len(out) > longest {
		out = append(out[:longest], fmt.Sprintf("... and %d lines more", len(out)-longest))
	}
	return strings.Join(out, "\n")
}

// commonLines is the table of the longest common subsequences of a[i:] and b[j:].
func commonLines(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

func TestDifference(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"a\nb\nc", "a\nb\nc", ""},
		{"a\nb\nc", "a\nx\nc", "- b\n+ x"},
		{"a\nb", "a\nb\nc", "+ c"},
		{"a\nb\nc", "b\nc", "- a"},
		{"", strings.Repeat("x\n", 50), strings.Repeat("+ x\n", 40) + "... and 10 lines more"},
	} {
		if got := difference(tt.old, tt.new); got != tt.want {
			t.Errorf("difference(%q, %q) = %q, want %q", tt.old, tt.new, got, tt.want)
		}
	}
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
