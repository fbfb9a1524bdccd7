package cli

import (
	"io"
	"os"

	"moonwire/host/ink"
	"moonwire/host/test"
)

// reports are those that one run of tests writes.
type reports struct {
	all  []test.Reporter
	file *os.File // that one of them is written to; nil: none
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
		f, err := os.Create(t.report)
		if err != nil {
			return nil, err
		}
		r.file = f
		add("text", t.streams.Out, ink.Of(t.streams.Out))
		add(t.reporter, f, false)
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
	if r.file != nil {
		return r.file.Close()
	}
	return nil
}
