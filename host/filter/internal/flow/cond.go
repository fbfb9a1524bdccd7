package flow

import "golang.org/x/net/bpf"

// A Cond is a condition on a packet: a test, or conditions joined. It belongs to one place of one tree.
type Cond struct {
	kind kind
	code []Ins // a test's code, run before it
	test Ins   // a test's comparison
	a, b *Cond
}

type kind uint8

const (
	leaf kind = iota
	both
	either
	negated
)

// Test runs code and compares A (op is JumpK or JumpX with a comparison).
func Test(code []Ins, op uint16, k uint32) *Cond {
	return &Cond{code: code, test: Ins{Op: op, K: k}}
}

// All holds when a holds and then b holds. A nil a is left out.
func All(a, b *Cond) *Cond {
	if a == nil {
		return b
	}
	return &Cond{kind: both, a: a, b: b}
}

// Any holds when a holds or else b holds. A nil a is left out.
func Any(a, b *Cond) *Cond {
	if a == nil {
		return b
	}
	return &Cond{kind: either, a: a, b: b}
}

// Not holds when a doesn't.
func Not(a *Cond) *Cond { return &Cond{kind: negated, a: a} }

// Prefix runs code before the first test of c.
func (c *Cond) Prefix(code []Ins) {
	for c.kind != leaf {
		c = c.a
	}
	c.code = append(code[:len(code):len(code)], c.code...)
}

// A Block runs its code, compares and goes on at True or False. A block that returns has no successors.
type Block struct {
	Code        []Ins
	Test        Ins
	True, False *Block
	analysis
}

// Refuses reports whether b refuses the packet.
func (b *Block) Refuses() bool { return b.True == nil && b.Test.K == 0 }

// Lower makes the graph of c: it accepts snap bytes where c holds, and none elsewhere.
func Lower(c *Cond, snap uint32) *Block {
	yes, no := returns(snap), returns(0)
	if c == nil {
		return yes
	}
	return c.lower(yes, no)
}

func returns(k uint32) *Block { return &Block{Test: Ins{Op: Return, K: k}} }

// lower descends the left side in a loop, since "a or b or c ..." is as deep as it is long.
func (c *Cond) lower(yes, no *Block) *Block {
	for {
		switch c.kind {
		case both:
			c, yes = c.a, c.b.lower(yes, no)
		case either:
			c, no = c.a, c.b.lower(yes, no)
		case negated:
			c, yes, no = c.a, no, yes
		default:
			return &Block{Code: c.code, Test: c.test, True: yes, False: no}
		}
	}
}

// Raw is an instruction without jumps.
func Raw(op uint16, k uint32) Ins { return bpf.RawInstruction{Op: op, K: k} }
