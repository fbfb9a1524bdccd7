package smi

import (
	"fmt"

	"moonwire/host/mib"
)

// object gives a node its type, or says that it is a table.
func (r *resolver) object(e *entry) {
	d, n := e.def, e.node
	switch {
	case d.syntax.form == sequenceOf:
		n.Kind = mib.Table
		return
	case r.isRow(e):
		n.Kind = mib.Row
		return
	case e.parent != nil && r.isRow(e.parent):
		n.Kind = mib.Column
	}
	syntax, why := r.written(e.unit, d.syntax, 0)
	if why != nil {
		r.note(e.unit, Problem{Name: d.name, Fault: NoType, Lost: true, Missing: why.module, Text: "its type isn't known: " + why.why, Remedy: why.remedy}, d.syntax.ref.at)
		return
	}
	n.Syntax = syntax
}

// isRow says whether a definition is that of a table's row: it has an index, or its type is a SEQUENCE.
func (r *resolver) isRow(e *entry) bool {
	d := e.def
	if d.macro != objectType || d.syntax == nil || d.syntax.form != named {
		return false
	}
	if d.augments != nil || len(d.index) > 0 {
		return true
	}
	t := e.unit.types[d.syntax.ref.name]
	return t != nil && t.def.syntax != nil && t.def.syntax.form == sequence
}

// maxTypes bounds how many types may stand on each other.
const maxTypes = 64

// written is a type as a definition has it; nil for a row's.
func (r *resolver) written(u *unit, s *syntax, depth int) (*mib.Syntax, *lack) {
	base := r.plain[mib.NoType]
	switch s.form {
	case integer:
		base = r.plain[mib.Integer32]
	case octetString:
		base = r.plain[mib.OctetString]
	case objectIdentifier:
		base = r.plain[mib.ObjectIdentifier]
	case bits:
		base = r.plain[mib.Bits]
	case sequence, sequenceOf, choice, null:
		return nil, nil
	case named:
		var why *lack
		if base, why = r.namedType(u, s.ref, depth); why != nil || base == nil {
			return nil, why
		}
	}
	if s.narrowing == nil {
		return base, nil
	}
	narrowed := *base
	if s.enums != nil {
		narrowed.Enums = s.enums
	}
	switch {
	case s.sizes != nil:
		narrowed.Sizes = s.sizes
	case s.ranges != nil && !base.Base.Number() && base.Base != mib.NoType: // OCTET STRING (0..9), without SIZE
		narrowed.Sizes = s.ranges
	case s.ranges != nil:
		narrowed.Ranges = s.ranges
	}
	return &narrowed, nil
}

// namedType is the type that a name stands for.
func (r *resolver) namedType(u *unit, to ref, depth int) (*mib.Syntax, *lack) {
	base, isBase := baseTypes[to.name]
	if isBase {
		if t := u.types[to.name]; t == nil || t.def.macro == typeAssignment {
			return r.plain[base], nil
		}
	}
	local, known, why := types.find(r, u, to)
	switch {
	case local != nil:
		return r.typeOf(local, depth+1)
	case known != nil:
		return known, nil
	}
	if at, is := u.lost[to.name]; is {
		why = &lack{why: fmt.Sprintf("%s was left out for the fault in line %d", to.name, at.line)}
	}
	return nil, why
}

// typeOf is a defined type.
func (r *resolver) typeOf(t *typed, depth int) (*mib.Syntax, *lack) {
	switch {
	case t.state == done:
		return t.syntax, nil
	case t.state == failed:
		return nil, t.lack
	case t.state == busy:
		return nil, &lack{why: fmt.Sprintf("%s leads back to itself", t.def.name)}
	case depth > maxTypes:
		return nil, &lack{why: fmt.Sprintf("more than %d types stand on each other", maxTypes)}
	}
	if _, is := baseTypes[t.def.name]; is && t.def.macro == typeAssignment {
		t.state = done
		return r.plain[baseTypes[t.def.name]], nil
	}
	t.state = busy
	under, why := r.written(t.unit, t.def.syntax, depth)
	if why != nil {
		t.state, t.lack = failed, why
		return nil, why
	}
	t.state = done
	if under == nil {
		return nil, nil
	}
	s := *under
	s.Name, s.Module = t.def.name, t.unit.name
	if t.def.hint != "" {
		s.Hint = t.def.hint
	} else if t.def.macro == typeAssignment && s.Hint == "" {
		s.Hint = hints[s.Name]
	}
	t.syntax = &s
	return t.syntax, nil
}
