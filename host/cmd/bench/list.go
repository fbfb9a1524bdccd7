package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// recipes is how many a list has, beside those that ship: half installed, half in a folder.
const recipes = 1000

// listing lists a thousand recipes, with their titles and as JSON, beside a search of the same headers by grep.
func listing(moonwire string) ([]row, error) {
	dir, err := os.MkdirTemp("", "moonwire-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	folder := filepath.Join(dir, "folder")
	if err := makeRecipes(folder, recipes/2, "own"); err != nil {
		return nil, err
	}
	made := filepath.Join(dir, "made")
	if err := makeRecipes(made, recipes/2, "got"); err != nil {
		return nil, err
	}
	os.Setenv("MOONWIRE_HOME", filepath.Join(dir, "home"))
	os.Setenv("MOONWIRE_PATH", folder)
	files, _ := filepath.Glob(filepath.Join(made, "*.lua"))
	for _, file := range files {
		if out, err := exec.Command(moonwire, "install", file).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("install %s: %w: %s", file, err, out)
		}
	}
	if out, err := exec.Command(moonwire, "list", "not shipped").Output(); err != nil || strings.Count(string(out), "Recipe number") != recipes {
		return nil, fmt.Errorf("list: %w: %d recipes", err, strings.Count(string(out), "Recipe number"))
	}
	grep := []string{"grep", "-rh", "^-- title:", folder, made}
	var rows []row
	for _, args := range [][]string{{"list"}, {"list", "safe and not dhcp"}, {"list", "--json"}} {
		ours, peer, err := pair(append([]string{moonwire}, args...), grep)
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{"moonwire " + strings.Join(args, " ") + " / 100 ms (peer: grep)", ms(ours), ms(peer),
			float64(ours) / float64(100*time.Millisecond), "<= 1"})
	}
	return rows, nil
}

// makeRecipes writes n scripts as long as those that ship.
func makeRecipes(dir string, n int, name string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for i := range n {
		text := fmt.Sprintf(`-- title: Recipe number %d
-- about: what this one does, in a sentence or two of the usual length, so that
--        there is something to read
-- needs: net 10.0.0.0/8:161/udp; resolve
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to ask
-- arg:   port port = 161 | where it listens
-- arg:   kind one of a|b|c = a | what to ask for
-- arg:   wait seconds 0.05..60 = 1 | for each answer
-- shows:
--   10.0.0.2 answers
-- categories: discovery, safe
-- author: the bench
-- version: 1.%d

`, i, i) + strings.Repeat("print \"a line of the script\"\n", 60)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s_%03d.lua", name, i)), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
