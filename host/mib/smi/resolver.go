package smi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// resolver gives the definitions of modules their OIDs and types, across modules.
type resolver struct {
	options  Options
	units    map[string]*unit
	foreign  map[string]*foreign // modules of Known that were asked for; nil for those it doesn't have
	homes    map[string][]*unit  // the units that define each name, made when first needed
	plain    [mib.Bits + 1]*mib.Syntax
	problems []Problem
	nodes    slab[mib.Node]
	arcs     slab[uint32]
}

// unit is a module among the files.
type unit struct {
	*module
	file    string
	values  map[string]*entry
	types   map[string]*typed
	sources map[string]string // the module that each imported name comes from
	all     []entry           // in the order of the text
	said    map[string]bool   // modules and names whose lack was told
}

// foreign is a module of Known.
type foreign struct {
	nodes map[string]*mib.Node
	types map[string]*mib.Syntax
}

// state says how far something is resolved.
type state uint8

const (
	fresh state = iota
	busy        // its own resolving led back to it
	done
	failed
)

// entry is a definition that has an OID.
type entry struct {
	def    *definition
	unit   *unit
	state  state
	oid    oid.OID
	parent *entry // of a value written { parent n }, when the parent is among the files
	node   *mib.Node
	lack   *lack // why it has no OID
	tables state
}

// typed is a definition of a type.
type typed struct {
	def    *definition
	unit   *unit
	state  state
	syntax *mib.Syntax // nil for rows
	lack   *lack
}

func newResolver(o Options) *resolver {
	r := &resolver{options: o, units: map[string]*unit{}, foreign: map[string]*foreign{}}
	for b := range r.plain {
		r.plain[b] = &mib.Syntax{Base: mib.Base(b)}
	}
	return r
}

// add takes a module. Of two with one name the one that was updated last counts, or else the first.
func (r *resolver) add(file string, m *module) {
	old := r.units[m.name]
	if old == nil {
		r.units[m.name] = &unit{module: m, file: file}
		return
	}
	if old.text == m.text && old.at == m.at && m.text != (digest{}) { // the same text under another name
		return
	}
	passed, used := file, old.file
	at := m.at
	if m.updated > old.updated {
		passed, used, at = old.file, file, old.at
		r.units[m.name] = &unit{module: m, file: file}
	}
	r.problems = append(r.problems, Problem{File: passed, Line: int(at.line), Column: int(at.column), Module: m.name, Fault: Duplicate,
		Text: fmt.Sprintf("%s is defined in %s too, and that definition is used", m.name, used)})
}

// sorted are the units in the order of their names.
func (r *resolver) sorted() []*unit {
	return slices.SortedFunc(maps.Values(r.units), func(a, b *unit) int { return cmp.Compare(a.name, b.name) })
}

// resolve gives everything its OID and type, or a problem, unless ctx ends. Each step needs the one before it in all units.
func (r *resolver) resolve(ctx context.Context) error {
	units := r.sorted()
	for _, step := range [...]func(*unit){r.index, r.numbers, r.describe, r.tables} {
		for _, u := range units {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			step(u)
		}
	}
	return nil
}

// index makes what finds the names of a unit.
func (r *resolver) index(u *unit) {
	u.values = make(map[string]*entry, len(u.defs))
	u.types = map[string]*typed{}
	u.sources = map[string]string{}
	u.said = map[string]bool{}
	u.all = make([]entry, 0, len(u.defs))
	for _, from := range u.imports {
		for _, name := range from.names {
			u.sources[name.name] = from.from
		}
	}
	for _, d := range u.defs {
		switch {
		case d.isType():
			if u.types[d.name] == nil {
				u.types[d.name] = &typed{def: d, unit: u}
			} else {
				r.warn(u, d.name, d.at, Duplicate, "the type is defined twice: the first definition is used")
			}
		case u.values[d.name] != nil && !r.again(u, d):
		default:
			u.all = append(u.all, entry{def: d, unit: u})
			if u.values[d.name] == nil {
				u.values[d.name] = &u.all[len(u.all)-1]
			}
		}
	}
}

// again says whether a second definition of a name is kept, and tells of it.
func (r *resolver) again(u *unit, d *definition) bool {
	first := u.values[d.name].def
	switch {
	case d.macro == trapType && first.macro != trapType: // SMIv1's traps have names of their own
		return true
	case slices.EqualFunc(first.value, d.value, sameArc) && first.trap == d.trap:
		r.warn(u, d.name, d.at, Duplicate, fmt.Sprintf("it is defined in line %d with the same OID too: the first definition is used", first.at.line))
		return false
	case r.options.Permissive:
		r.warn(u, d.name, d.at, Duplicate, fmt.Sprintf("it is defined in line %d with another OID too: both are kept, the name means the first", first.at.line))
		return true
	}
	r.note(u, Problem{Name: d.name, Fault: Duplicate, Lost: true, Text: fmt.Sprintf("it is defined in line %d with another OID too: the first definition is used", first.at.line),
		Remedy: "correct it, or load with permissive"}, d.at)
	return false
}

func sameArc(a, b arc) bool {
	return a.name == b.name && a.number == b.number
}

// modules are the results.
func (r *resolver) modules() (all []*mib.Module) {
	for _, u := range r.sorted() {
		m := &mib.Module{Name: u.name}
		for i := range u.all {
			if n := u.all[i].node; n != nil {
				m.Nodes = append(m.Nodes, n)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(u.types)) {
			if s := u.types[name].syntax; s != nil {
				m.Types = append(m.Types, s)
			}
		}
		all = append(all, m)
	}
	return all
}

func (r *resolver) note(u *unit, p Problem, at place) {
	p.File, p.Module, p.Line, p.Column = u.file, u.name, int(at.line), int(at.column)
	r.problems = append(r.problems, p)
}

func (r *resolver) warn(u *unit, name string, at place, fault Fault, text string) {
	r.note(u, Problem{Name: name, Fault: fault, Text: text}, at)
}

// sortProblems orders problems by file and line.
func sortProblems(all []Problem) {
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
