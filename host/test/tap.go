package test

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// tap writes TAP version 13, the Test Anything Protocol, with the plan at the end.
type tap struct {
	out io.Writer
	n   int
}

func newTAP(out io.Writer) *tap {
	fmt.Fprintln(out, "TAP version 13")
	return &tap{out: out}
}

// hash must not begin a directive in a name.
var hash = strings.NewReplacer("#", `\#`, `\`, `\\`)

// Test writes a test point, and below one that failed why, as a YAML block.
func (r *tap) Test(t *Test) {
	r.n++
	name := hash.Replace(strings.TrimSpace(oneLine(t.place() + " " + t.Name())))
	switch t.Status() {
	case Passed:
		fmt.Fprintf(r.out, "ok %d - %s\n", r.n, name)
	case Skipped:
		fmt.Fprintf(r.out, "ok %d - %s # SKIP %s\n", r.n, name, oneLine(t.Skipped))
	case Failed:
		fmt.Fprintf(r.out, "not ok %d - %s\n  ---\n", r.n, name)
		r.block(t)
		fmt.Fprintln(r.out, "  ...")
	}
}

// block is the YAML: strings in JSON's form, which is YAML too.
func (r *tap) block(t *Test) {
	message := "left something open"
	if t.Failure != nil {
		message, _, _ = strings.Cut(t.Failure.Message, "\n")
	}
	fmt.Fprintf(r.out, "  message: %s\n  severity: fail\n", quoted(message))
	file, line := t.where()
	fmt.Fprintf(r.out, "  at:\n    file: %s\n    line: %d\n  again: %s\n  story: |\n", quoted(file), line, quoted(t.Again))
	for _, l := range t.story() {
		fmt.Fprintf(r.out, "    %s\n", printable(l))
	}
}

// where is the line that failed, or that declares the test.
func (t *Test) where() (file string, line int) {
	if f := t.Failure; f != nil && f.File != "" {
		return f.File, f.Line
	}
	return t.File, t.Line
}

func quoted(text string) string { return strconv.Quote(printable(text)) }

// oneLine is text that ends no line.
func oneLine(text string) string { return printable(strings.Join(strings.Fields(text), " ")) }

// printable is text without characters that would end or break a line.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0xfffd || r == 0x7f {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// End writes the plan.
func (r *tap) End(s *Summary) {
	fmt.Fprintf(r.out, "1..%d\n", r.n)
	if s.Failed > 0 {
		fmt.Fprintf(r.out, "# %d of %d failed, seed %d\n", s.Failed, s.Total(), s.Seed)
	}
}
