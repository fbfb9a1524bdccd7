package test

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Coverage says how often each line of a file ran, by the file's name; lines that could run and did not have 0.
type Coverage map[string]map[int]int

// Add takes what one test counted.
func (c Coverage) Add(files map[string]map[int]int) {
	for name, counts := range files {
		name = filepath.ToSlash(filepath.Clean(name))
		if c[name] == nil {
			c[name] = map[int]int{}
		}
		for line, n := range counts {
			c[name][line] += n
		}
	}
}

// names are the files in order.
func (c Coverage) names() []string { return slices.Sorted(maps.Keys(c)) }

// ran counts a file's lines that ran, and those that could.
func (c Coverage) ran(name string) (ran, all int) {
	for _, n := range c[name] {
		if n > 0 {
			ran++
		}
	}
	return ran, len(c[name])
}

// LCOV writes the counts as lcov, genhtml and editors read them (geninfo(1)).
func (c Coverage) LCOV(to io.Writer) error {
	w := bufio.NewWriter(to)
	for _, name := range c.names() {
		fmt.Fprintf(w, "TN:\nSF:%s\n", name)
		for _, line := range slices.Sorted(maps.Keys(c[name])) {
			fmt.Fprintf(w, "DA:%d,%d\n", line, c[name][line])
		}
		ran, all := c.ran(name)
		fmt.Fprintf(w, "LF:%d\nLH:%d\nend_of_record\n", all, ran)
	}
	return w.Flush()
}

// Text writes a line for each file, and one for all.
func (c Coverage) Text(to io.Writer) {
	width, ran, all := len("all"), 0, 0
	for name := range c {
		width = max(width, len(name))
	}
	line := func(name string, ran, all int) {
		fmt.Fprintf(to, "%-*s  %5.1f %%  %d of %d lines\n", width, name, 100*float64(ran)/float64(max(all, 1)), ran, all)
	}
	for _, name := range c.names() {
		r, a := c.ran(name)
		ran, all = ran+r, all+a
		line(name, r, a)
	}
	line("all", ran, all)
}

// Marked writes the files with how often each line ran before it; *** marks those that did not.
func (c Coverage) Marked(to io.Writer) error {
	w := bufio.NewWriter(to)
	for _, name := range c.names() {
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "== %s\n", name)
		for i, text := range strings.Split(strings.TrimSuffix(string(source), "\n"), "\n") {
			mark := ""
			if n, counted := c[name][i+1]; counted && n == 0 {
				mark = "***0"
			} else if counted {
				mark = fmt.Sprint(n)
			}
			fmt.Fprintf(w, "%8s | %s\n", mark, text)
		}
	}
	return w.Flush()
}
