package flow

import "slices"

// findUses finds which locations are read after a block before they are written again.
func (o *optimiser) findUses() {
	for _, b := range slices.Backward(o.order) {
		var read, written, killed set
		note := func(i Ins) {
			var r set
			r.add(reads(i))
			read |= r &^ written
		}
		for _, i := range b.Code {
			if i.Op == nop {
				continue
			}
			note(i)
			if l := writes(i); l != none {
				if !read.has(l) {
					killed.add(l)
				}
				written.add(l)
			}
		}
		b.usedOut = 0
		if !b.ends() {
			note(b.Test)
			b.usedOut = b.True.usedIn | b.False.usedIn
		}
		b.killed = killed
		b.usedIn = read | b.usedOut&^killed
	}
}

// Initialise stores 0 in every word of memory that some way through the graph reads before it writes it. Linux takes no
// program that might read what was never written.
func Initialise(root *Block) {
	o := &optimiser{root: root}
	o.number(root)
	o.sort()
	o.findUses()
	var code []Ins
	for word := range Words {
		if root.usedIn.has(word) {
			code = append(code, Raw(Store, uint32(word)))
		}
	}
	if code != nil {
		root.Code = slices.Concat([]Ins{Raw(LoadImm, 0)}, code, root.Code)
	}
}
