package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"moonwire/host/script"
)

// files are the tests under the paths, each one once. A path with a line makes the filter want that line.
func (t *testing) files() ([]string, error) {
	paths := t.paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var files []string
	for _, p := range paths {
		file, line := splitLine(p)
		if line > 0 {
			t.filter.At(filepath.ToSlash(file), line)
		}
		found, err := testsUnder(file)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			files = append(files, filepath.ToSlash(f))
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(files, func(f string) bool {
		again := seen[f]
		seen[f] = true
		return again
	}), nil
}

// splitLine parts FILE:LINE; line is 0 when there is none.
func splitLine(path string) (file string, line int) {
	if at := strings.LastIndexByte(path, ':'); at > 0 {
		if n, err := strconv.Atoi(path[at+1:]); err == nil && n > 0 {
			if _, err := os.Stat(path); err != nil {
				return path[:at], n
			}
		}
	}
	return path, 0
}

// testsUnder is path itself, or the tests of a folder and the folders in it, those with a dot aside.
func testsUnder(path string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != path && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir():
		case file == path || isTest(file) || shows(file) == checked:
			files = append(files, file)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("no file or folder '%s'", path)
	}
	return files, err
}

// isTest tells tests by their names. A script that is called like a test has a header with shows, which tests have not.
func isTest(file string) bool { return strings.HasSuffix(file, "_test.lua") && shows(file) == nothing }

// showing is what is known of a script's output.
type showing int

const (
	nothing showing = iota // its header has no shows
	checked                // what it prints can be compared with that
	tested                 // its test does that
)

func shows(file string) showing {
	if !strings.HasSuffix(file, ".lua") {
		return nothing
	}
	code, err := os.ReadFile(file)
	if err != nil {
		return nothing
	}
	switch h, err := script.Parse(file, string(code)); {
	case err != nil || h.Shows == "":
		return nothing
	case h.Tested:
		return tested
	}
	return checked
}
