package test

import (
	"regexp"
	"slices"
	"strings"
)

// A Filter says which tests are run. The zero Filter wants all.
type Filter struct {
	text    string
	pattern *regexp.Regexp
	lines   map[string][]int // of files of which not all is wanted
}

// Named wants tests with text in their names, or those that a regular expression /LIKE THIS/ matches.
func (f *Filter) Named(text string) (err error) {
	if len(text) > 2 && text[0] == '/' && text[len(text)-1] == '/' {
		f.pattern, err = regexp.Compile(text[1 : len(text)-1])
		return err
	}
	f.text = text
	return nil
}

// At wants of a file the test that a line belongs to, or the group that it begins.
func (f *Filter) At(file string, line int) {
	if f.lines == nil {
		f.lines = map[string][]int{}
	}
	f.lines[file] = append(f.lines[file], line)
}

// wants says of each test of a file whether it is wanted. A file that is one test has that one.
func (f *Filter) wants(file string, cases []Case) []bool {
	wanted := make([]bool, len(cases))
	for i, c := range cases {
		name := strings.Join(c.Words, " > ")
		if len(c.Words) == 0 {
			name = file
		}
		wanted[i] = strings.Contains(name, f.text) && (f.pattern == nil || f.pattern.MatchString(name))
	}
	if lines, some := f.lines[file]; some && len(cases[0].Words) > 0 {
		for i, c := range cases {
			wanted[i] = wanted[i] && slices.ContainsFunc(lines, func(line int) bool { return c.at(line, cases) })
		}
	}
	return wanted
}

// at says whether a line means the test: as the line that declares it or a group of it, or as one after that and before
// the next test.
func (c Case) at(line int, all []Case) bool {
	if slices.Contains(c.Groups, line) {
		return true
	}
	last := 0
	for _, o := range all {
		if slices.Contains(o.Groups, line) {
			return false
		}
		if o.Line <= line {
			last = max(last, o.Line)
		}
	}
	return c.Line == last
}
