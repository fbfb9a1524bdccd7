package flow

// A node of a tree of dominators: its parent is the nearest thing that every way to it passes. Skip leads further up,
// so that ancestors are found in few steps (Myers, "An applicative random-access stack", 1983).
type node struct {
	parent, skip *node
	depth        int
}

// hang puts n below parent, or makes it a root.
func (n *node) hang(parent *node) {
	*n = node{parent: parent}
	n.skip = n
	if parent == nil {
		return
	}
	n.depth = parent.depth + 1
	n.skip = parent
	if s := parent.skip; parent.depth-s.depth == s.depth-s.skip.depth {
		n.skip = s.skip
	}
}

// lift is n's ancestor at a depth.
func (n *node) lift(depth int) *node {
	for n.depth > depth {
		if n.skip.depth >= depth {
			n = n.skip
		} else {
			n = n.parent
		}
	}
	return n
}

// above reports whether every way to other passes n.
func (n *node) above(other *node) bool {
	return other.depth >= n.depth && other.lift(n.depth) == n
}

// meet is the last thing that every way to a and to b passes; nil when there is none.
func meet(a, b *node) *node {
	a, b = a.lift(b.depth), b.lift(a.depth)
	for a != b {
		if a.parent == nil || b.parent == nil {
			return nil
		}
		if a.skip != b.skip {
			a, b = a.skip, b.skip
		} else {
			a, b = a.parent, b.parent
		}
	}
	return a
}

// findDominators makes the trees of the blocks and of the edges that every way to them passes.
func (o *optimiser) findDominators() {
	for _, b := range o.order {
		var block, through *node
		for i, e := range b.preds {
			if i == 0 {
				block, through = &e.from.node, &e.node
				continue
			}
			block = meet(block, &e.from.node)
			if through != nil {
				through = meet(through, &e.node)
			}
		}
		b.node.hang(block)
		if !b.ends() {
			b.yes.node.hang(through)
			b.no.node.hang(through)
		}
	}
}
