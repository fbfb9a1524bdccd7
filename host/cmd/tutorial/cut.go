package main

import (
	"fmt"
	"strings"
)

// A cut is a text that is shown piece by piece, all of it and in order.
type cut struct {
	what  string
	lines []string
}

func newCut(what, text string) *cut {
	return &cut{what, strings.Split(strings.Trim(text, "\n"), "\n")}
}

// next takes the lines before the one that begins with until; "" takes what is left.
func (c *cut) next(until string) (string, error) {
	n := len(c.lines)
	if until != "" {
		if n = find(c.lines, until); n <= 0 {
			return "", fmt.Errorf("nothing left of the %s stands before %q", c.what, until)
		}
	}
	piece := c.lines[:n]
	c.lines = c.lines[n:]
	text := strings.Trim(strings.Join(piece, "\n"), "\n")
	if text == "" {
		return "", fmt.Errorf("nothing is left of the %s", c.what)
	}
	return text, nil
}

// done complains of what was not shown.
func (c *cut) done() error {
	for _, line := range c.lines {
		if strings.TrimSpace(line) != "" {
			return fmt.Errorf("the %s is not shown from %q on", c.what, line)
		}
	}
	return nil
}

// find is the first line that begins with text, blanks aside; -1 when there is none.
func find(lines []string, text string) int {
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), text) {
			return i
		}
	}
	return -1
}

// between are the lines from the one that begins with from up to the one that begins with until; either may be "".
func between(text, from, until string) (string, error) {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	if from != "" {
		n := find(lines, from)
		if n < 0 {
			return "", fmt.Errorf("no line begins with %q", from)
		}
		lines = lines[n:]
	}
	if until != "" {
		n := find(lines[1:], until)
		if n < 0 {
			return "", fmt.Errorf("no line begins with %q", until)
		}
		lines = lines[:n+1]
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n"), nil
}
