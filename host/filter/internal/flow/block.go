package flow

// A location is a word of the machine's memory, or one of its two registers.
type location = int

const (
	regA      location = Words
	regX      location = Words + 1
	regAX     location = Words + 2 // both, as what is used
	locations          = Words + 2
	none      location = -1
)

// A set of locations.
type set uint32

func (s set) has(l location) bool { return s>>l&1 != 0 }

func (s *set) add(l location) {
	if l == regAX {
		*s |= 1<<regA | 1<<regX
	} else if l != none {
		*s |= 1 << l
	}
}

// analysis is what the passes note on a block.
type analysis struct {
	id    int // number in depth-first order
	level int // longest way to an end
	preds []*edge
	yes   edge // the edges to True and False
	no    edge

	values  [locations]value // what is in each location after the block's code
	operand value            // what A is compared with

	usedIn, usedOut set // locations that are read before they are written, here and after this block
	killed          set // locations that are written before they are read

	node // in the tree of dominators

	at                int  // place of the first instruction
	farTrue, farFalse bool // the jump goes through an unconditional one
}

// An edge leads from a block to one of its successors.
type edge struct {
	from  *Block
	sense bool // the edge to True
	node       // in the tree of dominating edges
}

func (e *edge) to() *Block {
	if e.sense {
		return e.from.True
	}
	return e.from.False
}

func (e *edge) set(to *Block) {
	if e.sense {
		e.from.True = to
	} else {
		e.from.False = to
	}
}

func (b *Block) ends() bool { return b.True == nil }

// reads is the location that an instruction reads; with the comparison of X it is both registers.
func reads(i Ins) location {
	switch class(i.Op) {
	case classLoad, classLoadX:
		switch mode(i.Op) {
		case modeInd:
			return regX
		case modeMem:
			return location(i.K)
		}
		return none
	case classStore:
		return regA
	case classStoreX:
		return regX
	case classAlu, classJump:
		if i.Op&sourceX != 0 {
			return regAX
		}
		return regA
	case classMisc:
		if i.Op == TXA {
			return regX
		}
		return regA
	}
	return none
}

// writes is the location that an instruction writes.
func writes(i Ins) location {
	switch class(i.Op) {
	case classLoad, classAlu:
		return regA
	case classLoadX:
		return regX
	case classStore, classStoreX:
		return location(i.K)
	case classMisc:
		if i.Op == TAX {
			return regX
		}
		return regA
	}
	return none
}
