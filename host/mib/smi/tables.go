package smi

import (
	"fmt"

	"moonwire/host/mib"
)

// tables gives the rows of a unit their indices.
func (r *resolver) tables(u *unit) {
	for i := range u.all {
		r.row(&u.all[i])
	}
}

// row gives a row its index.
func (r *resolver) row(e *entry) {
	if e.node == nil || e.node.Kind != mib.Row || e.tables != fresh {
		return
	}
	e.tables = busy
	switch {
	case e.def.augments != nil:
		r.augmented(e)
	case len(e.def.index) > 0:
		r.indexed(e)
	default:
		r.warn(e.unit, e.def.name, e.def.at, BadIndex, "the row has neither INDEX nor AUGMENTS")
	}
	e.tables = done
}

// augmented gives a row the index of the one that it extends.
func (r *resolver) augmented(e *entry) {
	to := *e.def.augments
	local, known, why := values.find(r, e.unit, to)
	switch {
	case local != nil && local.node != nil:
		r.row(local)
		e.node.Augments, e.node.Index = local.node.Ref(), local.node.Index
		if local.tables == busy {
			r.badIndex(e, to.at, &lack{}, "its AUGMENTS leads back to itself")
		}
	case known != nil:
		e.node.Augments, e.node.Index = known.Ref(), known.Index
	case why != nil:
		r.badIndex(e, to.at, why, "the row that it augments isn't known: ")
	default:
		r.badIndex(e, to.at, &lack{}, fmt.Sprintf("%s, which it augments, has no OID", to.name))
	}
}

// indexed gives a row what INDEX names.
func (r *resolver) indexed(e *entry) {
	parts := make([]mib.Index, 0, len(e.def.index))
	for _, p := range e.def.index {
		part, why := r.part(e, p)
		if why != nil {
			r.badIndex(e, p.at, why, "its index isn't known: ")
			return
		}
		parts = append(parts, part)
	}
	e.node.Index = parts
}

// part is one entry of INDEX.
func (r *resolver) part(e *entry, p indexPart) (mib.Index, *lack) {
	if p.syntax != nil {
		syntax, why := r.written(e.unit, p.syntax, 0)
		return mib.Index{Syntax: syntax, Implied: p.implied}, why
	}
	local, known, why := values.find(r, e.unit, p.ref)
	switch {
	case local != nil && local.node != nil && local.node.Syntax != nil:
		return mib.Index{Ref: local.node.Ref(), Syntax: local.node.Syntax, Implied: p.implied}, nil
	case local != nil:
		return mib.Index{}, &lack{why: fmt.Sprintf("the type of %s isn't known", p.name)}
	case known != nil && known.Syntax != nil:
		return mib.Index{Ref: known.Ref(), Syntax: known.Syntax, Implied: p.implied}, nil
	case known != nil:
		return mib.Index{}, &lack{why: fmt.Sprintf("%s of %s is no object with a value", p.name, known.Module)}
	}
	return mib.Index{}, why
}

func (r *resolver) badIndex(e *entry, at place, why *lack, text string) {
	r.note(e.unit, Problem{Name: e.def.name, Fault: BadIndex, Lost: true, Missing: why.module, Text: text + why.why, Remedy: why.remedy}, at)
}
