package test

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// junit writes the XML that build servers read, with what Jenkins' schema for it (junit-10) knows and nothing else: a
// testsuite for each file, a testcase for each test.
type junit struct {
	out    io.Writer
	suites []*xmlSuite
}

type xmlReport struct {
	XMLName  xml.Name    `xml:"testsuites"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Time     string      `xml:"time,attr"`
	Suites   []*xmlSuite `xml:"testsuite"`
}

type xmlSuite struct {
	Name     string        `xml:"name,attr"`
	Tests    int           `xml:"tests,attr"`
	Failures int           `xml:"failures,attr"`
	Errors   int           `xml:"errors,attr"`
	Skipped  int           `xml:"skipped,attr"`
	Time     string        `xml:"time,attr"`
	File     string        `xml:"file,attr"`
	Property []xmlProperty `xml:"properties>property"`
	Cases    []xmlCase     `xml:"testcase"`
	seconds  float64
}

type xmlProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type xmlCase struct {
	Class   string    `xml:"classname,attr"`
	Name    string    `xml:"name,attr"`
	Time    string    `xml:"time,attr"`
	Failure *xmlFault `xml:"failure"`
	Skipped *xmlFault `xml:"skipped"`
	Output  string    `xml:"system-out,omitempty"`
}

type xmlFault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// Test adds a testcase to its file's suite.
func (r *junit) Test(t *Test) {
	if n := len(r.suites); n == 0 || r.suites[n-1].File != t.File {
		r.suites = append(r.suites, &xmlSuite{Name: t.File, File: t.File})
	}
	s := r.suites[len(r.suites)-1]
	class := strings.ReplaceAll(strings.TrimSuffix(t.File, ".lua"), "/", ".")
	name := t.Name()
	if name == "" {
		name = t.File
	}
	c := xmlCase{Class: class, Name: oneLine(name), Time: seconds(t.Seconds), Output: legal(t.Output)}
	s.Tests++
	s.seconds += t.Seconds
	switch t.Status() {
	case Skipped:
		s.Skipped++
		c.Skipped = &xmlFault{Message: legal(t.Skipped)}
	case Failed:
		s.Failures++
		c.Failure = fault(t)
	}
	s.Cases = append(s.Cases, c)
}

func fault(t *Test) *xmlFault {
	f := &xmlFault{Type: "leak", Message: "left something open", Text: legal(strings.Join(append(t.story(), "again: "+t.Again), "\n"))}
	if t.Failure != nil {
		message, _, _ := strings.Cut(t.Failure.Message, "\n")
		f.Type, f.Message = "error", legal(message)
	}
	return f
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

// legal is text without what XML can't hold.
func legal(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// End writes the document.
func (r *junit) End(s *Summary) {
	report := xmlReport{Name: "moonwire test", Tests: s.Total(), Failures: s.Failed, Time: seconds(s.Took.Seconds()), Suites: r.suites}
	for _, suite := range r.suites {
		suite.Time = seconds(suite.seconds)
		suite.Property = []xmlProperty{{"seed", fmt.Sprint(s.Seed)}}
	}
	fmt.Fprint(r.out, xml.Header)
	e := xml.NewEncoder(r.out)
	e.Indent("", "  ")
	_ = e.Encode(report)
	fmt.Fprintln(r.out)
}
