//go:build interop

package stdlib_test

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// The recorded output is still what LuaSocket prints.
func TestLuaSocketPrintsTheSame(t *testing.T) {
	files, _ := filepath.Glob("testdata/luasocket/*.lua")
	for _, file := range files {
		abs, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("lua5.1", abs)
		cmd.Dir = t.TempDir() // away from our modules of the same names
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		compare(t, string(out), read(t, golden(file)))
	}
}
