package agent

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Tree is what an agent tells in a context. Any goroutine may change it: requests see it as it was before or after.
type Tree struct {
	mu    sync.Mutex // of who changes it
	state atomic.Pointer[state]
}

// A Mount is a Source for what stands below a name, or is that name. One below another's root has its part to itself.
type Mount struct {
	Root   oid.OID
	Source Source
}

// NewTree makes a tree of a table, which may be nil.
func NewTree(base *Table) *Tree {
	if base == nil {
		base = &Table{}
	}
	t := &Tree{}
	t.state.Store(&state{base: base})
	return t
}

// Copy makes a tree that tells the same, and goes its own way from now on. Its sources are the same.
func (t *Tree) Copy() *Tree {
	c := &Tree{}
	c.state.Store(t.state.Load())
	return c
}

// change makes the next state of this one.
func (t *Tree) change(f func(*state)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := *t.state.Load()
	f(&next)
	t.state.Store(&next)
}

// Mount adds sources. One with the root of another takes its place.
func (t *Tree) Mount(mounts ...Mount) {
	t.change(func(s *state) {
		byRoot := map[string]Source{}
		for _, m := range slices.Concat(s.mounts, mounts) {
			byRoot[keyOf(m.Root)] = m.Source
		}
		s.mounts = nil
		for key, source := range byRoot {
			s.mounts = append(s.mounts, Mount{nameOf(key), source})
		}
		slices.SortFunc(s.mounts, func(a, b Mount) int { return oid.Compare(a.Root, b.Root) })
		s.spans = flatten(s.mounts)
	})
}

// Unmount takes the source at a root away; what the table says there is told again.
func (t *Tree) Unmount(root oid.OID) {
	t.change(func(s *state) {
		s.mounts = slices.DeleteFunc(slices.Clone(s.mounts), func(m Mount) bool { return m.Root.Equal(root) })
		s.spans = flatten(s.mounts)
	})
}

// Set gives a variable a value, new or in place of another.
func (t *Tree) Set(vars ...message.Var) error {
	list := make([]entry, len(vars))
	for i, v := range vars {
		b, err := message.EncodeVar(v)
		if err != nil {
			return err
		}
		list[i] = entry{keyOf(v.Name), b}
	}
	t.change(func(s *state) { s.put(list...) })
	return nil
}

// Remove takes variables away.
func (t *Tree) Remove(names ...oid.OID) {
	t.change(func(s *state) {
		for _, n := range names {
			s.put(entry{key: keyOf(n)})
		}
	})
}

// Value is the value of a variable that the tree holds itself.
func (t *Tree) Value(name oid.OID) (message.Value, bool) {
	if b := t.state.Load().lookup([]byte(keyOf(name))); b != nil {
		return decoded(b).Value, true
	}
	return message.Value{}, false
}

// All are the variables that the tree holds itself.
func (t *Tree) All() (list Vars) {
	s := t.state.Load()
	for c := (cursor{at: -1}); ; {
		b := s.following(&c, false)
		if b == nil {
			return list
		}
		list = append(list, decoded(b))
	}
}

// A span is names for which one source answers, up to an end.
type span struct {
	start, end string // keys
	source     Source
}

// flatten makes spans of mounts that are in order and may lie within each other.
func flatten(mounts []Mount) (spans []span) {
	var open []span
	at := ""
	until := func(key string) {
		if len(open) > 0 && at < key {
			spans = append(spans, span{at, key, open[len(open)-1].source})
		}
		at = max(at, key)
	}
	for _, m := range mounts {
		start := keyOf(m.Root)
		for len(open) > 0 && open[len(open)-1].end <= start {
			until(open[len(open)-1].end)
			open = open[:len(open)-1]
		}
		until(start)
		open = append(open, span{start, behind(m.Root), m.Source})
	}
	for ; len(open) > 0; open = open[:len(open)-1] {
		until(open[len(open)-1].end)
	}
	return spans
}

// search finds an entry, or where it belongs.
func search(list []entry, key []byte) (int, bool) {
	return slices.BinarySearchFunc(list, key, func(e entry, key []byte) int { return cmp.Compare(e.key, string(key)) })
}

// below says whether a key is root or below it.
func below(key []byte, root string) bool { return strings.HasPrefix(string(key), root) }
