package recording

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Recording is what was recorded of an agent, in order.
type Recording struct {
	Entries  []Entry
	Problems []Problem // lines that were left out
}

// An Entry is a variable, or what makes up one when it is asked for.
type Entry struct {
	message.Var
	Variation *Variation // nil: the value stands
	Line      int
}

// A Problem is a line that can't be read.
type Problem struct {
	Line int
	What string
}

// String tells the problem and its place.
func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.What) }

// Names are names of a MIB. Without them, recordings are read that have numbers only.
type Names interface {
	// Resolve finds what a name stands for.
	Resolve(name string) (oid.OID, error)
	// Octets and Number read what was printed of a variable as its display hint and its enumeration have it.
	Octets(name oid.OID, text string) ([]byte, error)
	Number(name oid.OID, text string) (int64, error)
}

// ErrVariation is that a recording has a variation that can't be played.
var ErrVariation = errors.New("a variation that can't be played")

// Read reads a recording of either format. Lines that can't be read are problems; one without any line that can is an
// error. names may be nil.
func Read(text []byte, names Names) (*Recording, error) {
	r := &Recording{}
	var err error
	if isSnmprec(text) {
		err = r.readSnmprec(text)
	} else {
		err = r.readWalk(text, names)
	}
	if err != nil {
		return nil, err
	}
	r.sort()
	if len(r.Entries) == 0 && len(r.Problems) > 0 {
		return nil, fmt.Errorf("no line can be read: %s", r.Problems[0])
	}
	return r, nil
}

// isSnmprec says whether the first line with something on it has two bars.
func isSnmprec(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return bytes.Count(line, []byte("|")) >= 2 && !bytes.Contains(line, []byte(" = "))
		}
	}
	return true
}

// problem leaves a line out.
func (r *Recording) problem(line int, err error) {
	r.Problems = append(r.Problems, Problem{line, err.Error()})
}

// sort puts entries in order. Of two with one name, the first counts.
func (r *Recording) sort() {
	slices.SortStableFunc(r.Entries, func(a, b Entry) int { return oid.Compare(a.Name, b.Name) })
	r.Entries = slices.CompactFunc(r.Entries, func(b, a Entry) bool {
		twice := a.Name.Equal(b.Name)
		if twice {
			r.problem(b.Line, fmt.Errorf("%s is there twice: line %d counts", b.Name, a.Line))
		}
		return twice
	})
}

// Vars are the variables whose values stand.
func (r *Recording) Vars() (vars []message.Var) {
	for _, e := range r.Entries {
		if e.Variation == nil {
			vars = append(vars, e.Var)
		}
	}
	return vars
}
