//go:build interop

package filter_test

import (
	"testing"

	"moonwire/host/filter"
)

// TestLengths holds programs to the length of those that libpcap optimises: at most a third more.
func TestLengths(t *testing.T) {
	list := corpus(t, "common")[1]
	file := capture(t, 1, nil)
	if len(list) < 50 {
		t.Fatalf("only %d expressions", len(list))
	}
	sumOurs, sumTheirs := 0, 0
	for _, expression := range list {
		theirs, reason, ok := tcpdumpProgram(t, file, expression)
		ours, err := filter.Compile(expression, filter.Options{LinkType: 1})
		if !ok || err != nil {
			t.Errorf("%s: %s; %v", expression, reason, err)
			continue
		}
		n := len(ours.Instructions())
		sumOurs, sumTheirs = sumOurs+n, sumTheirs+len(theirs)
		t.Logf("%3d %3d  %s", n, len(theirs), expression)
		if 3*n > 4*len(theirs) {
			t.Errorf("%s: %d instructions, and tcpdump makes %d", expression, n, len(theirs))
		}
	}
	t.Logf("%3d %3d  all", sumOurs, sumTheirs)
}
