//go:build interop

package dhcptest

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// Moonwire builds the command and returns where it is.
func Moonwire(t *testing.T) string {
	t.Helper()
	program := filepath.Join(place(t), "moonwire")
	if out, err := exec.Command("go", "build", "-o", program, "moonwire/host/cmd/moonwire").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}
