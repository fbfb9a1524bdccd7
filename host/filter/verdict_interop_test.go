//go:build interop

package filter_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/bpf"

	"moonwire/host/filter"
)

// TestVerdicts compares moonwire's programs with tcpdump's, frame by frame: what tcpdump keeps of a file, what
// tcpdump's program says, and what our program says here and on another machine.
func TestVerdicts(t *testing.T) {
	const perLink = 2000
	expressions, total := 0, 0
	for linkType, list := range corpus(t, "expressions") {
		n := perLink
		if linkType == 1 {
			n = 12000
		}
		frames := newForge(uint64(linkType)).frames(linkType, n)
		file := capture(t, linkType, frames)
		tame := newForge(9).tame(frames)
		tameFile := capture(t, linkType, tame)
		expressions += len(list)
		total += n
		for _, expression := range list {
			t.Run(fmt.Sprintf("%d/%s", linkType, expression), func(t *testing.T) {
				t.Parallel()
				if strings.Contains(expression, "protochain") {
					compareVerdicts(t, linkType, tameFile, expression, tame)
					return
				}
				compareVerdicts(t, linkType, file, expression, frames)
			})
		}
	}
	t.Logf("%d expressions, %d frames", expressions, total)
	if expressions < 300 || total < 10000 {
		t.Errorf("%d expressions on %d frames", expressions, total)
	}
}

// negation is an instruction that the machine lacks, in a program's decimal notation.
const negation = "\n132 "

func compareVerdicts(t *testing.T, linkType uint32, file, expression string, frames []frame) {
	theirs, reason, ok := tcpdumpProgram(t, file, expression)
	ours, err := filter.Compile(expression, filter.Options{LinkType: linkType})
	if !ok || err != nil {
		t.Fatalf("tcpdump: %s\nmoonwire: %v", reason, err)
	}
	kept := tcpdumpMatches(t, file, expression)
	vms := map[string]*bpf.VM{"ours": machine(ours.Instructions()), "tcpdump's": machine(theirs)}
	if strings.Contains(ours.Decimal(), negation) {
		clear(vms)
	}
	wrong := 0
	for i, f := range frames {
		if got := ours.Match(f.data, f.wireLen); got != kept[i] {
			if wrong++; wrong < 4 {
				t.Errorf("frame %d: %v, tcpdump says %v\n%x", i, got, kept[i], f.data)
			}
		}
		for who, vm := range vms {
			if vm == nil || f.wireLen != len(f.data) { // the machine takes what was captured for the whole
				continue
			}
			if n, err := vm.Run(f.data); err != nil || n > 0 != kept[i] {
				t.Fatalf("frame %d: the machine says %d to %s program, %v; tcpdump says %v", i, n, who, err, kept[i])
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d frames\n%s", wrong, len(frames), ours.Text())
	}
}
