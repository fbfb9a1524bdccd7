package topology

import (
	"fmt"
	"strings"
)

const (
	crowd   = 40   // hosts in a row that are drawn one by one
	deepest = 200  // columns of a branch
	longest = 5000 // lines
)

// tree draws nodes that are no chain:
//
//	<sw1>
//	 +- p1 -- eth0 [h1]  10.0.1.2/24  fd00:0:0:1::2
//	 `- p2 -- eth0 (R1)  10.0.1.1/24  fd00:0:0:1::1
//	     `- eth1 10.0.2.1/24 fd00:0:0:2::1 -- MTU 1300 -- eth0 [h2]  10.0.2.2/24  fd00:0:0:2::2
type tree struct {
	graph graph
	out   []string
	below map[*Node][]side
	grows map[*Link]bool // the link that a node hangs by
	rings bool
}

// drawTree draws the nodes from that with the most links on. A link that closes a ring leads to a name with a star.
func (g graph) drawTree(nodes []*Node) string {
	t := &tree{graph: g, below: map[*Node][]side{}, grows: map[*Link]bool{}}
	root := nodes[0]
	for _, n := range nodes {
		if len(g[n]) > len(g[root]) {
			root = n
		}
	}
	t.spread(root)
	t.out = append(t.out, root.label())
	t.branches(root, " ")
	if t.rings {
		t.out = append(t.out, " * is drawn in another place")
	}
	return strings.Join(t.out, "\n")
}

// spread finds what hangs below each node, nearest first.
func (t *tree) spread(root *Node) {
	seen, drawn := map[*Node]bool{root: true}, map[*Link]bool{}
	for queue := []*Node{root}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		for _, s := range t.graph[n] {
			if drawn[s.link] {
				continue
			}
			drawn[s.link] = true
			t.below[n] = append(t.below[n], s)
			if !seen[s.far.Node] {
				seen[s.far.Node] = true
				t.grows[s.link] = true
				queue = append(queue, s.far.Node)
			}
		}
	}
}

// branches draws what hangs below n.
func (t *tree) branches(n *Node, indent string) {
	sides := t.below[n]
	columns := column(sides)
	if len(sides) > 0 && (len(indent) > deepest || len(t.out) > longest) {
		t.out = append(t.out, indent+"...")
		return
	}
	for len(sides) > 0 {
		if alike := t.leaves(sides); alike > crowd {
			t.branch(sides[0], columns, indent, "+- ")
			t.out = append(t.out, fmt.Sprintf("%s|  %d more", indent, alike-2))
			sides = sides[alike-1:]
		}
		if len(sides) == 1 {
			t.branch(sides[0], columns, indent, "`- ")
		} else {
			t.branch(sides[0], columns, indent, "+- ")
		}
		sides = sides[1:]
	}
}

// leaves counts the hosts at the head of sides that nothing hangs below.
func (t *tree) leaves(sides []side) int {
	for i, s := range sides {
		if s.far.Node.Kind != Host || len(t.graph[s.far.Node]) > 1 {
			return i
		}
	}
	return len(sides)
}

// branch draws a link and all below it.
func (t *tree) branch(s side, columns int, indent, twig string) {
	line := indent + twig + s.padded(columns) + dashes(s) + " " + s.far.Interface + " " + s.far.Node.label()
	if !t.grows[s.link] {
		line += " *"
		t.rings = true
	}
	t.say(line, s.far.words(), indent+map[string]string{"+- ": "|", "`- ": " "}[twig])
	switch {
	case !t.grows[s.link]:
	case twig == "+- ":
		t.branches(s.far.Node, indent+"|   ")
	default:
		t.branches(s.far.Node, indent+"    ")
	}
}

// say puts words behind a line, and goes on below them, with a margin at the left, where the width ends.
func (t *tree) say(line string, words []string, margin string) {
	column := len(line)
	for _, w := range words {
		if len(line)+2+len(w) > width && len(line) > column {
			t.out = append(t.out, line)
			line = margin + strings.Repeat(" ", max(column-len(margin), 0))
		}
		line += "  " + w
	}
	t.out = append(t.out, line)
}

// words are what stands behind a node, by pieces that belong together.
func (e *End) words() (words []string) {
	if e.port != nil {
		return e.port.lines()[1:]
	}
	words = e.card.lines()[1:]
	for _, i := range e.card.tagged {
		words = append(words, strings.Join(i.lines(), " "))
	}
	return words
}

// column is where the longest short text of the cards or ports of sides ends.
func column(sides []side) (columns int) {
	for _, s := range sides {
		if n := len(strings.Join(s.near.lines(), " ")); n <= 40 {
			columns = max(columns, n)
		}
	}
	return columns
}

// padded is what stands before a link: the card or port, then dashes up to a column.
func (s side) padded(columns int) string {
	text := strings.Join(s.near.lines(), " ")
	return text + " " + strings.Repeat("-", max(columns-len(text), 0))
}

// dashes are the link itself.
func dashes(s side) string {
	both, a, b := s.link.mtus()
	if s.near == &s.link.Ends[1] {
		a, b = b, a
	}
	switch {
	case both != "":
		return "-- " + both + " --"
	case a != "":
		return a + " -- " + b
	}
	return "--"
}
