package csv

import (
	"strings"
)

// AppendRow appends a row with its line end. Fields that need quotes get them, and no others.
func AppendRow(out []byte, row []string, separator byte, newline string) []byte {
	for i, field := range row {
		if i > 0 {
			out = append(out, separator)
		}
		if needsQuotes(field, separator) || field == "" && len(row) == 1 {
			out = append(out, '"')
			out = append(out, strings.ReplaceAll(field, `"`, `""`)...)
			out = append(out, '"')
		} else {
			out = append(out, field...)
		}
	}
	return append(out, newline...)
}

func needsQuotes(field string, separator byte) bool {
	return strings.IndexByte(field, separator) >= 0 || strings.ContainsAny(field, "\"\r\n")
}
