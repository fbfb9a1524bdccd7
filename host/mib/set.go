package mib

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"moonwire/host/snmp/oid"
)

// A Set is a Source made of modules in memory.
type Set struct {
	modules map[string]*Module
	named   map[string][]*Node
	root    place
	room    []place // for places, made many at a time
}

// A place is an OID of a Set.
type place struct {
	sub      uint32
	nodes    []*Node
	children []*place // by sub
}

// NewSet makes a Source of modules; of two with one name the last one counts.
func NewSet(modules ...*Module) *Set {
	s := &Set{}
	s.add(modules)
	return s
}

// add puts modules in. Where one takes another's place, all are put in anew.
func (s *Set) add(modules []*Module) {
	fresh, anew := map[string]*Module{}, s.modules == nil
	for _, m := range modules {
		fresh[m.Name], anew = m, anew || s.modules[m.Name] != nil
	}
	if anew {
		for name, m := range s.modules {
			if fresh[name] == nil {
				fresh[name] = m
			}
		}
		*s = Set{modules: map[string]*Module{}}
	}
	if len(s.named) == 0 {
		nodes := 0
		for _, m := range fresh {
			nodes += len(m.Nodes)
		}
		s.named = make(map[string][]*Node, nodes)
	}
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		s.modules[name] = fresh[name]
		s.index(fresh[name])
	}
}

func (s *Set) index(m *Module) {
	for i, n := range m.Nodes {
		alone := m.Nodes[i : i+1 : i+1] // most nodes have a name and an OID of their own
		s.named[n.Name] = with(s.named[n.Name], alone)
		p := &s.root
		for _, sub := range n.OID {
			p = s.enter(p, sub)
		}
		p.nodes = with(p.nodes, alone)
		if len(p.nodes) > 1 {
			slices.SortStableFunc(p.nodes, prefer)
		}
	}
}

// with is a list of nodes with more behind it; whoever has the old list keeps it.
func with(list, more []*Node) []*Node {
	if list == nil {
		return more
	}
	return slices.Concat(list, more)
}

// find is where the child with a number is, or would be.
func (p *place) find(sub uint32) (int, bool) {
	return slices.BinarySearchFunc(p.children, sub, func(c *place, sub uint32) int { return cmp.Compare(c.sub, sub) })
}

// enter is the child of p with a number, made when it isn't there.
func (s *Set) enter(p *place, sub uint32) *place {
	i, found := p.find(sub)
	if !found {
		p.children = slices.Insert(p.children, i, s.place(sub))
	}
	return p.children[i]
}

// place makes a place.
func (s *Set) place(sub uint32) *place {
	if len(s.room) == 0 {
		s.room = make([]place, 64)
	}
	p := &s.room[0]
	s.room = s.room[1:]
	p.sub = sub
	return p
}

// Named are all nodes of that name.
func (s *Set) Named(name string) []*Node { return s.named[name] }

// Deepest finds the longest prefix of o that nodes have.
func (s *Set) Deepest(o oid.OID) (nodes []*Node, length int) {
	p := &s.root
	for depth, sub := range o {
		i, found := p.find(sub)
		if !found {
			break
		}
		if p = p.children[i]; p.nodes != nil {
			nodes, length = p.nodes, depth+1
		}
	}
	return nodes, length
}

// Below are the numbers that follow o.
func (s *Set) Below(o oid.OID) []uint32 {
	p := &s.root
	for _, sub := range o {
		i, found := p.find(sub)
		if !found {
			return nil
		}
		p = p.children[i]
	}
	subs := make([]uint32, len(p.children))
	for i, c := range p.children {
		subs[i] = c.sub
	}
	return subs
}

// Names are all names.
func (s *Set) Names() iter.Seq[string] { return maps.Keys(s.named) }

// Modules are the names of all modules.
func (s *Set) Modules() []string { return slices.Collect(maps.Keys(s.modules)) }

// Module is what a module defines.
func (s *Set) Module(name string) *Module { return s.modules[name] }
