package test

import (
	"maps"
	"path/filepath"
	"slices"
)

// Coverage says how often each line of a file ran, by the file's name; lines that could run and did not have 0.
type Coverage map[string]map[int]int

// Add takes what one test counted.
func (c Coverage) Add(files map[string]map[int]int) {
	for name, counts := range files {
		name = filepath.Clean(name)
		if c[name] == nil {
			c[name] = map[int]int{}
		}
		for line, n := range counts {
			c[name][line] += n
		}
	}
}

// Files are the files in order.
func (c Coverage) Files() []string { return slices.Sorted(maps.Keys(c)) }
