package pretty

import (
	"strconv"
	"strings"
)

// layout puts a table's entries on one line, or below each other. Short entries of a list share lines.
type layout struct {
	entries []string
	plain   int // how many entries at the beginning have no key
	more    int // entries that are left out
	indent  string
	width   int
}

func (l layout) String() string {
	line := "{" + strings.Join(l.entries, ", ") + "}"
	if l.more == 0 && !strings.Contains(line, "\n") && len(line)+len(l.indent) <= l.width {
		return line
	}
	var b strings.Builder
	b.WriteString("{")
	column := l.width // of the line under construction: full
	for i, e := range l.entries {
		if single := i < l.plain && !strings.Contains(e, "\n"); single && column+len(e)+2 <= l.width {
			b.WriteString(" ")
			column += len(e) + 2
		} else {
			b.WriteString("\n" + l.indent)
			column = len(l.indent) + len(e) + 1
			if !single {
				column = l.width
			}
		}
		b.WriteString(e)
		if i < len(l.entries)-1 || l.more > 0 {
			b.WriteString(",")
		}
	}
	if l.more > 0 {
		b.WriteString("\n" + l.indent + "... and " + strconv.Itoa(l.more) + " more")
	}
	b.WriteString("\n" + l.indent[2:] + "}")
	return b.String()
}
