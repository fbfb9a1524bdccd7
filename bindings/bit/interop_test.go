//go:build interop

package bit_test

import (
	"os"
	"os/exec"
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
	hosttest.SameLines(t, hosttest.Run(t, string(cases), bit.Module()), string(out))
}
