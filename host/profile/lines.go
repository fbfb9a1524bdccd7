package profile

import (
	"cmp"
	"maps"
	"slices"
)

// Line is what one line of a file spent, however it was reached.
type Line struct {
	File   string
	Number int
	Cost
}

// Lines are all that spent something, the most expensive first.
func (p *Profile) Lines() []Line {
	p.mu.Lock()
	defer p.mu.Unlock()
	type place struct {
		file string
		line int
	}
	found := map[place]*Line{}
	p.root.walk(func(n *node) {
		if n.fn.proto == nil || n.cost == (Cost{}) {
			return
		}
		at := place{n.fn.file(), n.line}
		if found[at] == nil {
			found[at] = &Line{File: at.file, Number: at.line}
		}
		found[at].add(n.cost)
	})
	lines := make([]Line, 0, len(found))
	for _, l := range found {
		lines = append(lines, *l)
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Ran+b.Waited, a.Ran+a.Waited), cmp.Compare(b.Times, a.Times), cmp.Compare(a.File, b.File), cmp.Compare(a.Number, b.Number))
	})
	return lines
}

// Tasks are what tasks spent, by their names, the most expensive first.
func (p *Profile) Tasks() []Task {
	p.mu.Lock()
	defer p.mu.Unlock()
	var tasks []Task
	for _, name := range slices.Sorted(maps.Keys(p.tasks)) {
		tasks = append(tasks, *p.tasks[name])
	}
	slices.SortStableFunc(tasks, func(a, b Task) int { return cmp.Compare(b.Ran+b.Waited, a.Ran+a.Waited) })
	return tasks
}

// walk visits all nodes below n.
func (n *node) walk(visit func(*node)) {
	for _, kid := range n.kids {
		visit(kid)
		kid.walk(visit)
	}
}
