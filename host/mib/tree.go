package mib

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"

	"moonwire/host/snmp/oid"
)

// A Tree finds nodes in several sources. Any number of goroutines may ask it while modules are added.
type Tree struct {
	base  Source
	mu    sync.RWMutex
	added *Set
}

// New makes a tree over base, which may be nil.
func New(base Source) *Tree {
	if base == nil {
		base = NewSet()
	}
	return &Tree{base: base, added: NewSet()}
}

// Add puts modules into the tree, in place of those it was given before under the same names. Their definitions come
// before those of the base.
func (t *Tree) Add(modules ...*Module) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.added.add(modules)
}

// Named are the nodes that have a name, or module::name; the best of each OID.
func (t *Tree) Named(name string) []*Node {
	module, name, qualified := cutModule(name)
	var found []*Node
	t.mu.RLock()
	added, own := t.added.Named(name), t.added.Module(module) != nil
	t.mu.RUnlock()
	for _, n := range slices.Concat(added, t.base.Named(name)) {
		if qualified && n.Module != module {
			continue
		}
		i := slices.IndexFunc(found, func(f *Node) bool { return slices.Equal(f.OID, n.OID) })
		switch {
		case i < 0:
			found = append(found, n)
		case rank(n) < rank(found[i]):
			found[i] = n
		}
	}
	if qualified && len(found) > 1 && own { // the file's, not the base's
		found = found[:1]
	}
	return found
}

// cutModule parts module::name.
func cutModule(s string) (module, name string, qualified bool) {
	if module, name, qualified = strings.Cut(s, "::"); qualified {
		return module, name, true
	}
	return "", s, false
}

// Find is the node that has a name, or module::name. Where modules give a name to different OIDs, the core modules' meaning
// counts, then that of modules which no later one supersedes. The error is an *UnknownError or an *AmbiguousError.
func (t *Tree) Find(name string) (*Node, error) {
	found := t.Named(name)
	if len(found) == 0 {
		return nil, t.unknown(name)
	}
	slices.SortStableFunc(found, func(a, b *Node) int { return cmp.Compare(claim(a), claim(b)) })
	if len(found) > 1 && claim(found[0]) == claim(found[1]) {
		return nil, &AmbiguousError{Name: name, Nodes: found}
	}
	return found[0], nil
}

// At is the best node with that OID; nil when there is none.
func (t *Tree) At(o oid.OID) *Node {
	if n, length := t.deepest(o); n != nil && length == len(o) {
		return n
	}
	return nil
}

// Prefix is the best node with the longest prefix of o, and what follows it; nil when there is none. A name for one
// instance of an object, as sysUpTimeInstance, is passed over: sysUpTime.0 has the type too.
func (t *Tree) Prefix(o oid.OID) (n *Node, rest oid.OID) {
	n, length := t.deepest(o)
	if n != nil && n.Kind == Identifier {
		if object, at := t.deepest(o[:length-1]); object != nil && at == length-1 && (object.Kind == Scalar || object.Kind == Column) {
			return object, o[at:]
		}
	}
	return n, o[length:]
}

func (t *Tree) deepest(o oid.OID) (n *Node, length int) {
	nodes, length := t.base.Deepest(o)
	t.mu.RLock()
	more, deeper := t.added.Deepest(o)
	t.mu.RUnlock()
	if len(more) > 0 && (deeper > length || deeper == length && rank(more[0]) <= rank(nodes[0])) {
		nodes, length = more, deeper
	}
	if len(nodes) == 0 {
		return nil, 0
	}
	return nodes[0], length
}

// Name is an OID as people write it: ifDescr.2. It is dotted numbers where no node has a prefix.
func (t *Tree) Name(o oid.OID) string {
	n, rest := t.Prefix(o)
	if n == nil {
		return o.String()
	}
	return join(n.Name, rest)
}

// Qualified is an OID with the module that names it: IF-MIB::ifDescr.2.
func (t *Tree) Qualified(o oid.OID) string {
	n, rest := t.Prefix(o)
	if n == nil {
		return o.String()
	}
	return join(n.String(), rest)
}

func join(name string, rest oid.OID) string {
	if len(rest) == 0 {
		return name
	}
	return name + "." + rest.String()
}

// Below are the places one number under o, in order; those without a name are nodes of kind Place.
func (t *Tree) Below(o oid.OID) []*Node {
	t.mu.RLock()
	subs := t.added.Below(o)
	t.mu.RUnlock()
	subs = append(subs, t.base.Below(o)...)
	slices.Sort(subs)
	subs = slices.Compact(subs)
	nodes := make([]*Node, len(subs))
	for i, sub := range subs {
		at := append(slices.Clip(o), sub)
		if nodes[i] = t.At(at); nodes[i] == nil {
			nodes[i] = &Node{OID: at}
		}
	}
	return nodes
}

// Walk visits the nodes at and below o in the order of their OIDs.
func (t *Tree) Walk(o oid.OID) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		w := t.Walker(o, 0)
		for n := w.Next(); n != nil && yield(n); {
			n = w.Next()
		}
	}
}

// Parent is the node with the longest prefix that is shorter than o; nil when there is none.
func (t *Tree) Parent(o oid.OID) *Node {
	if len(o) == 0 {
		return nil
	}
	n, _ := t.Prefix(o[:len(o)-1])
	return n
}

// Columns are the columns of a table or a row, in order.
func (t *Tree) Columns(n *Node) []*Node {
	var columns []*Node
	for d := range t.Walk(n.OID) {
		if d.Kind == Column {
			columns = append(columns, d)
		}
	}
	return columns
}

// Modules are the names of all modules, in order.
func (t *Tree) Modules() []string {
	t.mu.RLock()
	names := t.added.Modules()
	t.mu.RUnlock()
	names = append(names, t.base.Modules()...)
	slices.Sort(names)
	return slices.Compact(names)
}

// Module is what a module defines; nil when the tree doesn't have it.
func (t *Tree) Module(name string) *Module {
	t.mu.RLock()
	m := t.added.Module(name)
	t.mu.RUnlock()
	if m != nil {
		return m
	}
	return t.base.Module(name)
}

// Type is the named type of a module; nil when it has none of that name.
func (t *Tree) Type(module, name string) *Syntax {
	m := t.Module(module)
	if m == nil {
		return nil
	}
	for _, s := range m.Types {
		if s.Name == name {
			return s
		}
	}
	return nil
}
