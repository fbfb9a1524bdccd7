package result

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"moonwire/host/decl"
)

// CSV writes a result as comma-separated values (RFC 4180, lines end in a newline): first the names of the columns, the
// declared ones before others, then a row for each record. What a cell can't hold is JSON there. The notes name each
// value that is no data, whose cell is empty.
func CSV(v any, declared []string) (out []byte, notes []string) {
	s := sheetOf(v, declared)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	write := func(line []string) {
		if len(line) == 1 && line[0] == "" {
			w.Flush()
			b.WriteString("\"\"\n") // an empty line would be no row
			return
		}
		_ = w.Write(line) // into memory
	}
	if len(s.columns) > 0 {
		write(s.columns)
	}
	for n, row := range s.rows {
		line := make([]string, max(len(row), len(s.columns)))
		for i := range line {
			text, lost := csvCell(cell(row, i))
			line[i] = text
			for _, what := range lost {
				notes = append(notes, s.place(n, i)+what)
			}
		}
		write(line)
	}
	w.Flush()
	return b.Bytes(), notes
}

// place names a cell.
func (s sheet) place(row, i int) string {
	if i < len(s.columns) {
		return place([]step{{index: row + 1}, {name: s.columns[i]}})
	}
	return place([]step{{index: row + 1}, {index: i + 1}})
}

// csvCell is a value as a cell, and what is lost of it.
func csvCell(v any) (text string, lost []string) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case Foreign:
		return "", []string{" is " + v.What + ": its cell is empty"}
	case List, Record:
		text, notes := compact(v)
		for _, n := range notes {
			lost = append(lost, n[len("result"):])
		}
		return text, lost
	}
	return scalar(v), nil
}

// scalar is a value that is a word.
func scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(v)
	case float64:
		if n, ok := number(v); ok {
			return n
		}
		return decl.FormatNumber(v)
	case uint64:
		return strconv.FormatUint(v, 10)
	case string:
		return text(v)
	case Object:
		return text(v.Text)
	case Foreign:
		return "(" + v.What + ")"
	}
	t, _ := compact(v)
	return t
}
