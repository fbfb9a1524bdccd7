package script

import "strings"

// An entry is one header line with the lines that go on with it.
type entry struct {
	key   string // "" for a comment line that is no header line
	line  int    // of the source, 1-based
	lines []string
}

// text is the value as one piece, without blanks around it.
func (e entry) text() string { return strings.TrimSpace(strings.Join(e.lines, "\n")) }

// joined is the value as one paragraph.
func (e entry) joined() string {
	text := e.text()
	if !strings.ContainsAny(text, "\t\n") && !strings.Contains(text, "  ") {
		return text // as most are
	}
	return strings.Join(strings.Fields(text), " ")
}

// keyLine parts "-- key: value". A key is one lower-case word, one blank behind the dashes.
func keyLine(text string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(text[2:], ":")
	if !ok || len(key) < 2 || !strings.Contains(blanks, key[:1]) || key[1] < 'a' || key[1] > 'z' {
		return "", "", false
	}
	key = key[1:]
	return key, strings.TrimLeft(value, blanks), strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// goesOn says whether a comment line belongs to the value above it.
func goesOn(text string) bool {
	return text == "--" || len(text) > 4 && strings.Contains(blanks, text[2:3]) && strings.Contains(blanks, text[3:4])
}

const blanks = " \t"

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
		switch key, value, ok := keyLine(text); {
		case ok:
			e := entry{key: key, line: lines}
			column = 0
			if value != "" {
				e.lines = []string{value}
				column = len(text) - len(value)
			}
			entries = append(entries, e)
		case goesOn(text) && len(entries) > 0:
			e := &entries[len(entries)-1]
			if column == 0 && text != "--" {
				column = len(text) - len(strings.TrimLeft(text[2:], blanks))
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
