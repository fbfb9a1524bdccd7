//go:build interop

package filter_test

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"moonwire/host/filter"
)

var update = flag.Bool("update", false, "write testdata/programs.txt")

// TestPrograms holds testdata/programs.txt to what tcpdump prints, and the other notations to tcpdump's.
func TestPrograms(t *testing.T) {
	file := capture(t, 1, nil)
	print := func(flag, expression string) string {
		out, err := exec.Command("tcpdump", "-r", file, flag, "--", expression).Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if *update {
		var b strings.Builder
		for _, expression := range corpus(t, "common")[1] {
			b.WriteString(expression + "\n" + print("-d", expression) + "\n")
		}
		if err := os.WriteFile("testdata/programs.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for expression, program := range programs(t) {
		if print("-d", expression) != program {
			t.Errorf("%s: tcpdump prints another program", expression)
		}
		p, err := filter.Compile(expression, filter.Options{LinkType: 1})
		if err != nil {
			t.Error(err)
		} else if p.Text() == program && (p.C() != print("-dd", expression) || p.Decimal() != print("-ddd", expression)) {
			t.Errorf("%s: another notation", expression)
		}
	}
}
