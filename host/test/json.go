package test

import (
	"encoding/json"
	"io"
)

// jsonReport writes one document.
type jsonReport struct {
	out   io.Writer
	tests []jsonTest
}

type jsonTest struct {
	File    string     `json:"file"`
	Line    int        `json:"line,omitempty"`
	Name    []string   `json:"name,omitempty"`
	Status  Status     `json:"status"`
	Seconds float64    `json:"seconds"`
	Skipped string     `json:"skipped,omitempty"`
	Again   string     `json:"again,omitempty"`
	Error   *jsonError `json:"error,omitempty"`
	Leaks   []string   `json:"leaks,omitempty"`
	Runs    []Ended    `json:"runs,omitempty"`
	Output  string     `json:"output,omitempty"`
}

type jsonError struct {
	Message   string `json:"message"`
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Source    string `json:"source,omitempty"`
	Traceback string `json:"traceback,omitempty"`
}

// Test adds a test.
func (r *jsonReport) Test(t *Test) {
	j := jsonTest{File: t.File, Line: t.Line, Name: t.Words, Status: t.Status(), Seconds: t.Seconds, Skipped: t.Skipped, Leaks: t.Leaks, Output: t.Output}
	if j.Status == Failed {
		j.Again, j.Runs = t.Again, t.Runs
	}
	if f := t.Failure; f != nil {
		j.Error = &jsonError{f.Message, f.File, f.Line, f.Source, f.Traceback}
	}
	r.tests = append(r.tests, j)
}

// End writes the document.
func (r *jsonReport) End(s *Summary) {
	e := json.NewEncoder(r.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	_ = e.Encode(struct {
		Passed  int        `json:"passed"`
		Failed  int        `json:"failed"`
		Skipped int        `json:"skipped"`
		Seconds float64    `json:"seconds"`
		Seed    int64      `json:"seed"`
		Tests   []jsonTest `json:"tests"`
	}{s.Passed, s.Failed, s.Skipped, s.Took.Seconds(), s.Seed, append([]jsonTest{}, r.tests...)})
}
