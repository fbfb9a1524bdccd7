//go:build interop

package bit_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"moonwire/bindings/bit"
	"moonwire/host/hosttest"
)

// TestInteropBit compares every function with LuaJIT's.
func TestInteropBit(t *testing.T) {
	const file = "testdata/bit_cases.lua"
	cases, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("luajit", file).Output()
	if err != nil {
		t.Fatalf("luajit: %v", err)
	}
	got := strings.Split(hosttest.Run(t, string(cases), bit.Module()), "\n")
	want := strings.Split(string(out), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("\n got %s\nwant %s", got[i], want[i])
		}
	}
}
