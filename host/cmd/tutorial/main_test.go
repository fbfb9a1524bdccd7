package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var root = os.DirFS("../../..")

// TestTutorial compares the pages and pictures with what scripts and runs give now.
func TestTutorial(t *testing.T) {
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(os.DirFS(path.Join(home, "../../..")))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		old, err := fs.ReadFile(root, name)
		if err != nil {
			t.Errorf("%v (make generate writes it)", err)
		} else if line, was, is := first(string(old), text); line > 0 {
			t.Errorf("%s:%d is stale:\n- %s\n+ %s\nmake generate writes it anew", name, line, was, is)
		}
	}
	present, _ := fs.Glob(root, folder+"/pictures/*")
	for _, name := range present {
		if _, ok := files[name]; !ok {
			t.Errorf("%s is in no chapter (make generate removes it)", name)
		}
	}
}

// first is the first line in which two texts differ; 0 when they don't.
func first(old, new string) (line int, was, is string) {
	a, b := strings.Split(old, "\n"), strings.Split(new, "\n")
	for i := range max(len(a), len(b)) {
		was, is = "(the end)", "(the end)"
		if i < len(a) {
			was = a[i]
		}
		if i < len(b) {
			is = b[i]
		}
		if was != is {
			return i + 1, was, is
		}
	}
	return 0, "", ""
}

// TestLanguages holds all languages to the same chapters, with the same code, runs and pictures in the same order.
func TestLanguages(t *testing.T) {
	texts, err := fs.Glob(root, folder+"/text/en/*.md")
	if err != nil || len(texts) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, name := range texts {
		for _, w := range languages[1:] {
			other := strings.Replace(name, "/en/", "/"+w.folder+"/", 1)
			if a, b := asks(t, name), asks(t, other); !slices.Equal(a, b) {
				t.Errorf("%s and %s ask for different things:\n%s\n\n%s", name, other, strings.Join(a, "\n"), strings.Join(b, "\n"))
			}
		}
	}
}

// asks are all that a text asks for, without the words that stand in place of pictures.
func asks(t *testing.T, name string) []string {
	b, err := fs.ReadFile(root, name)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(b)) {
		ask, ok := asked(strings.TrimSpace(line))
		if verb, _, _ := strings.Cut(ask, " "); verb == "lab" || verb == "ladder" {
			ask = strings.Join(strings.Fields(ask)[:len(verb)/3], " ") // lab; ladder N
		}
		if ok {
			list = append(list, ask)
		}
	}
	return list
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks follows every link of the pages that leads to a file or a place in the page.
func TestLinks(t *testing.T) {
	for _, w := range languages {
		b, err := fs.ReadFile(root, path.Join(folder, w.file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			to := m[1]
			switch {
			case strings.HasPrefix(to, "https://"):
			case strings.HasPrefix(to, "#"):
				if !strings.Contains(string(b), `<a id="`+to[1:]+`"></a>`) {
					t.Errorf("%s: no place %s", w.file, to)
				}
			default:
				if _, err := fs.Stat(root, path.Join(folder, to)); err != nil {
					t.Errorf("%s: %v", w.file, err)
				}
			}
		}
	}
}

func TestCut(t *testing.T) {
	c := newCut("code", "\na\n  b 1\n\nc\n")
	if piece, err := c.next("b"); piece != "a" || err != nil {
		t.Errorf("%q, %v", piece, err)
	}
	if _, err := c.next("a"); err == nil {
		t.Error("what was shown is there once more")
	}
	if c.done() == nil {
		t.Error("the rest may be left out")
	}
	if piece, err := c.next(""); piece != "  b 1\n\nc" || err != nil {
		t.Errorf("%q, %v", piece, err)
	}
	if err := c.done(); err != nil {
		t.Error(err)
	}
}

func TestBetween(t *testing.T) {
	for _, tt := range []struct{ from, until, want string }{
		{"", "", "a\nb 1\nc\na"},
		{"b", "", "b 1\nc\na"},
		{"", "c", "a\nb 1"},
		{"a", "a", "a\nb 1\nc"},
	} {
		if got, err := between("a\nb 1\nc\na\n", tt.from, tt.until); got != tt.want || err != nil {
			t.Errorf("from %q until %q: %q, %v", tt.from, tt.until, got, err)
		}
	}
	if _, err := between("a", "x", ""); err == nil {
		t.Error("no line begins with x")
	}
}
