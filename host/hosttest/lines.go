package hosttest

import (
	"strings"
	"testing"
)

// SameLines fails with the lines in which got differs from what a peer printed; those that wanted accepts are meant to.
func SameLines(t *testing.T, got, want string, wanted ...func(got, want string) bool) {
	t.Helper()
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	bad := 0
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] || len(wanted) > 0 && wanted[0](a[i], b[i]) {
			continue
		}
		if bad++; bad <= 20 {
			t.Errorf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d lines, want %d", len(a), len(b))
	}
	if bad > 20 {
		t.Errorf("%d lines differ", bad)
	}
}
