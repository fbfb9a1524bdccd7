//go:build interop

package addr_test

import (
	"os"
	"os/exec"
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bytes"
	"moonwire/host/hosttest"
)

// TestInteropAddr compares the module with Python's ipaddress.
func TestInteropAddr(t *testing.T) {
	const file = "testdata/addr_cases.lua"
	cases, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", "testdata/addr_cases.py", file).Output()
	if err != nil {
		t.Fatalf("python3: %v", err)
	}
	hosttest.SameLines(t, hosttest.Run(t, string(cases), addr.Module(), bytes.Module()), string(out))
}
