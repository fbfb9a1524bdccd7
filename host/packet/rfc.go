package packet

import (
	"fmt"
	"strings"
)

// rowBits is the width of a row in the drawings of RFCs.
const rowBits = 32

// drawnMax is the number of rows that a field of varying width gets at most.
const drawnMax = 4

// RFC draws the header of every layer as the RFCs do, each field with its value where there is room.
func (p *Packet) RFC() string {
	var b strings.Builder
	for i := range p.Len() {
		c := p.Layer(i)
		fmt.Fprintf(&b, "%s  %s\n", c.Protocol().Name, c.Protocol().Title)
		b.WriteString(c.RFC())
	}
	return b.String()
}

// A box is a field, or the part of one that stands in a row.
type box struct {
	from, to int // bits in the row
	label    string
	id       int // of the field
}

// RFC draws the layer's header.
func (c Context) RFC() string {
	rows := c.boxRows()
	if len(rows) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(" 0                   1                   2                   3\n" +
		" 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n")
	b.WriteString(border(nil, rows[0]))
	for i, row := range rows {
		for _, x := range row {
			b.WriteString("|" + centred(x.label, 2*(x.to-x.from)-1))
		}
		b.WriteString("|\n")
		var below []box
		if i+1 < len(rows) {
			below = rows[i+1]
		}
		b.WriteString(border(row, below))
	}
	return b.String()
}

// boxRows cuts the layer's fields into rows.
func (c Context) boxRows() (rows [][]box) {
	at := 0
	for id, f := range c.drawn() {
		left := f.bits
		best := min(left, rowBits-at%rowBits) // the part that holds the label
		if left-best > best {
			best = min(left-best, rowBits)
		}
		labelled := false
		for left > 0 {
			n := min(left, rowBits-at%rowBits)
			x := box{at % rowBits, at%rowBits + n, "", id}
			if n == best && !labelled {
				x.label, labelled = f.label(2*n-1), true
			}
			if at%rowBits == 0 {
				rows = append(rows, nil)
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], x)
			at, left = at+n, left-n
		}
	}
	return rows
}

// drawing is a field to draw.
type drawing struct {
	name, value string
	bits        int
}

// drawn lists the fields to draw, of long ones a few rows.
func (c Context) drawn() (all []drawing) {
	if pr := c.Protocol(); pr.Foreign != nil {
		return []drawing{{pr.Name, fmt.Sprintf("%d bytes", len(c.Header())), min(len(c.Header())*8, drawnMax*rowBits)}}
	}
	for f := range c.Fields() {
		_, width, _ := c.Span(f)
		if width == 0 {
			continue
		}
		value := c.display(f)
		if f.Bits == 0 {
			value = fmt.Sprintf("(%d bytes)", width/8)
		}
		all = append(all, drawing{f.Name, value, min(width, drawnMax*rowBits)})
	}
	return all
}

// label is name and value, or the name, as far as there is room.
func (d drawing) label(room int) string {
	text := d.name + " " + d.value
	if len(text) > room {
		text = d.name
	}
	return text[:min(len(text), room)]
}

func centred(text string, width int) string {
	left := (width - len(text)) / 2
	return strings.Repeat(" ", left) + text + strings.Repeat(" ", width-len(text)-left)
}

// border is the line between two rows; a field that fills both is not cut by it.
func border(above, below []box) string {
	end := 0
	for _, row := range [][]box{above, below} {
		if n := len(row); n > 0 {
			end = max(end, row[n-1].to)
		}
	}
	if len(above) == 1 && len(below) == 1 && above[0].id == below[0].id && below[0].to == rowBits {
		return "+" + strings.Repeat(" ", 2*end-1) + "+\n"
	}
	return "+" + strings.Repeat("-+", end) + "\n"
}
