package topology

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Sizes in a picture, in pixels.
const (
	letter  = 7.3 // width of one, with the font of addresses
	small   = 6.1 // with that of interfaces
	row     = 17  // of text
	pitch   = 17  // between links at one side of a node
	padding = 10
	margin  = 20
)

const style = `<style>
text { font: 12px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #223 }
.name { font-weight: bold; font-size: 14px }
.small { font-size: 10px; fill: #667; paint-order: stroke; stroke: #fff; stroke-width: 3px }
.mtu { fill: #b3400d; font-weight: bold }
.link { fill: none; stroke: #556; stroke-width: 1.5 }
.host { fill: #eef5fd; stroke: #3b6ea5 }
.router { fill: #fdf3e4; stroke: #b1720f }
.switch { fill: #ebf6eb; stroke: #3f8747 }
</style>
`

// SVG draws the network as a picture that stands for itself: boxes for nodes with their addresses, and links with the names
// of both ends and MTUs that aren't 1500.
func (p *Plan) SVG() string {
	pic := p.layout()
	for _, n := range p.Nodes {
		pic.cells[n].size()
	}
	pic.settle()
	width, height := pic.place()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`+"\n", width, height, width, height)
	b.WriteString(style + `<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for _, w := range pic.wires {
		w.draw(&b)
	}
	for _, n := range p.Nodes {
		pic.cells[n].draw(&b)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// rows are the lines of text in a node's box, below its name.
func (c *cell) rows() (rows []string) {
	longest := 0
	for _, i := range c.node.Interfaces {
		longest = max(longest, len(i.Name))
	}
	for _, i := range c.node.Interfaces {
		lines := i.lines()
		for k, line := range lines[1:] {
			head := i.Name
			if k > 0 {
				head = ""
			}
			rows = append(rows, fmt.Sprintf("%-*s %s", longest, head, line))
		}
	}
	if len(c.node.Services) > 0 {
		rows = append(rows, strings.Join(c.node.Services, ", "))
	}
	return rows
}

// size makes the box of a node large enough for its text and its links.
func (c *cell) size() {
	rows := c.rows()
	c.width = float64(len(c.node.Name)) * letter * 1.2
	for _, r := range rows {
		c.width = max(c.width, float64(len(r))*letter)
	}
	c.width = max(c.width+2*padding, 60)
	c.height = max(float64(len(rows)+1)*row, float64(max(len(c.left), len(c.right)))*pitch) + padding
}

// place puts the columns beside each other, with room for what is written at links, and returns the picture's size.
func (pic *picture) place() (width, height float64) {
	room := make([]float64, len(pic.columns))
	for _, w := range pic.wires {
		a, b := w.legs[0].from.column, w.legs[len(w.legs)-1].to.column
		need := float64(2*max(len(w.endText(0)), len(w.endText(1)))+len(w.name()))*small + 40
		if len(w.legs) > 1 {
			need /= 2
		}
		room[a], room[b-1] = max(room[a], need), max(room[b-1], need)
	}
	top, bottom := math.Inf(1), math.Inf(-1)
	x := float64(margin)
	for i, column := range pic.columns {
		widest := 0.0
		for _, c := range column {
			widest = max(widest, c.width)
			top, bottom = min(top, c.y-c.height/2), max(bottom, c.y+c.height/2)
		}
		for _, c := range column {
			c.x = x + widest/2
		}
		x += widest
		if i < len(pic.columns)-1 {
			x += max(room[i], 60)
		}
	}
	for _, column := range pic.columns {
		for _, c := range column {
			c.y += margin - top
		}
	}
	for _, column := range pic.columns {
		for _, c := range column {
			c.meet()
		}
	}
	return x + margin, bottom - top + 2*margin
}

// meet spreads the links at each side of the cell, so that they don't cross there.
func (c *cell) meet() {
	slices.SortStableFunc(c.left, func(a, b *leg) int { return cmp.Compare(a.from.y, b.from.y) })
	slices.SortStableFunc(c.right, func(a, b *leg) int { return cmp.Compare(a.to.y, b.to.y) })
	for k, l := range c.left {
		l.y2 = c.y + (float64(k)-float64(len(c.left)-1)/2)*pitch
	}
	for k, l := range c.right {
		l.y1 = c.y + (float64(k)-float64(len(c.right)-1)/2)*pitch
	}
}

// draw draws a link: the line, the names of its ends near them, its own name in the middle.
func (w *wire) draw(b *strings.Builder) {
	first, last := w.legs[0], w.legs[len(w.legs)-1]
	x1, x2 := first.from.x+first.from.width/2, last.to.x-last.to.width/2
	fmt.Fprintf(b, `<path class="link" d="M%.1f %.1f`, x1, first.y1)
	from := x1
	for _, l := range w.legs {
		to := l.to.x - l.to.width/2
		bend := (to - from) / 2
		fmt.Fprintf(b, ` C%.1f %.1f %.1f %.1f %.1f %.1f`, from+bend, l.y1, to-bend, l.y2, to, l.y2)
		from = to
	}
	fmt.Fprintf(b, `"><title>%s</title></path>`+"\n", escaped(w.link.Name))
	fmt.Fprintf(b, `<text class="small" x="%.1f" y="%.1f">%s</text>`+"\n", x1+4, first.y1-3, escaped(w.endText(0)))
	fmt.Fprintf(b, `<text class="small" x="%.1f" y="%.1f" text-anchor="end">%s</text>`+"\n", x2-4, last.y2-3, escaped(w.endText(1)))
	middle := w.legs[len(w.legs)/2]
	x, y := (x1+middle.to.x-middle.to.width/2)/2, (middle.y1+middle.y2)/2
	if len(w.legs) > 1 {
		x, y = middle.from.x, middle.y1
	}
	class := "small"
	if both, _, _ := w.link.mtus(); both != "" {
		class += " mtu"
	}
	fmt.Fprintf(b, `<text class="%s" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", class, x, y-3, escaped(w.name()))
}

// name is what stands in the middle of a link.
func (w *wire) name() string {
	both, _, _ := w.link.mtus()
	return strings.TrimSpace(w.link.Name + "  " + both)
}

// endText is what stands at an end of a link.
func (w *wire) endText(i int) string {
	e := w.ends[i]
	text := e.Interface
	if e.port != nil {
		text = strings.Join(e.port.lines(), " ")
	}
	if both, _, _ := w.link.mtus(); both == "" && w.ends[0].MTU != w.ends[1].MTU {
		text += fmt.Sprintf(" MTU %d", e.MTU)
	}
	return text
}

func (c *cell) draw(b *strings.Builder) {
	left, top := c.x-c.width/2, c.y-c.height/2
	round := map[Kind]int{Host: 4, Router: 16, Switch: 0}[c.node.Kind]
	fmt.Fprintf(b, `<g><title>%s %s</title><rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%d"/>`+"\n",
		c.node.Kind, c.node.Name, c.node.Kind, left, top, c.width, c.height, round)
	rows := c.rows()
	y := c.y - float64(len(rows))*row/2 + 5
	fmt.Fprintf(b, `<text class="name" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", c.x, y, c.node.Name)
	for _, r := range rows {
		y += row
		fmt.Fprintf(b, `<text xml:space="preserve" x="%.1f" y="%.1f">%s</text>`+"\n", left+padding, y, escaped(r))
	}
	b.WriteString("</g>\n")
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
