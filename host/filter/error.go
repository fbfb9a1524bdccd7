package filter

import (
	"fmt"
	"strings"
)

// An Error tells what is wrong with an expression and where.
type Error struct {
	Expression string
	Column     int // 1-based, in characters
	Reason     string
}

// Error gives the reason, the expression, and a mark below the place it is about.
func (e *Error) Error() string {
	line, column := e.line()
	return fmt.Sprintf("%s at column %d\n  %s\n  %s^", e.Reason, e.Column, line, strings.Repeat(" ", column))
}

// Kind is the kind of error that a script sees.
func (e *Error) Kind() string { return "malformed" }

// line is the part of the expression around the column, made printable, and the place in it.
func (e *Error) line() (string, int) {
	const around = 60
	runes := []rune(e.Expression)
	for i, r := range runes {
		if r < ' ' {
			runes[i] = ' '
		}
	}
	at := min(e.Column-1, len(runes))
	from, to := max(0, at-around), min(len(runes), at+around)
	line, column := string(runes[from:to]), at-from
	if from > 0 {
		line, column = "..."+line, column+3
	}
	if to < len(runes) {
		line += "..."
	}
	return line, column
}

// A failure ends a compilation; Compile makes an Error of it.
type failure struct {
	at     int
	reason string
}

func fail(at int, format string, args ...any) {
	panic(failure{at, fmt.Sprintf(format, args...)})
}
