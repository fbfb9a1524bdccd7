package test

import (
	"fmt"
	"strings"
)

// An Ended is a script that a test has run, and that ended with another code than 0.
type Ended struct {
	Script string `json:"script"`
	At     string `json:"at"` // the line that ran it
	Code   int    `json:"code"`
	Said   string `json:"said,omitempty"` // on its standard error output
}

// Bounds of what is kept of the scripts that a test runs: the last ones, and the end of what they said, where their errors are.
const (
	mostEnded = 8
	mostSaid  = 64 << 10
)

// ended notes how a script ended.
func (p *play) ended(e Ended) {
	if e.Code == 0 {
		return
	}
	if n := len(e.Said) - mostSaid; n > 0 {
		e.Said = fmt.Sprintf("... (%d bytes before this)\n%s", n, strings.ToValidUTF8(e.Said[n:], "?"))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.runs = append(p.runs, e); len(p.runs) > mostEnded {
		p.runs = p.runs[1:]
	}
}

// story tells of it in lines.
func (e *Ended) story() []string {
	said := strings.TrimRight(e.Said, "\n")
	head := fmt.Sprintf("%s, run at %s, ended with code %d", e.Script, e.At, e.Code)
	if said == "" {
		return []string{head}
	}
	return append([]string{head + ", and said:"}, indented(said)...)
}

// indented are the lines of a text, each two columns in.
func indented(text string) (lines []string) {
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, "  "+line)
	}
	return lines
}
