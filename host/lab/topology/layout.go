package topology

import (
	"cmp"
	"slices"
)

// A cell is a place in a picture: of a node, or of a link on its way past others.
type cell struct {
	node          *Node // nil: a link passes
	column        int
	width, height float64
	x, y          float64 // its middle
	left, right   []*leg
}

// A leg is the way of a link from one cell to the next.
type leg struct {
	from, to *cell
	y1, y2   float64 // where it meets them
}

// A wire is a link in a picture, from left to right.
type wire struct {
	link *Link
	ends [2]*End
	legs []*leg
}

// picture is where everything is.
type picture struct {
	columns [][]*cell
	wires   []*wire
	cells   map[*Node]*cell
}

// mostPassing bounds the places for links that pass columns; more of them go straight, behind the nodes.
const mostPassing = 50_000

// layout puts nodes in columns, in the direction in which links were written, and within a column near their neighbours.
func (p *Plan) layout() *picture {
	pic := &picture{cells: map[*Node]*cell{}}
	for _, n := range p.Nodes {
		pic.cells[n] = &cell{node: n}
	}
	pic.direct(p)
	for _, n := range p.Nodes {
		c := pic.cells[n]
		for len(pic.columns) <= c.column {
			pic.columns = append(pic.columns, nil)
		}
		pic.columns[c.column] = append(pic.columns[c.column], c)
	}
	passing := 0
	for _, w := range pic.wires {
		a, b := pic.cells[w.ends[0].Node], pic.cells[w.ends[1].Node]
		at := a
		if gap := b.column - a.column - 1; passing+gap <= mostPassing {
			passing += gap
			for column := a.column + 1; column < b.column; column++ {
				c := &cell{column: column}
				pic.columns[column] = append(pic.columns[column], c)
				w.lead(at, c)
				at = c
			}
		}
		w.lead(at, b)
	}
	return pic
}

// lead adds a leg.
func (w *wire) lead(from, to *cell) {
	l := &leg{from: from, to: to}
	w.legs = append(w.legs, l)
	from.right = append(from.right, l)
	to.left = append(to.left, l)
}

// direct gives each link a direction, from left to right, and each node its column: one right of its left neighbours.
func (pic *picture) direct(p *Plan) {
	g := p.graph()
	const open, done = 1, 2
	state := map[*Node]int{}
	back := map[*Link]bool{}
	var order []*Node // from the right
	var visit func(n *Node)
	visit = func(n *Node) {
		state[n] = open
		for _, s := range g[n] {
			switch next := s.far.Node; {
			case s.near != &s.link.Ends[0]:
			case state[next] == open:
				back[s.link] = true
			case state[next] == 0:
				visit(next)
			}
		}
		state[n] = done
		order = append(order, n)
	}
	for _, n := range p.Nodes {
		if state[n] == 0 {
			visit(n)
		}
	}
	slices.Reverse(order)
	ahead, behind := map[*Node][]*cell{}, map[*Node]bool{}
	for _, l := range p.Links {
		w := &wire{link: l, ends: [2]*End{&l.Ends[0], &l.Ends[1]}}
		if back[l] {
			w.ends[0], w.ends[1] = w.ends[1], w.ends[0]
		}
		pic.wires = append(pic.wires, w)
		ahead[w.ends[0].Node] = append(ahead[w.ends[0].Node], pic.cells[w.ends[1].Node])
		behind[w.ends[1].Node] = true
	}
	for _, n := range order {
		for _, c := range ahead[n] {
			c.column = max(c.column, pic.cells[n].column+1)
		}
	}
	for _, n := range order { // who has nobody at the left stands beside the nearest at the right
		if !behind[n] && len(ahead[n]) > 0 {
			pic.cells[n].column = slices.MinFunc(ahead[n], byColumn).column - 1
		}
	}
}

func byColumn(a, b *cell) int { return a.column - b.column }

// gap is the room between two cells of a column.
const gap = 22

// settle finds the heights: cells that have sizes go to the middle of their neighbours, as far as others leave room.
func (pic *picture) settle() {
	for _, column := range pic.columns {
		top := 0.0
		for _, c := range column {
			c.y = top + c.height/2
			top += c.height + gap
		}
	}
	for round := range 9 {
		for i := range pic.columns {
			if round%2 == 0 {
				pull(pic.columns[i], (*cell).leftMean, round < 6)
			} else {
				pull(pic.columns[len(pic.columns)-1-i], (*cell).rightMean, round < 6)
			}
		}
	}
}

// leftMean is the middle of the neighbours at the left, or of the cell itself when it has none.
func (c *cell) leftMean() float64 {
	if len(c.left) == 0 {
		return c.y
	}
	sum := 0.0
	for _, l := range c.left {
		sum += l.from.y
	}
	return sum / float64(len(c.left))
}

// rightMean is the middle of the neighbours at the right.
func (c *cell) rightMean() float64 {
	if len(c.right) == 0 {
		return c.y
	}
	sum := 0.0
	for _, l := range c.right {
		sum += l.to.y
	}
	return sum / float64(len(c.right))
}

// pull moves the cells of a column to the middle of their neighbours at one side; with reorder they may pass each other.
func pull(column []*cell, mean func(*cell) float64, reorder bool) {
	wish := map[*cell]float64{}
	for _, c := range column {
		wish[c] = mean(c)
	}
	if reorder {
		slices.SortStableFunc(column, func(a, b *cell) int { return cmp.Compare(wish[a], wish[b]) })
	}
	// Blocks of cells that touch stand where the mean of their wishes is least hurt.
	type block struct {
		sum, height float64 // of wishes for its top; from its top to its end
		cells       []*cell
	}
	var blocks []block
	for _, c := range column {
		b := block{wish[c] - c.height/2, c.height + gap, []*cell{c}}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum/float64(len(last.cells))+last.height <= b.sum/float64(len(b.cells)) {
				break
			}
			b.sum = last.sum + b.sum - last.height*float64(len(b.cells))
			b.height += last.height
			b.cells = append(last.cells, b.cells...)
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		top := b.sum / float64(len(b.cells))
		for _, c := range b.cells {
			c.y = top + c.height/2
			top += c.height + gap
		}
	}
}
