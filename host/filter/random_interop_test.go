//go:build interop

package filter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/bpf"

	"moonwire/host/filter"
)

// TestRandomExpressions compares moonwire with tcpdump on expressions that a generator makes of the grammar: both take
// an expression or neither does, and the programs agree on every frame.
func TestRandomExpressions(t *testing.T) {
	for linkType, count := range map[uint32]int{1: 900, 101: 150, 113: 150, 105: 150, 127: 80, 276: 80, 0: 50} {
		f := newForge(uint64(linkType) + 7)
		// The machine that runs tcpdump's program takes what was captured for the whole.
		frames := slices.DeleteFunc(f.frames(linkType, 1500), func(f frame) bool { return f.wireLen != len(f.data) })
		file := capture(t, linkType, nil)
		for i := range count {
			expression := f.expression(3)
			if f.chance(8) {
				expression = f.mangle(expression)
			}
			t.Run(fmt.Sprintf("%d/%d", linkType, i), func(t *testing.T) {
				t.Parallel()
				compareRandom(t, linkType, file, expression, frames)
			})
		}
	}
}

func compareRandom(t *testing.T, linkType uint32, file, expression string, frames []frame) {
	theirs, reason, taken := tcpdumpProgram(t, file, expression)
	ours, err := filter.Compile(expression, filter.Options{LinkType: linkType})
	if taken != (err == nil) {
		t.Fatalf("%s\ntcpdump: taken is %v, %s\nmoonwire: %v", expression, taken, reason, err)
	}
	if !taken {
		return
	}
	if strings.Contains(ours.Decimal(), negation) {
		return
	}
	vm := machine(theirs)
	if vm == nil {
		t.Fatalf("%s: the machine doesn't take tcpdump's program", expression)
	}
	for _, f := range frames {
		n, err := vm.Run(f.data)
		if err != nil {
			t.Fatal(err)
		}
		if ours.Match(f.data, f.wireLen) != (n > 0) {
			t.Fatalf("%s\nmoonwire says %v, tcpdump %v to %x\n%s\n%v", expression, n == 0, n > 0, f.data, ours.Text(), listing(theirs))
		}
	}
}

func listing(program []bpf.RawInstruction) string {
	var b strings.Builder
	for i, r := range program {
		fmt.Fprintf(&b, "%d: %v\n", i, r.Disassemble())
	}
	return b.String()
}
