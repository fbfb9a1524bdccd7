package filter_test

import (
	"os"
	"strings"
	"testing"

	"moonwire/host/filter"
)

// programs has tcpdump's programs by expression, as tcpdump -d printed them.
func programs(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/programs.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	for _, part := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		expression, program, _ := strings.Cut(part, "\n")
		all[expression] = strings.TrimSpace(program) + "\n"
	}
	return all
}

// TestText compares whole programs with tcpdump's. They need not be the same, only as good; while they are, this is
// the quickest judge.
func TestText(t *testing.T) {
	all := programs(t)
	for _, expression := range corpus(t, "common")[1] {
		want := all[expression]
		if got := compile(t, 1, expression).Text(); got != want {
			t.Errorf("%s\n%s\ntcpdump has\n%s", expression, got, want)
		}
	}
}

func TestNotations(t *testing.T) {
	p := compile(t, 1, "ip")
	const (
		c       = "{ 0x28, 0, 0, 0x0000000c },\n{ 0x15, 0, 1, 0x00000800 },\n{ 0x6, 0, 0, 0x00040000 },\n{ 0x6, 0, 0, 0x00000000 },\n"
		decimal = "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n"
	)
	if p.C() != c {
		t.Errorf("C:\n%s", p.C())
	}
	if p.Decimal() != decimal {
		t.Errorf("decimal:\n%s", p.Decimal())
	}
	if got := compile(t, 1, "ip[8] * 2 > -len").Text(); !strings.Contains(got, "mul      #2\n") || !strings.Contains(got, "neg      \n") {
		t.Errorf("text:\n%s", got)
	}
}

func TestZeroProgram(t *testing.T) {
	var p filter.Program
	if !p.Match(nil, 0) || p.Instructions() != nil || p.Text() != "" {
		t.Error("the zero program doesn't accept what there is")
	}
}
