package script

import (
	"regexp"
	"strings"
)

// An entry is one header line with the lines that go on with it.
type entry struct {
	key   string // "" for a comment line that is no header line
	line  int    // of the source, 1-based
	lines []string
}

// text is the value as one piece, without blanks around it.
func (e entry) text() string { return strings.TrimSpace(strings.Join(e.lines, "\n")) }

// joined is the value as one paragraph.
func (e entry) joined() string { return strings.Join(strings.Fields(e.text()), " ") }

var (
	keyLine = regexp.MustCompile(`^--[ \t]([a-z][a-z0-9_-]*):([ \t]*)(.*)$`)
	goesOn  = regexp.MustCompile(`^--(?:[ \t]{2,}\S.*)?$`)
)

// entriesOf cuts the comment block at the top of src, and says with which line it ends.
func entriesOf(src string) (entries []entry, lines int) {
	var column int // where the current value's text stands; 0: its first line decides
	for text := range strings.Lines(src) {
		text = strings.TrimRight(text, " \t\r\n")
		if lines == 0 && strings.HasPrefix(text, "#!") {
			lines++
			continue
		}
		if !strings.HasPrefix(text, "--") || strings.HasPrefix(text, "--[") {
			break
		}
		lines++
		switch m := keyLine.FindStringSubmatch(text); {
		case m != nil:
			e := entry{key: m[1], line: lines}
			column = 0
			if m[3] != "" {
				e.lines = []string{m[3]}
				column = len(text) - len(m[3])
			}
			entries = append(entries, e)
		case goesOn.MatchString(text) && len(entries) > 0:
			e := &entries[len(entries)-1]
			if column == 0 && text != "--" {
				column = len(text) - len(strings.TrimLeft(text[2:], " \t"))
			}
			e.lines = append(e.lines, outdent(text[2:], column-2))
		default:
			entries = append(entries, entry{line: lines, lines: []string{text}})
		}
	}
	for i := range entries {
		entries[i].trim()
	}
	return entries, lines
}

// outdent takes up to n blanks from the start of text.
func outdent(text string, n int) string {
	for n > 0 && text != "" && (text[0] == ' ' || text[0] == '\t') {
		text, n = text[1:], n-1
	}
	return text
}

// trim drops the empty lines around a value.
func (e *entry) trim() {
	for len(e.lines) > 0 && e.lines[0] == "" {
		e.lines = e.lines[1:]
	}
	for n := len(e.lines); n > 0 && e.lines[n-1] == ""; n-- {
		e.lines = e.lines[:n-1]
	}
}
