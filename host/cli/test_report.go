package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"

	"moonwire/host/ink"
	"moonwire/host/test"
	"moonwire/host/whole"
)

// reports are those that one run of tests writes.
type reports struct {
	all  []test.Reporter
	file string       // that one of them is to be; "": none
	text bytes.Buffer // of that one
}

// open begins the reports: one on the standard output, and perhaps one in a file.
func (t *testing) open() (*reports, error) {
	r := &reports{}
	add := func(name string, out io.Writer, i ink.Ink) {
		r.all = append(r.all, test.Reporters[name](out, i))
	}
	switch {
	case t.reporter == "":
		add("text", t.streams.Out, ink.Of(t.streams.Out))
	case t.report == "":
		add(t.reporter, t.streams.Out, ink.Of(t.streams.Out))
	default:
		if _, err := os.Stat(filepath.Dir(t.report)); err != nil {
			return nil, err // before the tests, not after them
		}
		r.file = t.report
		add("text", t.streams.Out, ink.Of(t.streams.Out))
		add(t.reporter, &r.text, false)
	}
	return r, nil
}

// Test tells of one test.
func (r *reports) Test(one *test.Test) {
	for _, a := range r.all {
		a.Test(one)
	}
}

// End ends the reports.
func (r *reports) End(s *test.Summary) error {
	for _, a := range r.all {
		a.End(s)
	}
	if r.file == "" {
		return nil
	}
	return whole.Write(r.file, r.text.Bytes())
}
