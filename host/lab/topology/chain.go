package topology

import (
	"strings"
	"unicode/utf8"
)

// drawChain draws nodes from left to right, in as many rows as the width makes necessary:
//
//	[linux]--------------------------(R1)--------- MTU 1300 ---------(R2)
//	       eth0                  eth0    eth1                    eth0
//	       10.0.1.2/24    10.0.1.1/24    10.0.2.1/24      10.0.2.2/24
//	       fd00:0:0:1::2 fd00:0:0:1::1    fd00:0:0:2::1  fd00:0:0:2::2
func drawChain(chain []side) string {
	var rows []string
	c := newCanvas(chain[0].near.Node)
	for _, s := range chain {
		if s.link == nil {
			break
		}
		b := span(s)
		if c.columns+b.columns+len(s.far.Node.label()) > width && c.links > 0 {
			rows = append(rows, c.String())
			c = newCanvas(s.near.Node)
		}
		c.add(b, s.far.Node.label())
	}
	return strings.Join(append(rows, c.String()), "\n\n")
}

// canvas is a row of a chain: lines of text that grow to the right.
type canvas struct {
	lines   []string
	columns int
	links   int
}

func newCanvas(n *Node) *canvas {
	return &canvas{lines: []string{n.label()}, columns: len(n.label())}
}

// add puts a link and the node behind it at the right.
func (c *canvas) add(b block, label string) {
	for i, text := range append([]string{b.line + label}, b.below...) {
		if i == len(c.lines) {
			c.lines = append(c.lines, "")
		}
		c.lines[i] += strings.Repeat(" ", c.columns-utf8.RuneCountInString(c.lines[i])) + text
	}
	c.columns += b.columns + len(label)
	c.links++
}

func (c *canvas) String() string {
	for i, line := range c.lines {
		c.lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(c.lines, "\n")
}

// block is a link with what is said of its ends.
type block struct {
	line    string
	below   []string
	columns int
}

// span makes a link's block: what belongs to its left end stands at the left, to its right end at the right.
func span(s side) block {
	left, right := s.near.lines(), s.far.lines()
	both, a, b := s.link.mtus()
	if s.near == &s.link.Ends[1] {
		a, b = b, a
	}
	if a != "" {
		left, right = append(left, a), append(right, b)
	}
	columns := len(both) + 8
	for i := range max(len(left), len(right)) {
		columns = max(columns, len(at(left, i))+len(at(right, i))+2)
	}
	k := block{columns: columns}
	if both != "" {
		both = " " + both + " "
	}
	half := (columns - len(both)) / 2
	k.line = strings.Repeat("-", half) + both + strings.Repeat("-", columns-half-len(both))
	for i := range max(len(left), len(right)) {
		k.below = append(k.below, at(left, i)+strings.Repeat(" ", columns-len(at(left, i))-len(at(right, i)))+at(right, i))
	}
	return k
}

// at is line i, or nothing.
func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
