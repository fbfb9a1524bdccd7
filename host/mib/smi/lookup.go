package smi

import (
	"fmt"
	"strings"

	"moonwire/host/mib"
)

// lookup looks for a name in modules. Found are the one or the other: local among the files, or known.
type lookup[L, K any] struct {
	local func(u *unit, name string) L
	known func(f *foreign, name string) K
	none  func(local L, known K) bool
}

var values = lookup[*entry, *mib.Node]{
	local: func(u *unit, name string) *entry { return u.values[name] },
	known: func(f *foreign, name string) *mib.Node { return f.nodes[name] },
	none:  func(local *entry, known *mib.Node) bool { return local == nil && known == nil },
}

var types = lookup[*typed, *mib.Syntax]{
	local: func(u *unit, name string) *typed { return u.types[name] },
	known: func(f *foreign, name string) *mib.Syntax { return f.types[name] },
	none:  func(local *typed, known *mib.Syntax) bool { return local == nil && known == nil },
}

// lack says why a name was not found.
type lack struct {
	why    string
	module string // that is missing
	remedy string
	of     *entry // the definition that lacks it, when it is another one above
}

// find looks for what a reference in u means. It is defined there, or imported, or written with its module.
func (l *lookup[L, K]) find(r *resolver, u *unit, to ref) (local L, known K, why *lack) {
	from, name := to.parts()
	if from == "" || from == u.name {
		if local = l.local(u, name); !l.none(local, known) {
			return local, known, nil
		}
		from = u.sources[name]
	}
	if from == "" {
		if local, known, why = l.in(r, conventions, name, 0); why == nil {
			r.unimported(u, to, conventions)
			return local, known, nil
		}
		return l.stray(r, u, to)
	}
	local, known, why = l.in(r, from, name, 0)
	if why == nil {
		return local, known, nil
	}
	if r.options.Permissive {
		if local, known, other := l.stray(r, u, to); other == nil {
			return local, known, nil
		}
	}
	r.missing(u, from, why)
	return local, known, why
}

// conventions is the module whose names are so well known that many forget to import them (RFC 2579).
const conventions = "SNMPv2-TC"

// wellKnown are other modules whose names are often used without being imported.
var wellKnown = []string{"SNMPv2-MIB", "IF-MIB", "INET-ADDRESS-MIB", "SNMP-FRAMEWORK-MIB", "RMON-MIB", "BRIDGE-MIB", "Q-BRIDGE-MIB", "HCNUM-TC"}

// unimported tells once of a name that is used without being imported, though only one can be meant.
func (r *resolver) unimported(u *unit, to ref, from string) {
	if smiModules[u.name] || u.said[to.name] {
		return
	}
	u.said[to.name] = true
	r.warn(u, "", to.at, MissingName, fmt.Sprintf("%s is used but not imported: it is taken from %s", to.name, from))
}

// maxHops bounds how far a name is followed from module to module.
const maxHops = 8

// in looks for a name in a module: in what it defines, in what it imports itself, and in the modules that took over from it.
func (l *lookup[L, K]) in(r *resolver, from, name string, hops int) (local L, known K, why *lack) {
	if hops == maxHops {
		return local, known, &lack{why: fmt.Sprintf("%s is not found in %s: the imports lead on and on", name, from)}
	}
	u := r.units[from]
	if u != nil {
		if local = l.local(u, name); !l.none(local, known) {
			return local, known, nil
		}
	}
	f := r.outside(from) // of an older module among the files it may be a newer one
	if f != nil {
		if known = l.known(f, name); !l.none(local, known) {
			return local, known, nil
		}
	}
	for _, next := range successors[from] {
		if local, known, why = l.in(r, next, name, hops+1); why == nil {
			return local, known, nil
		}
	}
	if u != nil && u.sources[name] != "" && u.sources[name] != from {
		return l.in(r, u.sources[name], name, hops+1)
	}
	if u != nil || f != nil {
		return local, known, &lack{why: fmt.Sprintf("%s doesn't define %s", from, name)}
	}
	return local, known, &lack{why: fmt.Sprintf("%s comes from %s, which is not among the files", name, from), module: from}
}

// stray looks for a name that is neither defined nor imported. In permissive mode it is taken from a module that is
// well known, or else from the one that alone has it; in strict mode they are named.
func (l *lookup[L, K]) stray(r *resolver, u *unit, to ref) (local L, known K, why *lack) {
	for _, from := range wellKnown {
		if local, known, why = l.in(r, from, to.name, maxHops-1); why == nil {
			return l.astray(r, to, local, known, []string{from})
		}
	}
	var homes []string
	for _, other := range r.home(to.name) {
		if here := l.local(other, to.name); !l.none(here, known) {
			local = here
			homes = append(homes, other.name)
		}
	}
	if len(homes) == 0 && r.options.Known != nil {
		for _, n := range r.options.Known.Named(to.name) {
			if f := r.outside(n.Module); f != nil {
				if here := l.known(f, to.name); !l.none(local, here) {
					known = here
					homes = append(homes, n.Module)
				}
			}
		}
	}
	return l.astray(r, to, local, known, homes)
}

// astray is what stray found in modules.
func (l *lookup[L, K]) astray(r *resolver, to ref, local L, known K, homes []string) (L, K, *lack) {
	why := &lack{why: fmt.Sprintf("%s is neither defined nor imported", to.name)}
	switch {
	case len(homes) == 1 && r.options.Permissive:
		return local, known, nil
	case len(homes) == 1:
		why.remedy = fmt.Sprintf("import it from %s, or load with permissive", homes[0])
	case len(homes) > 1:
		why.remedy = "import it from " + strings.Join(homes[:min(len(homes), 3)], " or ")
	}
	var noLocal L
	var noKnown K
	return noLocal, noKnown, why
}

// home are the units that define a name.
func (r *resolver) home(name string) []*unit {
	if r.homes == nil {
		r.homes = map[string][]*unit{}
		for _, u := range r.sorted() {
			for name := range u.values {
				r.homes[name] = append(r.homes[name], u)
			}
			for name := range u.types {
				r.homes[name] = append(r.homes[name], u)
			}
		}
	}
	return r.homes[name]
}

// outside is a module of Known; nil when it has none of that name.
func (r *resolver) outside(name string) *foreign {
	if f, asked := r.foreign[name]; asked {
		return f
	}
	var f *foreign
	if r.options.Known != nil {
		if m := r.options.Known.Module(name); m != nil {
			f = &foreign{nodes: make(map[string]*mib.Node, len(m.Nodes)), types: make(map[string]*mib.Syntax, len(m.Types))}
			for _, n := range m.Nodes {
				f.nodes[n.Name] = n
			}
			for _, s := range m.Types {
				f.types[s.Name] = s
			}
		}
	}
	r.foreign[name] = f
	return f
}

// missing tells once where a module imports from one that is missing, and what cures it.
func (r *resolver) missing(u *unit, from string, why *lack) {
	if why.module == "" || u.said[from] {
		return
	}
	u.said[from] = true
	p := Problem{Fault: MissingModule, Missing: from, Lost: true}
	at := u.at
	var names []string
	for _, i := range u.imports {
		if i.from == from {
			at = i.at
			for _, n := range i.names {
				names = append(names, n.name)
			}
		}
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("%d more", len(names)-3))
	}
	p.Text = fmt.Sprintf("imports %s from %s, which is not among the files", strings.Join(names, ", "), from)
	p.Remedy = "load the directory that has it, too"
	if len(names) > 0 {
		if homes := r.home(names[0]); len(homes) == 1 {
			p.Remedy += fmt.Sprintf(" (%s defines %s: is it meant?)", homes[0].name, names[0])
		}
	}
	r.note(u, p, at)
}
