package network_test

import (
	"errors"
	"strings"
	"testing"

	"moonwire/host/network"
)

// TestJournal undoes parts and the whole, the last change first, each once.
func TestJournal(t *testing.T) {
	t.Parallel()
	var (
		whole network.Journal
		done  []string
	)
	add := func(j *network.Journal, name string) {
		j.Add(name, func() error { done = append(done, name); return nil })
	}
	expect := func(want string) {
		t.Helper()
		if got := strings.Join(done, " "); got != want {
			t.Errorf("%s, not %s", got, want)
		}
		done = nil
	}
	a, b, kept := whole.Part(), whole.Part(), whole.Part()
	add(&whole, "1")
	add(a, "a1")
	add(b, "b1")
	add(a, "a2")
	add(kept, "k1")
	add(&whole, "2")
	if !a.Has("a2") || a.Has("b1") {
		t.Error("a has not what was added to it")
	}
	a.Undo()
	expect("a2 a1")
	kept.AddLoose("k2", func() error { return nil }, func() error { done = append(done, "stays"); return nil })
	if err := kept.Keep(); err != nil {
		t.Error(err)
	}
	expect("stays")
	add(a, "a3")
	whole.Undo()
	expect("a3 2 b1 1")
	whole.Undo()
	a.Undo()
	expect("")
	broken := errors.New("broken")
	whole.Add("x", func() error { return broken })
	add(&whole, "y")
	if err := whole.Undo(); !errors.Is(err, broken) {
		t.Error(err)
	}
	expect("y")
}
