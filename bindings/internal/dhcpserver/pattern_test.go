package dhcpserver

import "testing"

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		pattern, text string
		want          bool
	}{
		{"PXE*", "PXEClient:Arch:00007", true}, {"PXE*", "pxe", false}, {"a?c", "abc", true}, {"a?c", "ac", false},
		{"*", "with/slash", true}, {"[ab]", "a", false}, {"[ab]", "[ab]", true}, {`a\b`, `a\b`, true},
		{Beginning("02:00"), "02:00:00:00:00:01", true}, {Beginning("02:00:00:00:00:0A"), "02:00:00:00:00:0a", true},
		{Beginning("02:*:0A"), "02:00:00:00:00:0a", true}, {Beginning("02:*:0A"), "02:00:0a:00", false},
	} {
		if got := Matches(x.pattern, x.text); got != x.want {
			t.Errorf("%q matches %q: %t", x.pattern, x.text, got)
		}
	}
	if p := Beginning(""); p != "" {
		t.Errorf("the pattern of nothing is %q", p)
	}
}
