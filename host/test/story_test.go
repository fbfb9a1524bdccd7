package test

import (
	"strings"
	"testing"
)

// A difference shows the lines that differ, a few beside them, and masks what may differ from run to run.
func TestDifference(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ want, got, text string }{
		{"a\nb\nc", "a\nx\nc", "  a\n- b\n+ x\n  c"},
		{"a\nb", "a\nb\nc", "  a\n  b\n+ c"},
		{"a\nb", "", "- a\n- b"},
		{"1\n2\n3\n4\n5\n6\n7\n8\nx", "1\n2\n3\n4\n5\n6\n7\n8\ny", "  ...\n  6\n  7\n  8\n- x\n+ y"},
		{"x\n1\n2\n3\n4\n5\n6\n7\n8", "y\n1\n2\n3\n4\n5\n6\n7\n8", "- x\n+ y\n  1\n  2\n  3\n  ..."},
		{"took 0.4 ms\nx", "took 17.25 ms\ny", "  took 17.25 ms\n- x\n+ y"},
	} {
		if got := difference(c.want, c.got); got != c.text {
			t.Errorf("%q and %q:\n%s\nwant\n%s", c.want, c.got, got, c.text)
		}
	}
}

// What failed scripts said is bounded: the last scripts, and the end of their words.
func TestEndedBounded(t *testing.T) {
	t.Parallel()
	p := &play{}
	p.ended(Ended{Script: "fine"})
	for range 3 * mostEnded {
		p.ended(Ended{Script: "bad", Code: 1, Said: strings.Repeat("noise\n", mostSaid) + "the end\n"})
	}
	if len(p.runs) != mostEnded {
		t.Fatalf("%d scripts", len(p.runs))
	}
	for _, e := range p.runs {
		if len(e.Said) > mostSaid+100 || !strings.HasSuffix(e.Said, "the end\n") || !strings.HasPrefix(e.Said, "... (") {
			t.Errorf("%d bytes, from %.30q on", len(e.Said), e.Said)
		}
	}
}

// A story has each part once, and the traceback without what is no news.
func TestStory(t *testing.T) {
	t.Parallel()
	one := &Test{File: "x_test.lua", Line: 3, Result: Result{
		Failure: &Failure{Message: "x_test.lua:4: expected 1 to be 2", File: "x_test.lua", Line: 4, Source: "expect(1):to_be(2)",
			Traceback: "stack traceback:\n\t[C]: in function 'error'\n\tstdlib/expect.lua:7: in function 'to_be'\n\tx_test.lua:4: in function 'check'\n\tx_test.lua:9: in function <x_test.lua:8>"},
		Leaks:  []string{"link eth0, made at x_test.lua:3"},
		Runs:   []Ended{{Script: "s.lua", At: "x_test.lua:2", Code: 3, Said: "nothing found\n"}},
		Output: "hello\n",
	}}
	want := `x_test.lua:4: expected 1 to be 2
     4 | expect(1):to_be(2)
  x_test.lua:9: in function <x_test.lua:8>
left open: link eth0, made at x_test.lua:3
s.lua, run at x_test.lua:2, ended with code 3, and said:
  nothing found
printed:
  hello`
	if got := strings.Join(one.story(), "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
