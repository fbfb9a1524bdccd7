//go:build interop

package stdlib_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "record what LuaSocket prints")

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

func TestLuaSocketAsksTheSame(t *testing.T) {
	w := startWeb(t)
	file := filepath.Join(t.TempDir(), "cases.lua")
	if err := os.WriteFile(file, []byte(httpSource(t, w)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("lua5.1", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := w.mask(string(out))
	if *update {
		if err := os.WriteFile(golden(httpCases), []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	compare(t, got, read(t, golden(httpCases)))
}
