package flow

import "sort"

// A cover is a set of edges, in the order of their tree, that finds those above another edge.
type cover struct {
	edges []*edge
	up    []int // the nearest of the set above each; -1 for none
}

// add puts an edge into the set; those before it in the tree's order are there already.
func (c *cover) add(e *edge) {
	c.up = append(c.up, c.reach(len(c.edges)-1, e))
	c.edges = append(c.edges, e)
}

// reach is the first of the set from number at upwards that is above e.
func (c *cover) reach(at int, e *edge) int {
	for at >= 0 && !c.edges[at].above(&e.node) {
		at = c.up[at]
	}
	return at
}

// above visits the edges of the set that every way to e passes, the nearest first, until visit is false.
func (c *cover) above(e *edge, visit func(*edge) bool) {
	if c == nil {
		return
	}
	at := sort.Search(len(c.edges), func(i int) bool { return c.edges[i].first > e.first }) - 1
	for at = c.reach(at, e); at >= 0 && visit(c.edges[at]); {
		at = c.up[at]
	}
}
