package nearest

import (
	"strings"
	"testing"
)

// A word of a million letters, which somebody else defined, costs no more than others.
func TestLong(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20)
	if got := Word(long+"y", []string{long}); got != "" {
		t.Errorf("Word found one of %d letters", len(got))
	}
	if got := Words(long+"y", []string{long}); len(got) > 0 {
		t.Errorf("Words found %d", len(got))
	}
	if got := Word("timout", []string{long, "timeout"}); got != "timeout" {
		t.Errorf("Word found %q", got)
	}
}
