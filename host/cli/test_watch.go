package cli

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"moonwire/host/test"
)

// lookEvery is the pause between two looks at the files.
const lookEvery = 200 * time.Millisecond

// A watched knows which files the tests of a file have read.
type watched struct {
	uses  map[string]map[string]bool // by the tests' file
	known map[string]time.Time       // when each was last written; zero: it isn't there
}

func newWatched() *watched {
	return &watched{uses: map[string]map[string]bool{}, known: map[string]time.Time{}}
}

// note takes what a test has read, before anything else is looked at.
func (w *watched) note(one *test.Test) {
	w.use(one.File, one.File)
	w.use(one.File, strings.TrimSuffix(one.File, "_test.lua")+".lua")
	for _, name := range one.Read {
		w.use(one.File, name)
	}
}

func (w *watched) use(file, name string) {
	if w.uses[file] == nil {
		w.uses[file] = map[string]bool{}
	}
	w.uses[file][name] = true
}

// begin remembers the files as they are before the tests run, so that none can change unseen.
func (w *watched) begin(files []string) {
	for _, f := range files {
		w.use(f, f)
	}
	for _, names := range w.uses {
		for name := range names {
			w.known[name] = writtenAt(name)
		}
	}
}

// changed are the tests' files that changed, or that use a file which did, and what did.
func (w *watched) changed(files []string, since time.Time) (again []string, what string) {
	for _, file := range files {
		names := w.uses[file]
		if names == nil {
			again, what = append(again, file), file // a new one
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			before, met := w.known[name]
			at := writtenAt(name)
			if met && !at.Equal(before) || !met && at.After(since) {
				again, what = append(again, file), name
				break
			}
		}
	}
	return again, what
}

func writtenAt(name string) time.Time {
	info, err := os.Stat(name)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// watch runs the tests again of which something has changed, until ctx ends.
func (t *testing) watch(ctx context.Context) error {
	w := newWatched()
	files, err := t.files()
	for err == nil {
		began := time.Now()
		w.begin(files)
		if _, err = t.once(ctx, files, w.note); err != nil {
			return err
		}
		var what string
		for files = nil; len(files) == 0; {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(lookEvery):
			}
			all, err := t.files()
			if err != nil {
				return err
			}
			files, what = w.changed(all, began)
		}
		fmt.Fprintf(t.streams.Err, "moonwire: %s has changed\n", what)
	}
	return err
}
