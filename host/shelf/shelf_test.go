package shelf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"moonwire/host/pack"
)

// packed is the pack of a recipe of one file.
func packed(t testing.TB, name, version, title string) []byte {
	t.Helper()
	var b bytes.Buffer
	main := fmt.Sprintf("-- title: %s\n-- about: what it shows\n-- arg: ip address = 10.0.0.2 | whose\n-- categories: safe, link\n\nprint 'hello'\n", title)
	err := pack.Write(&b, &pack.Recipe{Name: name, Version: version, Main: "main.lua", Files: map[string][]byte{"main.lua": []byte(main)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func install(t testing.TB, s *Shelf, name, version, title string) Entry {
	t.Helper()
	e, err := s.Install(bytes.NewReader(packed(t, name, version, title)), false)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// names are entries as words.
func names(list []Entry) string {
	var words []string
	for _, e := range list {
		words = append(words, e.Name+"@"+e.Version)
	}
	return strings.Join(words, " ")
}

func TestShelf(t *testing.T) {
	t.Parallel()
	s := Open(filepath.Join(t.TempDir(), "not", "yet"))
	if list, err := s.All(); err != nil || len(list) != 0 {
		t.Fatalf("an empty shelf: %v, %v", list, err)
	}
	if _, err := s.Find("who"); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	install(t, s, "who", "1.9", "nine")
	install(t, s, "who", "1.10", "ten")
	install(t, s, "arp", "0", "arp")
	install(t, s, "arp", "0", "arp") // the same again
	for range 2 {                    // without an index, and with one
		all, err := s.All()
		if got := names(all); err != nil || got != "arp@0 who@1.10 who@1.9" {
			t.Errorf("all: %s, %v", got, err)
		}
		list, err := s.List()
		if got := names(list); err != nil || got != "arp@0 who@1.10" {
			t.Errorf("list: %s, %v", got, err)
		}
		e := list[1]
		if e.Title != "ten" || e.About != "what it shows" || !slices.Equal(e.Categories, []string{"safe", "link"}) {
			t.Errorf("entry: %+v", e)
		}
		if h, err := e.Header(); err != nil || h.Title != "ten" || len(h.Args) != 1 {
			t.Errorf("header: %+v, %v", h, err)
		}
	}
	for word, want := range map[string]string{"who": "ten", "who@1.9": "nine", "who@1.10": "ten"} {
		if e, err := s.Find(word); err != nil || e.Title != want {
			t.Errorf("%s: %+v, %v", word, e, err)
		}
	}
	for _, word := range []string{"", "@", "who@", "who@2", "../who", "who@../1", "Who"} {
		if _, err := s.Find(word); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", word, err)
		}
	}
	if _, err := s.Install(bytes.NewReader(packed(t, "who", "1.9", "other")), false); !errors.Is(err, ErrExists) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Install(bytes.NewReader(packed(t, "who", "1.9", "other")), true); err != nil {
		t.Error(err)
	}
	if _, err := s.Install(bytes.NewReader(packed(t, "WHO", "3", "loud")), false); err == nil {
		t.Error("WHO was put beside who")
	}
	if got, err := s.Remove("who@1.10"); err != nil || !slices.Equal(got, []string{"who@1.10"}) {
		t.Errorf("removed %v, %v", got, err)
	}
	if e, err := s.Find("who"); err != nil || e.Title != "other" {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := s.Remove("who@7"); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(s.dir, "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// A pack that is torn or altered is named, and hides no other. A lost or broken index is made anew.
func TestBroken(t *testing.T) {
	t.Parallel()
	s := Open(t.TempDir())
	good, bad := install(t, s, "good", "1", "good"), install(t, s, "bad", "1", "bad")
	if _, err := s.All(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"torn": packed(t, "bad", "1", "bad")[:300], "of another": packed(t, "worse", "1", "bad"), "empty": {}} {
		if err := os.WriteFile(bad.Path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		all, err := s.All()
		if names(all) != "good@1" || err == nil || !strings.Contains(err.Error(), "bad@1.moon") {
			t.Errorf("%s: %s, %v", name, names(all), err)
		}
		if _, err := s.Find("bad"); err == nil || !strings.Contains(err.Error(), "bad@1.moon") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Remove("bad"); err != nil {
		t.Error(err)
	}
	index := filepath.Join(s.dir, indexName)
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if err := os.WriteFile(index, whole[:n], 0o666); err != nil {
			t.Fatal(err)
		}
		if all, err := s.All(); err != nil || len(all) != 1 || all[0].ID != good.ID || all[0].Title != "good" {
			t.Fatalf("index cut at %d: %v, %v", n, all, err)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	order := []string{"0", "0.9", "0.10", "1-alpha", "1-alpha.1", "1-beta", "1-rc9", "1-rc10", "1", "1+b1", "1.0", "1.0.1", "1.2", "1.2a", "1.10", "2", "10", "20260102", "99999999999999999999998", "99999999999999999999999"}
	for i, a := range order {
		for j, b := range order {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := CompareVersions(a, b); got != want {
				t.Errorf("%s and %s: %d, want %d", a, b, got, want)
			}
		}
	}
}

func BenchmarkList1000(b *testing.B) {
	s := Open(b.TempDir())
	for i := range 1000 {
		install(b, s, fmt.Sprintf("recipe%d", i), "1.0", "One of many")
	}
	if _, err := s.List(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if list, err := s.List(); err != nil || len(list) != 1000 {
			b.Fatal(len(list), err)
		}
	}
}
