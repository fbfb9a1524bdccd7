package test

import (
	"fmt"
	"io"
	"strings"
	"time"

	"moonwire/host/ink"
)

// textReport tells of each test in a line, and below it why it failed.
type textReport struct {
	out io.Writer
	ink ink.Ink
}

// Test tells of one test.
func (r *textReport) Test(t *Test) {
	name := t.Name()
	if name != "" {
		name = "  " + name
	}
	took := r.ink.Paint(ink.Grey, fmt.Sprintf("  %.2fs", t.Seconds))
	switch t.Status() {
	case Passed:
		fmt.Fprintf(r.out, "%s    %s%s%s\n", r.ink.Paint(ink.Green, "ok"), t.place(), name, took)
	case Skipped:
		fmt.Fprintf(r.out, "%s  %s%s  (%s)\n", r.ink.Paint(ink.Yellow, "skip"), t.place(), name, t.Skipped)
	case Failed:
		fmt.Fprintf(r.out, "%s  %s%s%s\n", r.ink.Paint(ink.Red, "FAIL"), t.place(), name, took)
		r.story(t)
	}
}

// story writes why a test failed; the sides of a difference in their colours.
func (r *textReport) story(t *Test) {
	for _, line := range t.story() {
		switch text := strings.TrimLeft(line, " "); {
		case strings.HasPrefix(text, "- "):
			line = r.ink.Paint(ink.Red, line)
		case strings.HasPrefix(text, "+ "):
			line = r.ink.Paint(ink.Green, line)
		}
		fmt.Fprintf(r.out, "      %s\n", line)
	}
}

// End counts.
func (r *textReport) End(s *Summary) {
	text := fmt.Sprintf("%d passed", s.Passed)
	if s.Failed > 0 {
		text = fmt.Sprintf("%d of %d failed", s.Failed, s.Total())
	}
	if s.Skipped > 0 {
		text += fmt.Sprintf(", %d skipped", s.Skipped)
	}
	colour := ink.Green
	if s.Failed > 0 {
		colour = ink.Red
	}
	fmt.Fprintf(r.out, "%s in %s\n", r.ink.Paint(colour, text), s.Took.Round(10*time.Millisecond))
	if s.Again != "" {
		fmt.Fprintf(r.out, "again: %s\n", s.Again)
	}
}

// dotReport writes a character for each test, and tells of those that failed at the end.
type dotReport struct {
	textReport
	column int
	failed []*Test
}

// dots is how many stand in a line.
const dots = 80

// Test writes one character.
func (r *dotReport) Test(t *Test) {
	dot, colour := ".", ink.Green
	switch t.Status() {
	case Skipped:
		dot, colour = "s", ink.Yellow
	case Failed:
		dot, colour = "F", ink.Red
		r.failed = append(r.failed, t)
	}
	fmt.Fprint(r.out, r.ink.Paint(colour, dot))
	if r.column++; r.column == dots {
		r.column = 0
		fmt.Fprintln(r.out)
	}
}

// End tells what failed.
func (r *dotReport) End(s *Summary) {
	if r.column > 0 {
		fmt.Fprintln(r.out)
	}
	for _, t := range r.failed {
		r.textReport.Test(t)
	}
	r.textReport.End(s)
}
