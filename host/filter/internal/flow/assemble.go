package flow

import "slices"

// Assemble writes the graph as a program. A block's true successor follows it when it can. A jump over more than 255
// instructions, which the machine's 8-bit offsets can't express, goes through an unconditional one.
func Assemble(root *Block) []Ins {
	order := layout(root)
	for _, b := range order {
		b.Code = slices.DeleteFunc(b.Code, func(i Ins) bool { return i.Op == nop })
	}
	for lengthen(order) {
	}
	var out []Ins
	for _, b := range order {
		out = append(out, b.Code...)
		out = append(out, b.Test)
		if b.True == nil {
			continue
		}
		at := len(out)
		reach := func(to *Block, far bool) uint8 {
			if !far {
				return uint8(to.at - at)
			}
			out = append(out, Ins{Op: Jump, K: uint32(to.at - len(out) - 1)})
			return uint8(len(out) - 1 - at)
		}
		jt := reach(b.True, b.farTrue)
		jf := reach(b.False, b.farFalse)
		out[at-1].Jt, out[at-1].Jf = jt, jf
	}
	return out
}

// layout orders the blocks so that each stands before its successors, and places them.
func layout(root *Block) []*Block {
	var reversed []*Block
	seen := make(map[*Block]bool)
	type visit struct {
		b    *Block
		step int
	}
	stack := []visit{{root, 0}}
	seen[root] = true
	for len(stack) > 0 {
		v := &stack[len(stack)-1]
		v.step++
		next := v.b.False
		if v.step == 2 {
			next = v.b.True
		}
		if v.step > 2 || next == nil {
			reversed = append(reversed, v.b)
			stack = stack[:len(stack)-1]
			continue
		}
		if !seen[next] {
			seen[next] = true
			stack = append(stack, visit{next, 0})
		}
	}
	order := make([]*Block, len(reversed))
	for i, b := range reversed {
		order[len(order)-1-i] = b
	}
	return order
}

// lengthen gives every jump that is too long its unconditional jump. It reports whether one was added.
func lengthen(order []*Block) bool {
	at := 0
	for _, b := range order {
		b.at = at
		at += b.length()
	}
	changed := false
	for _, b := range order {
		if b.True == nil {
			continue
		}
		from := b.at + len(b.Code) + 1
		if !b.farTrue && b.True.at-from > 255 {
			b.farTrue, changed = true, true
		}
		if !b.farFalse && b.False.at-from > 255 {
			b.farFalse, changed = true, true
		}
	}
	return changed
}

func (b *Block) length() int {
	n := len(b.Code) + 1
	if b.farTrue {
		n++
	}
	if b.farFalse {
		n++
	}
	return n
}
