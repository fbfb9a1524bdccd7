package test

import (
	"fmt"
	"io"
	"time"

	"moonwire/host/ink"
)

// A Reporter tells of tests as they end, in their order.
type Reporter interface {
	Test(t *Test)
	End(s *Summary)
}

// A Summary is what came of all tests.
type Summary struct {
	Passed, Failed, Skipped int
	Took                    time.Duration
	Seed                    int64
	Again                   string // a command that runs the first test that failed again
}

// Add counts a test, and takes the command that runs it again when it is the first that failed.
func (s *Summary) Add(t *Test) {
	switch t.Status() {
	case Passed:
		s.Passed++
	case Failed:
		if s.Failed++; s.Failed == 1 {
			s.Again = t.Again
		}
	case Skipped:
		s.Skipped++
	}
}

// Total is how many tests there were.
func (s *Summary) Total() int { return s.Passed + s.Failed + s.Skipped }

// Reporters are the forms of reports by name.
var Reporters = map[string]func(out io.Writer, i ink.Ink) Reporter{
	"text": func(out io.Writer, i ink.Ink) Reporter { return &textReport{out: out, ink: i} },
	"dot": func(out io.Writer, i ink.Ink) Reporter {
		return &dotReport{textReport: textReport{out: out, ink: i}}
	},
	"tap":   func(out io.Writer, _ ink.Ink) Reporter { return newTAP(out) },
	"junit": func(out io.Writer, _ ink.Ink) Reporter { return &junit{out: out} },
	"json":  func(out io.Writer, _ ink.Ink) Reporter { return &jsonReport{out: out} },
}

// place is where a test is declared.
func (t *Test) place() string {
	if t.Line == 0 {
		return t.File
	}
	return fmt.Sprintf("%s:%d", t.File, t.Line)
}
