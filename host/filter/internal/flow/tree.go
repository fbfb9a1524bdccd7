package flow

import "slices"

// A node of a tree of dominators: its parent is the nearest thing that every way to it passes. Skip leads further up,
// so that the place where two branches part is found in few steps (Myers, "An applicative random-access stack", 1983).
type node struct {
	parent, skip *node
	depth        int

	size  int // nodes from here down
	first int // number in an order in which those from here down follow each other
	free  int // the next number to give to a child
}

// hang puts n below parent, or makes it a root.
func (n *node) hang(parent *node) {
	*n = node{parent: parent, size: 1}
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

// above reports whether every way to other passes n.
func (n *node) above(other *node) bool {
	return n.first <= other.first && other.first < n.first+n.size
}

// arrange numbers the nodes of a tree, each given after its parent.
func arrange(nodes []*node) {
	for _, n := range slices.Backward(nodes) {
		if n.parent != nil {
			n.parent.size += n.size
		}
	}
	roots := 0
	for _, n := range nodes {
		next := &roots
		if n.parent != nil {
			next = &n.parent.free
		}
		n.first = *next
		*next += n.size
		n.free = n.first + 1
	}
}

// findDominators makes the trees of the blocks and of the edges that every way to them passes.
func (o *optimiser) findDominators() {
	blocks, edges := o.nodes[:0], o.edgeNodes[:0]
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
		blocks = append(blocks, &b.node)
		if !b.ends() {
			b.yes.node.hang(through)
			b.no.node.hang(through)
			edges = append(edges, &b.yes.node, &b.no.node)
		}
	}
	arrange(blocks)
	arrange(edges)
	o.nodes, o.edgeNodes = blocks, edges
}
