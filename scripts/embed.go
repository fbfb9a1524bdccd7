// Package scripts holds the experiments that ship with moonwire: tutorial in reading order, recipes, labs.
package scripts

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed tutorial/*.lua recipes/*.lua labs/*.lua
var files embed.FS

// FS holds the scripts' sources. Their tests, which stand beside them, are not in it.
var FS fs.FS = shipped{files}

// shipped hides tests.
type shipped struct{ embed.FS }

// Open opens a file that ships.
func (s shipped) Open(name string) (fs.File, error) {
	if isTest(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.FS.Open(name)
}

// ReadFile reads a file that ships.
func (s shipped) ReadFile(name string) ([]byte, error) {
	if isTest(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.FS.ReadFile(name)
}

// ReadDir lists what ships.
func (s shipped) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.FS.ReadDir(name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return isTest(name + "/" + e.Name()) }), err
}

// isTest says whether a file is the test of a script: NAME_test.lua beside NAME.lua.
func isTest(name string) bool {
	subject, ok := strings.CutSuffix(name, "_test.lua")
	if !ok {
		return false
	}
	_, err := fs.Stat(files, subject+".lua")
	return err == nil
}
