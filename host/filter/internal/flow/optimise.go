package flow

import "slices"

// Optimise shortens the graph and gives its root. An error is one of arithmetic that only folding constants shows, such
// as a division by zero.
//
// What a program loads decides its verdict on a packet that is cut short, so the steps and their order are those that
// tcpdump's users rely on: tests are moved and removed first, until that changes nothing more; then code is shortened.
func Optimise(root *Block) (_ *Block, err error) {
	defer func() {
		if e, ok := recover().(arithmeticError); ok {
			err = e
		}
	}()
	o := &optimiser{root: root}
	o.number(root)
	o.repeat(false)
	o.repeat(true)
	o.shareEqual()
	return o.skipDecided(), nil
}

// An optimiser's passes work on all blocks that can be reached.
type optimiser struct {
	root   *Block
	blocks []*Block // by id
	order  []*Block // those that can be reached, each before its successors
	values numbering

	tested map[outcome][]*edge // edges after which a test's result is known
	equal  map[value][]*edge   // edges on which a value equals a constant

	changed bool // this pass changed something
	coded   bool // and not only the tests' order
}

func (o *optimiser) change() { o.changed, o.coded = true, true }

// number gives the blocks their ids, in depth-first order.
func (o *optimiser) number(b *Block) {
	if b == nil || b.yes.from != nil {
		return
	}
	b.id = len(o.blocks)
	o.blocks = append(o.blocks, b)
	b.yes, b.no = edge{from: b, sense: true}, edge{from: b}
	o.number(b.True)
	o.number(b.False)
}

// maxReorders bounds the passes in a row that only reorder tests: two of them may undo each other for ever.
const maxReorders = 100

func (o *optimiser) repeat(code bool) {
	for reorders := 0; reorders < maxReorders; reorders++ {
		o.changed, o.coded = false, false
		o.pass(code)
		if !o.changed {
			return
		}
		if o.coded {
			reorders = -1
		}
	}
}

// pass looks at the code of every block and, when code isn't to be changed, moves tests.
func (o *optimiser) pass(code bool) {
	o.sort()
	o.findPreds()
	o.findDominators()
	o.findUses()
	o.values.reset()
	for _, b := range o.order {
		o.block(b, code)
	}
	if code {
		return
	}
	o.index()
	o.climb(func(b *Block) {
		o.thread(&b.yes)
		o.thread(&b.no)
	})
	o.findPreds()
	o.climb(func(b *Block) {
		o.pull(b, true)
		o.pull(b, false)
	})
}

// climb visits the blocks level by level from the ends up, the ends themselves left out.
func (o *optimiser) climb(visit func(b *Block)) {
	order := o.order
	for end := len(order); end > 0; {
		start := end
		for start > 0 && order[start-1].level == order[end-1].level {
			start--
		}
		if order[start].level > 0 {
			for _, b := range order[start:end] {
				visit(b)
			}
		}
		end = start
	}
}

// sort finds the blocks that can be reached and orders them by level, highest first.
func (o *optimiser) sort() {
	for _, b := range o.blocks {
		b.level = -1
	}
	var levels [][]*Block
	var visit func(b *Block) int
	visit = func(b *Block) int {
		if b.level >= 0 {
			return b.level
		}
		b.level = 0
		if !b.ends() {
			yes := visit(b.True)
			b.level = max(yes, visit(b.False)) + 1
		}
		for len(levels) <= b.level {
			levels = append(levels, nil)
		}
		levels[b.level] = append(levels[b.level], b)
		return b.level
	}
	visit(o.root)
	o.order = o.order[:0]
	for _, level := range slices.Backward(levels) {
		for _, b := range slices.Backward(level) {
			o.order = append(o.order, b)
		}
	}
}

func (o *optimiser) findPreds() {
	for _, b := range o.blocks {
		b.preds = b.preds[:0]
	}
	for _, b := range o.order {
		if !b.ends() {
			b.True.preds = append(b.True.preds, &b.yes)
			b.False.preds = append(b.False.preds, &b.no)
		}
	}
}

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

// shareEqual lets equal blocks be one.
func (o *optimiser) shareEqual() {
	type key struct {
		code    string
		op      uint16
		k       uint32
		yes, no *Block
	}
	for again := true; again; {
		again = false
		first := make(map[key]*Block)
		same := make(map[*Block]*Block)
		o.sort()
		for _, b := range slices.Backward(o.blocks) {
			if b.level < 0 {
				continue
			}
			k := key{codeKey(b.Code), b.Test.Op, b.Test.K, b.True, b.False}
			if f, ok := first[k]; ok {
				same[b] = f
			} else {
				first[k] = b
			}
		}
		for _, b := range o.order {
			if b.ends() {
				continue
			}
			for _, e := range []*edge{&b.yes, &b.no} {
				if f, ok := same[e.to()]; ok {
					e.set(f)
					again = true
				}
			}
		}
	}
}

// codeKey is a block's code as something to compare.
func codeKey(code []Ins) string {
	var b []byte
	for _, i := range code {
		if i.Op != nop {
			b = append(b, byte(i.Op), byte(i.Op>>8), byte(i.K), byte(i.K>>8), byte(i.K>>16), byte(i.K>>24))
		}
	}
	return string(b)
}

// skipDecided leaves out tests at the root whose outcome changes nothing. The root's code stays.
func (o *optimiser) skipDecided() *Block {
	b := o.root
	code := b.Code
	b.Code = nil
	for !b.ends() && b.True == b.False {
		b = b.True
	}
	b.Code = append(code, b.Code...)
	if b.ends() {
		b.Code = nil
	}
	return b
}
