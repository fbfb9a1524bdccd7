package mib

import "moonwire/host/snmp/oid"

// A Walker visits nodes in the order of their OIDs.
type Walker struct {
	tree  *Tree
	depth int
	ahead [][]*Node // what is left on each level
}

// Walker visits the nodes at o and as many levels below as depth says, 0 for all.
func (t *Tree) Walker(o oid.OID, depth int) *Walker {
	top := t.At(o)
	if top == nil {
		top = &Node{OID: o}
	}
	return &Walker{tree: t, depth: depth, ahead: [][]*Node{{top}}}
}

// Next is the next node; nil behind the last one.
func (w *Walker) Next() *Node {
	for len(w.ahead) > 0 {
		level := &w.ahead[len(w.ahead)-1]
		if len(*level) == 0 {
			w.ahead = w.ahead[:len(w.ahead)-1]
			continue
		}
		n := (*level)[0]
		*level = (*level)[1:]
		if w.depth == 0 || len(w.ahead) <= w.depth {
			w.ahead = append(w.ahead, w.tree.Below(n.OID))
		}
		if n.Kind != Place {
			return n
		}
	}
	return nil
}
