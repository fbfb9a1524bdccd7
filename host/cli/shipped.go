package cli

import (
	"io/fs"
	"path"
	"strings"

	"moonwire/scripts"
)

// shipped are the names of the scripts in the binary, in reading order: "tutorial/01_tcp_echo".
func shipped() []string {
	var names []string
	_ = fs.WalkDir(scripts.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if name, ok := strings.CutSuffix(file, ".lua"); ok && err == nil && !d.IsDir() && path.Dir(file) != "labs" {
			names = append(names, name)
		}
		return err
	})
	return names
}

// findShipped finds the script that word means: its name with or without folder and ".lua". "" when there is none.
func findShipped(word string) (string, error) {
	word = strings.TrimSuffix(word, ".lua")
	var found []string
	for _, name := range shipped() {
		if name == word {
			return name, nil
		}
		if path.Base(name) == word {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return "", nil
	case 1:
		return found[0], nil
	}
	return "", usagef("script '%s' could be any of %s", word, strings.Join(found, ", "))
}

// readShipped is the script of that name, as findShipped gave it.
func readShipped(name string) (source, error) {
	file := name + ".lua"
	code, err := fs.ReadFile(scripts.FS, file)
	if err != nil {
		return source{}, err
	}
	s, err := newSource(file, string(code))
	s.called, s.trust = name, comesAlong
	return s, err
}

// unknownScript is the error for a word that is neither a file nor a script's name.
func unknownScript(word string) error {
	all, _ := allRecipes()
	meant := ""
	if found := near(word, all); len(found) > 0 {
		meant = " (did you mean '" + strings.Join(found, "' or '") + "'?)"
	}
	if isPath(word) {
		return usagef("no file '%s'%s", word, meant)
	}
	return usagef("no file and no script '%s'%s", word, meant)
}
