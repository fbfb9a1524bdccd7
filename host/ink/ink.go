// Package ink colours what people read on terminals, where they want colours: see Of.
package ink

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// Ink says whether colours are written.
type Ink bool

// A Colour is one that all terminals have, or how letters look.
type Colour string

// The colours, by their numbers in ECMA-48's SGR.
const (
	Red    Colour = "31"
	Green  Colour = "32"
	Yellow Colour = "33"
	Grey   Colour = "90"
	Bold   Colour = "1"
)

// Of is the ink for what is written to w. It asks the environment as other programs do: NO_COLOR (not empty) means none,
// CLICOLOR_FORCE or FORCE_COLOR (neither empty nor 0) means colours everywhere. Without these a terminal is coloured, unless
// TERM is dumb or CLICOLOR is 0, and nothing else is.
func Of(w io.Writer) Ink { return wanted(os.Getenv, isTerminal(w)) }

func wanted(env func(string) string, terminal bool) Ink {
	forced := func(name string) bool { return env(name) != "" && env(name) != "0" }
	switch {
	case env("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"):
		return true
	}
	return Ink(terminal && env("TERM") != "dumb" && env("CLICOLOR") != "0" && env("FORCE_COLOR") != "0")
}

// isTerminal looks at w, or at what it wraps and gives by Unwrap.
func isTerminal(w io.Writer) bool {
	switch w := w.(type) {
	case *os.File:
		return term.IsTerminal(int(w.Fd()))
	case interface{ Unwrap() io.Writer }:
		return isTerminal(w.Unwrap())
	}
	return false
}

// Paint is text in a colour.
func (i Ink) Paint(c Colour, text string) string {
	if !i || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[m"
}

// program is how messages of moonwire itself begin.
const program = "moonwire:"

// Complaint is a message about an error: that moonwire tells it is red, and the rest as it is.
func (i Ink) Complaint(message string) string {
	if rest, ok := strings.CutPrefix(message, program); ok {
		return i.Paint(Red, program) + rest
	}
	return message
}
