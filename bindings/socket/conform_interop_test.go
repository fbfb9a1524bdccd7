//go:build interop

package socket_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestInteropConform holds the goldens to what LuaSocket prints here and now.
func TestInteropConform(t *testing.T) {
	for _, name := range conformFiles(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden, err := os.ReadFile(filepath.Join("testdata", "conform", name+".golden"))
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("timeout", "60", "lua5.1", name+".lua")
			cmd.Dir = filepath.Join("testdata", "conform")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			compare(t, masked(string(out)), string(golden), nil)
		})
	}
}
