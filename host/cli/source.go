package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"moonwire/host/pack"
	"moonwire/host/permit"
	"moonwire/host/script"
	"moonwire/host/shelf"
)

// A source is a script that run was asked for.
type source struct {
	name   string // as errors call it
	called string // as the command calls it
	code   string
	dir    string // where require looks first; "" for a script that is no file
	header *script.Header
	trust  trust

	granted permit.Grants // of one that is packed, installed or built: what it declares and was granted
	pack    *pack.Pack    // of those: where its modules and its data are
}

func newSource(name, code string) (source, error) {
	code = strings.TrimPrefix(code, "\ufeff") // what some editors put first
	h, err := script.Parse(name, code)
	return source{name: name, called: name, code: blankShebang(code), header: h}, err
}

// blankShebang makes a first line "#!..." a comment. Line numbers stay what they are.
func blankShebang(code string) string {
	if strings.HasPrefix(code, "#") {
		return "--" + code
	}
	return code
}

// readSource finds the script that a word means: "-" is the standard input, then a file, then a script in the binary, then an
// installed one.
func readSource(word string, in io.Reader) (source, error) {
	if word == "-" {
		code, err := io.ReadAll(in)
		if err != nil {
			return source{}, err
		}
		return newSource("stdin", string(code))
	}
	file, found := scriptFile(word)
	if !found {
		file, found = inFolders(word)
	}
	switch {
	case found && isPack(file):
		return readPack(file)
	case found:
		return readFile(file)
	}
	name, err := findShipped(word)
	if err != nil {
		return source{}, err
	}
	if name != "" {
		return readShipped(name)
	}
	src, err := readInstalled(word)
	if errors.Is(err, shelf.ErrNotFound) {
		err = unknownScript(word)
	}
	return src, err
}

// scriptFile finds word, or word.lua, among the files.
func scriptFile(word string) (string, bool) {
	for _, file := range []string{word, word + ".lua"} {
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file, true
		}
	}
	return "", false
}

func readFile(file string) (source, error) {
	code, err := os.ReadFile(file)
	if err != nil {
		return source{}, err
	}
	s, err := newSource(file, string(code))
	s.dir = filepath.Dir(file)
	return s, err
}
