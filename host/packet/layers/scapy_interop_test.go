//go:build interop

package layers_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os/exec"
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
	for i, want := range scapyBytes(t, cases) {
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
