package result

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"moonwire/host/decl"
)

// Readable writes a result for people: a list of records as a table, a record as a line for each field, all else as it
// prints.
func Readable(v any, declared []string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case Record:
		return pairs(v)
	case List:
		if len(v) == 0 {
			return ""
		}
		return sheetOf(v, declared).table()
	case Object:
		return v.Text + "\n"
	}
	return shown(v) + "\n"
}

// pairs are a record's fields, one on a line.
func pairs(r Record) string {
	width := 0
	for _, f := range r {
		width = max(width, utf8.RuneCountInString(f.Name))
	}
	var b strings.Builder
	for _, f := range r {
		if _, is := f.Value.(Foreign); is {
			continue // a table of functions is a module, not a result
		}
		lines := nested(f.Value)
		line := pad(f.Name, width, false) + "  "
		if strings.HasSuffix(lines, "\n") {
			b.WriteString(f.Name + "\n")
			for text := range strings.Lines(lines) {
				b.WriteString("  " + text)
			}
			continue
		}
		b.WriteString(strings.TrimRight(line+lines, " ") + "\n")
	}
	return b.String()
}

// nested is what stands behind a field's name: one line, or several that end in a newline.
func nested(v any) string {
	list, is := v.(List)
	if is && len(list) > 0 {
		if _, records := list[0].(Record); records {
			return sheetOf(list, nil).table()
		}
	}
	if r, is := v.(Record); is && len(r) > 0 {
		return pairs(r)
	}
	return shown(v)
}

// shown is a value on one line. Lists of words are parted by commas.
func shown(v any) string {
	if list, is := v.(List); is {
		words := make([]string, len(list))
		for i, item := range list {
			words[i] = shown(item)
		}
		return strings.Join(words, ", ")
	}
	if n, is := v.(float64); is {
		return decl.FormatNumber(n)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, scalar(v))
}

// table aligns the columns; those of numbers stand to the right. Columns in which nothing stands are left out.
func (s sheet) table() string {
	var columns []tableColumn
	count := len(s.columns)
	for _, row := range s.rows {
		count = max(count, len(row))
	}
	for i := range count {
		if c := s.column(i); !c.empty {
			columns = append(columns, c)
		}
	}
	var b strings.Builder
	for line := range len(s.rows) + 2 {
		if len(s.columns) == 0 && line < 2 {
			continue
		}
		words := make([]string, len(columns))
		for i, c := range columns {
			switch line {
			case 0:
				words[i] = pad(c.name, c.width, c.right)
			case 1:
				words[i] = strings.Repeat("-", c.width)
			default:
				words[i] = pad(c.cells[line-2], c.width, c.right)
			}
		}
		b.WriteString(strings.TrimRight(strings.Join(words, "  "), " ") + "\n")
	}
	return b.String()
}

// A tableColumn is a column as it is shown.
type tableColumn struct {
	name  string
	cells []string
	width int
	right bool
	empty bool
}

func (s sheet) column(i int) tableColumn {
	c := tableColumn{right: true, empty: true, cells: make([]string, len(s.rows))}
	if i < len(s.columns) {
		c.name = s.columns[i]
		c.width = utf8.RuneCountInString(c.name)
	}
	for n, row := range s.rows {
		v := cell(row, i)
		_, isNumber := v.(float64)
		_, isInteger := v.(uint64)
		c.cells[n] = shown(v)
		c.empty = c.empty && v == nil
		c.right = c.right && (v == nil || isNumber || isInteger)
		c.width = max(c.width, utf8.RuneCountInString(c.cells[n]))
	}
	return c
}

func pad(text string, width int, right bool) string {
	space := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
	if right {
		return space + text
	}
	return text + space
}
