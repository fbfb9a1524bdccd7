package repl

import (
	"bytes"
	"testing"
)

func TestOutputKeepsHalfLines(t *testing.T) {
	var direct, above bytes.Buffer
	o := newOutput(&direct)
	write := func(s string) {
		t.Helper()
		if n, err := o.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("Write(%q) = %d, %v", s, n, err)
		}
	}
	write("a")
	o.above(&above)
	write("b")
	write("c\nd")
	write("e\nf\ng")
	if direct.String() != "a" || above.String() != "bc\nde\nf\n" {
		t.Errorf("while a line is typed: %q and %q", direct.String(), above.String())
	}
	o.direct()
	write("h")
	if direct.String() != "agh" || above.String() != "bc\nde\nf\n" {
		t.Errorf("afterwards: %q and %q", direct.String(), above.String())
	}
}
