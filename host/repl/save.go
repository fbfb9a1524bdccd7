package repl

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"moonwire/host/whole"
)

// save writes the inputs that worked as a script: a header to fill in, the modules that the prompt had loaded, and the
// lines. What the prompt printed, the script prints.
func (s *session) save(file string) error {
	if filepath.Ext(file) == "" {
		file += ".lua"
	}
	err := whole.New(file, []byte(s.script(strings.TrimSuffix(filepath.Base(file), ".lua"))), 0o666)
	if err == nil {
		fmt.Fprintf(s.out, "wrote %s\n", file)
	}
	return err
}

var (
	callsHelp  = regexp.MustCompile(`^\s*=?\s*help\b`)
	usesResult = regexp.MustCompile(`(^|[^\w.:])_([^\w]|$)`)
)

// script is the session as a script.
func (s *session) script(title string) string {
	var lines []entry
	for _, e := range s.worked {
		if !callsHelp.MatchString(e.source) {
			lines = append(lines, e)
		}
	}
	var body strings.Builder
	for i, e := range lines {
		needed := i+1 < len(lines) && usesResult.MatchString(lines[i+1].source)
		body.WriteString(e.statement(needed) + "\n")
	}
	return "-- title: " + title + "\n-- about: say here what one sees when this runs, and why\n\n" +
		s.requires(body.String()) + body.String()
}

// statement is the entry as a script has it. needed says that the next one uses its value as _.
func (e entry) statement(needed bool) string {
	source := strings.TrimRight(e.source, " \t\n")
	if !e.expression {
		return source
	}
	source = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(source), "="))
	source = strings.TrimRight(source, "; ")
	if needed {
		return "local _ = " + source + "\nprint(_)"
	}
	return "print(" + source + ")"
}

// requires loads what the prompt had loaded of itself, as far as the script names it.
func (s *session) requires(body string) string {
	used := words(body)
	var b strings.Builder
	for _, m := range s.library.Modules() {
		if used[m.Name] && !s.shadowed(m.Name) {
			fmt.Fprintf(&b, "local %s = require %q\n", m.Name, m.Name)
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// shadowed says whether the session has a local of a module's name.
func (s *session) shadowed(name string) bool {
	_, ok := s.locals[name]
	return ok
}
