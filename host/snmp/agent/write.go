package agent

import (
	"slices"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A Permit lets variables of a tree's own be set.
type Permit struct {
	// Check says what is wrong with a value for a variable, if anything is. Nil finds nothing.
	Check func(v message.Var) message.ErrorStatus
	// New lets variables be made that aren't there. Others keep their type.
	New bool
}

// A permit is for what stands below a name.
type permit struct {
	root string // key
	Permit
}

// Allow lets the variables at or below a name be set, by managers who may write there. The longest name that fits counts.
func (t *Tree) Allow(root oid.OID, p Permit) {
	t.change(func(s *state) {
		key := keyOf(root)
		s.writable = slices.DeleteFunc(slices.Clone(s.writable), func(p permit) bool { return p.root == key })
		s.writable = append(s.writable, permit{key, p})
		slices.SortFunc(s.writable, func(a, b permit) int { return len(b.root) - len(a.root) })
	})
}

// test says whether a variable can be set, in the order of RFC 3416 section 4.2.5.
func (t *Tree) test(r *Request, v message.Var) (Change, error) {
	s, key := t.state.Load(), []byte(keyOf(v.Name))
	if p, ok := s.spanAt(key); ok && p.start <= string(key) {
		if err := r.mayAsk(p.source); err != nil {
			return nil, err
		}
		if setter, ok := p.source.(Setter); ok {
			return setter.Test(r, v)
		}
		return nil, Refuse(message.NotWritable)
	}
	i := slices.IndexFunc(s.writable, func(p permit) bool { return below(key, p.root) })
	if i < 0 {
		return nil, Refuse(message.NotWritable)
	}
	p, old := &s.writable[i], s.lookup(key)
	if status := p.refuses(v, old); status != message.NoError {
		return nil, Refuse(status)
	}
	b, err := message.EncodeVar(v)
	if err != nil {
		return nil, Refuse(message.WrongEncoding)
	}
	return &treeChange{tree: t, next: entry{string(key), b}, last: entry{string(key), old}}, nil
}

// refuses says what is wrong with a value in place of another, which may be none.
func (p *permit) refuses(v message.Var, old []byte) message.ErrorStatus {
	t := v.Value.Type
	switch {
	case t.Exception(), old != nil && decoded(old).Value.Type != t:
		return message.WrongType
	case v.Value.Malformed():
		return message.WrongEncoding
	}
	if p.Check != nil {
		if status := p.Check(v); status != message.NoError {
			return status
		}
	}
	if old == nil && !p.New {
		return message.NoCreation
	}
	return message.NoError
}

// treeChange sets a variable that the tree holds itself.
type treeChange struct {
	tree       *Tree
	next, last entry
}

func (c *treeChange) Commit() error {
	c.tree.change(func(s *state) { s.put(c.next) })
	return nil
}

func (c *treeChange) Undo() error {
	c.tree.change(func(s *state) { s.put(c.last) })
	return nil
}
