package main

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"moonwire/host/script"
)

// A chapter is one experiment.
type chapter struct {
	name   string // 01_tcp_echo
	source string
	header *script.Header
}

// readChapters reads the scripts of the tutorial in their order.
func readChapters(tree fs.FS) ([]*chapter, error) {
	files, err := fs.Glob(tree, folder+"/[0-9][0-9]_*.lua")
	if err != nil {
		return nil, err
	}
	var chapters []*chapter
	for _, file := range slices.Sorted(slices.Values(files)) {
		if strings.HasSuffix(file, "_test.lua") {
			continue
		}
		source, err := fs.ReadFile(tree, file)
		if err != nil {
			return nil, err
		}
		h, err := script.Parse(file, string(source))
		if err != nil {
			return nil, err
		}
		chapters = append(chapters, &chapter{strings.TrimSuffix(path.Base(file), ".lua"), string(source), h})
	}
	return chapters, nil
}

// number is the chapter's, without a zero before it.
func (c *chapter) number() string {
	number, _, _ := strings.Cut(c.name, "_")
	return strings.TrimPrefix(number, "0")
}

// code is what stands below the header.
func (c *chapter) code() string {
	return strings.Join(strings.Split(c.source, "\n")[c.header.Lines:], "\n")
}

// changed is the script with one text in place of another, which it must have just once; diff shows the lines that differ.
func (c *chapter) changed(old, new string) (source, diff string, err error) {
	if n := strings.Count(c.source, old); n != 1 {
		return "", "", fmt.Errorf("%s has %q %d times", c.name, old, n)
	}
	source = strings.Replace(c.source, old, new, 1)
	was, is := strings.Split(c.source, "\n"), strings.Split(source, "\n")
	first := 0
	for was[first] == is[first] {
		first++
	}
	last := 0
	for last < len(was)-first && last < len(is)-first && was[len(was)-1-last] == is[len(is)-1-last] {
		last++
	}
	var b strings.Builder
	for _, line := range was[first : len(was)-last] {
		b.WriteString("-" + line + "\n")
	}
	for _, line := range is[first : len(is)-last] {
		b.WriteString("+" + line + "\n")
	}
	return source, strings.TrimRight(b.String(), "\n"), nil
}

// standards are the RFCs among the references.
func (c *chapter) standards() []string {
	var list []string
	for _, s := range c.header.See {
		if strings.HasPrefix(s, "RFC ") {
			list = append(list, s)
		}
	}
	return list
}
