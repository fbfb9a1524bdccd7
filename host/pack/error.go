package pack

import "fmt"

// An Error says why a pack is refused.
type Error struct {
	Pack    string // its file; "" when it has none
	Entry   string // the file in it; "" for the pack itself
	Problem string
}

func (e *Error) Error() string {
	text := e.Problem
	if e.Entry != "" {
		text = e.Entry + ": " + text
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
