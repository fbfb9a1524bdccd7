//go:build interop

package layers_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// python is Debian's, which has python3-scapy.
const python = "/usr/bin/python3"

// TestScapyBuildsTheSame holds what we build against what Scapy builds from the same fields.
func TestScapyBuildsTheSame(t *testing.T) {
	var cases []wireCase
	for _, c := range wireCases() {
		if c.scapy != "" {
			cases = append(cases, c)
		}
	}
	answers := scapyBytes(t, cases)
	if *update {
		record(t, cases, answers)
	}
	for i, want := range answers {
		t.Run(cases[i].name, func(t *testing.T) {
			got := hex.EncodeToString(cases[i].build(t).Raw())
			switch {
			case want.Error != "":
				t.Errorf("scapy: %s\n%s", want.Error, cases[i].scapy)
			case got != want.Hex:
				t.Errorf("\nours  %s\nscapy %s\n%s", got, want.Hex, cases[i].scapy)
			}
		})
	}
}

var update = flag.Bool("update", false, "write testdata/wire.txt anew")

// record writes what Scapy built for the tests that have no Scapy: a line of name, first layer and bytes for each case.
func record(t *testing.T, cases []wireCase, answers []scapyAnswer) {
	t.Helper()
	var lines []string
	for i, a := range answers {
		if c := cases[i]; a.Error == "" && !c.wild {
			lines = append(lines, c.name+"\t"+c.stack[0].layer+"\t"+a.Hex+"\n")
		}
	}
	slices.Sort(lines)
	if err := os.WriteFile("testdata/wire.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

type scapyAnswer struct{ Hex, Error string }

// scapyBytes asks one Scapy for all packets.
func scapyBytes(t *testing.T, cases []wireCase) []scapyAnswer {
	t.Helper()
	var in bytes.Buffer
	for _, c := range cases {
		json.NewEncoder(&in).Encode(map[string]string{"setup": c.setup, "expr": c.scapy})
	}
	cmd := exec.Command(python, "testdata/scapy_build.py")
	cmd.Stdin = &in
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("scapy (package python3-scapy): %v\n%s", err, &complaint)
	}
	answers := make([]scapyAnswer, len(cases))
	dec := json.NewDecoder(bytes.NewReader(out))
	for i := range answers {
		if err := dec.Decode(&answers[i]); err != nil {
			t.Fatalf("scapy's answer %d: %v", i, err)
		}
	}
	return answers
}
