package filter

import "moonwire/host/filter/internal/flow"

// A listing is code with jumps inside it, written with labels. Jumps back are unconditional ones.
type listing struct {
	code   []ins
	labels map[string]int
	jumps  []inlineJump
}

type inlineJump struct {
	at      int
	yes, no string // "" is the next instruction
}

func (l *listing) add(op uint16, k uint32) { l.code = append(l.code, flow.Raw(op, k)) }

// label names the place of the next instruction.
func (l *listing) label(name string) {
	if l.labels == nil {
		l.labels = make(map[string]int)
	}
	l.labels[name] = len(l.code)
}

// when compares A with k and goes to one of two labels.
func (l *listing) when(comparison uint16, k uint32, yes, no string) {
	l.jumps = append(l.jumps, inlineJump{len(l.code), yes, no})
	l.add(flow.JumpK|comparison, k)
}

func (l *listing) jump(to string) {
	l.jumps = append(l.jumps, inlineJump{len(l.code), to, to})
	l.add(flow.Jump, 0)
}

// finish sets the jumps. The end of the code is labelled "end".
func (l *listing) finish() []ins {
	l.label("end")
	for _, j := range l.jumps {
		distance := func(label string) int {
			if label == "" {
				return 0
			}
			return l.labels[label] - j.at - 1
		}
		i := &l.code[j.at]
		if i.Op == flow.Jump {
			i.K = uint32(distance(j.yes))
			continue
		}
		i.Jt, i.Jf = uint8(distance(j.yes)), uint8(distance(j.no))
	}
	return l.code
}
