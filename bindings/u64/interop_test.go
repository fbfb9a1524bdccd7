//go:build interop

package u64_test

import (
	"os"
	"os/exec"
	"testing"

	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

// TestInteropU64 compares arithmetic with Python's integers.
func TestInteropU64(t *testing.T) {
	const file = "testdata/u64_cases.lua"
	cases, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("python3", "testdata/u64_cases.py", file).Output()
	if err != nil {
		t.Fatalf("python3: %v", err)
	}
	hosttest.SameLines(t, hosttest.Run(t, string(cases), u64.Module()), string(want))
}
