package smi

import (
	"fmt"
	"strings"
)

// A Fault says what sort of problem it is.
type Fault string

// Faults.
const (
	Unreadable    Fault = "unreadable" // a file that can't be read, or that is no text
	NoModule      Fault = "no module"  // a file without any module
	Duplicate     Fault = "duplicate"  // a module or a name that is defined twice
	Syntax        Fault = "syntax"     // what the SMI's grammar doesn't allow
	MissingModule Fault = "missing module"
	MissingName   Fault = "missing name" // a name that isn't defined where it should be
	NoOID         Fault = "no oid"       // a node whose OID can't be told
	NoType        Fault = "no type"      // an object whose type can't be told
	BadIndex      Fault = "bad index"
)

// A Problem is something wrong in MIB files. It names the place, and what cures it where that is known.
type Problem struct {
	File         string
	Line, Column int // from 1; 0 when the whole file is meant
	Module       string
	Name         string // the definition at fault; "" for none
	Fault        Fault
	Text         string // what is wrong
	Remedy       string // what to do; "" when it isn't known
	Missing      string // the module that is missing
	Lost         bool   // what is at fault was left out; otherwise it was kept as it seems to be meant
}

// Level is "error" when something was left out, else "warning".
func (p *Problem) Level() string {
	if p.Lost {
		return "error"
	}
	return "warning"
}

// String is the problem in one line: file, line and column, what is wrong, and the remedy.
func (p *Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Name != "" {
		fmt.Fprintf(&b, "%s: ", p.Name)
	}
	b.WriteString(p.Text)
	if p.Remedy != "" {
		b.WriteString(": ")
		b.WriteString(p.Remedy)
	}
	return b.String()
}
