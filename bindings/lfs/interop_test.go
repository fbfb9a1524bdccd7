//go:build interop && linux

package lfs_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"moonwire/bindings/lfs"
	"moonwire/host/hosttest"
)

// TestInteropLFS compares the module with LuaFileSystem under Lua 5.1.
func TestInteropLFS(t *testing.T) {
	const file = "testdata/lfs_cases.lua"
	cases, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("lua5.1", file, t.TempDir()).CombinedOutput()
	if err != nil {
		t.Fatalf("lua5.1: %v\n%s", err, want)
	}
	got := hosttest.Run(t, fmt.Sprintf("ROOT = %q ", t.TempDir())+string(cases), lfs.Module())
	hosttest.SameLines(t, got, string(want))
}
