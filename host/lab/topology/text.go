package topology

import "strings"

// width is how many columns a drawing takes, where it can.
const width = 100

// Text draws the network for people: chains from left to right, everything else as a tree, with the names of interfaces,
// addresses, and MTUs that aren't 1500. [h1] is a host, (R1) a router, <sw1> a switch.
func (p *Plan) Text() string {
	g := p.graph()
	var parts []string
	for _, nodes := range g.parts(p) {
		if chain := g.chain(nodes); chain != nil {
			parts = append(parts, drawChain(chain))
		} else {
			parts = append(parts, g.drawTree(nodes))
		}
	}
	return strings.Join(parts, "\n\n")
}

// A side is a link as one of its nodes sees it.
type side struct {
	link      *Link
	near, far *End
}

// graph has the links of each node.
type graph map[*Node][]side

func (p *Plan) graph() graph {
	g := graph{}
	for _, l := range p.Links {
		a, b := &l.Ends[0], &l.Ends[1]
		g[a.Node] = append(g[a.Node], side{l, a, b})
		g[b.Node] = append(g[b.Node], side{l, b, a})
	}
	return g
}

// parts are the nodes that hang together, each in the order of the plan.
func (g graph) parts(p *Plan) (all [][]*Node) {
	seen := map[*Node]bool{}
	for _, n := range p.Nodes {
		if seen[n] {
			continue
		}
		seen[n] = true
		part := []*Node{n}
		for i := 0; i < len(part); i++ {
			for _, s := range g[part[i]] {
				if !seen[s.far.Node] {
					seen[s.far.Node] = true
					part = append(part, s.far.Node)
				}
			}
		}
		all = append(all, part)
	}
	return all
}

// chain are the links from one end to the other when the nodes make a chain, nil when they don't. A node alone is one.
func (g graph) chain(nodes []*Node) []side {
	var start *Node
	ends := 0
	for _, n := range nodes {
		if len(g[n]) > 2 {
			return nil
		}
		if len(g[n]) <= 1 {
			ends++
			if start == nil || n.place < start.place {
				start = n
			}
		}
	}
	if len(nodes) == 1 {
		return []side{{near: &End{Node: start}}}
	}
	if ends != 2 {
		return nil
	}
	var chain []side
	for at, from := start, (*Link)(nil); ; {
		var next *side
		for i, s := range g[at] {
			if s.link != from {
				next = &g[at][i]
			}
		}
		if next == nil {
			return chain
		}
		chain = append(chain, *next)
		at, from = next.far.Node, next.link
	}
}
