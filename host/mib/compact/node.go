package compact

import (
	"maps"
	"slices"

	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// node reads a definition.
func (t *Table) node(i int, o oid.OID) *mib.Node {
	access := t.columns[defAccess][i]
	n := &mib.Node{
		Name: t.name(t.u16(defName, i)), Module: t.moduleName(t.u16(defModule, i)), OID: o,
		Kind: mib.Kind(t.columns[defKind][i]), Access: mib.Access(access & 7), Status: mib.Status(access >> 3),
		Syntax: t.syntax(t.u16(defSyntax, i)),
	}
	if extra := t.u16(defExtra, i); extra != 0 {
		t.extra(n, t.entry(extraAt, extras, extra))
	}
	return n
}

func (t *Table) extra(n *mib.Node, r reading) {
	n.Units = r.string()
	n.Augments = r.ref()
	if count := r.uint(); count > 0 {
		n.Index = make([]mib.Index, count)
	}
	for i := range n.Index {
		n.Index[i] = mib.Index{Ref: r.ref(), Implied: r.uint() == 1, Syntax: t.syntax(int(r.uint()))}
	}
	if count := r.uint(); count > 0 {
		n.Objects = make([]mib.Ref, count)
	}
	for i := range n.Objects {
		n.Objects[i] = r.ref()
	}
}

// syntax reads an entry of the syntaxes; 0 is none.
func (t *Table) syntax(i int) *mib.Syntax {
	if i == 0 {
		return nil
	}
	if made := t.syntaxes[i].Load(); made != nil {
		return made
	}
	r := t.entry(syntaxAt, syntaxes, i)
	s := &mib.Syntax{Name: r.string(), Module: r.string(), Base: mib.Base(r.uint()), Hint: r.string()}
	s.Enums = make([]mib.Enum, r.uint())
	for i := range s.Enums {
		s.Enums[i] = mib.Enum{Name: r.string(), Value: r.int()}
	}
	s.Ranges, s.Sizes = r.ranges(), r.ranges()
	if t.syntaxes[i].CompareAndSwap(nil, s) {
		return s
	}
	return t.syntaxes[i].Load()
}

func (t *Table) moduleName(i int) string {
	r := t.entry(moduleAt, modules, i)
	return r.string()
}

// Modules are the names of all modules.
func (t *Table) Modules() []string { return slices.Collect(maps.Keys(t.modules)) }

// Module is what a module defines.
func (t *Table) Module(name string) *mib.Module {
	i, found := t.modules[name]
	if !found {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.made[i]; m != nil {
		return m
	}
	r := t.entry(moduleAt, modules, i)
	m := &mib.Module{Name: r.string()}
	m.Types = make([]*mib.Syntax, r.uint())
	for j := range m.Types {
		m.Types[j] = t.syntax(int(r.uint()))
	}
	for j := range len(t.columns[defModule]) / 2 {
		if t.u16(defModule, j) == i {
			m.Nodes = append(m.Nodes, t.def(j))
		}
	}
	t.made[i] = m
	return m
}
