package pack

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// An Error says why a pack is refused.
type Error struct {
	Pack    string // its file; "" when it has none
	Entry   string // the file in it; "" for the pack itself
	Problem string
}

func (e *Error) Error() string {
	text := e.Problem
	if e.Entry != "" {
		text = printable(e.Entry) + ": " + text
	}
	if e.Pack != "" {
		text = e.Pack + ": " + text
	}
	return text
}

// refuse makes an Error about the pack itself.
func refuse(format string, args ...any) *Error { return refuseEntry("", format, args...) }

func refuseEntry(entry, format string, args ...any) *Error {
	return &Error{Entry: entry, Problem: fmt.Sprintf(format, args...)}
}

// printable is a path as a terminal may show it.
func printable(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(path)
	}
	return path
}
