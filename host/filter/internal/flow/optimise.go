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

	nodes, edgeNodes []*node // of the trees of dominators

	tested map[outcome]*cover // edges after which a test's result is known
	equal  map[value]*cover   // edges on which a value equals a constant

	changed bool // this pass changed something
	coded   bool // and not only the tests' order
}

func (o *optimiser) change() { o.changed, o.coded = true, true }

// number gives the blocks their ids, in depth-first order.
func (o *optimiser) number(b *Block) {
	if b == nil || b.id < len(o.blocks) && o.blocks[b.id] == b {
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
	for b := range o.tests {
		o.thread(&b.yes)
		o.thread(&b.no)
	}
	o.findPreds()
	for b := range o.tests {
		o.pull(b, true)
		o.pull(b, false)
	}
}

// levels yields the blocks of each level, the ends first.
func (o *optimiser) levels(yield func(level int, blocks []*Block) bool) {
	for end := len(o.order); end > 0; {
		start, level := end, o.order[end-1].level
		for start > 0 && o.order[start-1].level == level {
			start--
		}
		if !yield(level, o.order[start:end]) {
			return
		}
		end = start
	}
}

// tests yields the blocks that test something, from the ends up.
func (o *optimiser) tests(yield func(b *Block) bool) {
	for level, blocks := range o.levels {
		for _, b := range blocks {
			if level > 0 && !yield(b) {
				return
			}
		}
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

// shareEqual lets equal blocks be one. Equal blocks have equal successors, so they are of one level.
func (o *optimiser) shareEqual() {
	type key struct {
		code    string
		op      uint16
		k       uint32
		yes, no *Block
	}
	o.sort()
	last := make(map[key]*Block)    // of equal blocks the one with the greatest id
	same := make(map[*Block]*Block) // what stands for a block
	for _, blocks := range o.levels {
		keys := make([]key, len(blocks))
		for i, b := range blocks {
			if s, ok := same[b.True]; ok {
				b.True = s
			}
			if s, ok := same[b.False]; ok {
				b.False = s
			}
			k := key{codeKey(b.Code), b.Test.Op, b.Test.K, b.True, b.False}
			if l := last[k]; l == nil || l.id < b.id {
				last[k] = b
			}
			keys[i] = k
		}
		for i, b := range blocks {
			if l := last[keys[i]]; l != b {
				same[b] = l
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
