package smi

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/network"
)

// found is a file to read.
type found struct {
	path  string
	named bool // by the caller, not met in a directory
}

// maxDepth is how deep directories are entered.
const maxDepth = 32

// walker lists the files below paths. A directory that several paths lead to is entered once, so links make no cycle.
type walker struct {
	ctx      context.Context
	files    network.Files
	seen     map[string]bool
	found    []found
	problems []Problem
}

func (w *walker) add(path string, named bool, depth int) {
	if w.ctx.Err() != nil {
		return
	}
	info, err := w.files.Stat(path)
	if err != nil {
		w.refuse(path, err)
		return
	}
	switch {
	case info.IsDir():
		w.directory(path, depth)
	case info.Mode().IsRegular():
		w.found = append(w.found, found{path, named})
	default:
		w.problems = append(w.problems, Problem{File: path, Fault: Unreadable, Lost: named, Text: "is neither a file nor a directory"})
	}
}

func (w *walker) directory(path string, depth int) {
	real, err := w.files.Real(path)
	if err != nil {
		w.refuse(path, err)
		return
	}
	if w.seen[real] {
		return
	}
	w.seen[real] = true
	if depth == maxDepth {
		w.problems = append(w.problems, Problem{File: path, Fault: Unreadable, Lost: true, Text: "is too deep a directory: it was not entered", Remedy: "load it by its name"})
		return
	}
	entries, err := w.files.ReadDir(path)
	if err != nil {
		w.refuse(path, err)
		return
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		switch below := filepath.Join(path, e.Name()); {
		case strings.HasPrefix(e.Name(), "."):
		case e.Type().IsRegular():
			w.found = append(w.found, found{below, false})
		default:
			w.add(below, false, depth+1)
		}
	}
}

func (w *walker) refuse(path string, err error) {
	w.problems = append(w.problems, Problem{File: path, Fault: Unreadable, Lost: true, Text: reason(err)})
}

// reason is an error without the name of the file.
func reason(err error) string {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return "can't be read: " + bad.Err.Error()
	}
	return "can't be read: " + err.Error()
}
