//go:build interop

package lua51_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record lua5.1's output in testdata")

// TestReference runs the suite under lua5.1 and compares with what is recorded.
func TestReference(t *testing.T) {
	for _, file := range programs(t) {
		t.Run(baseName(file), func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for _, c := range chunks(t, file) {
				b.WriteString("--- " + c.name + "\n" + reference(t, c.text) + "\n")
			}
			if *update {
				if err := os.WriteFile(golden(file), []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			recorded, err := os.ReadFile(golden(file))
			if err != nil {
				t.Fatal(err)
			}
			if string(recorded) != b.String() {
				t.Errorf("lua5.1 prints something else than %s: run this test with -update", golden(file))
			}
		})
	}
}

// reference is what lua5.1 prints for a program, and how it fails.
func reference(t *testing.T, source string) string {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "chunk.lua"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("lua5.1", "chunk.lua")
	cmd.Dir = dir
	cmd.Env = []string{"TZ=UTC", "PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	cmd.Stdin = strings.NewReader(stdin)
	var out, fault bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &fault
	if err := cmd.Run(); err != nil {
		message, _, _ := strings.Cut(strings.TrimPrefix(fault.String(), "lua5.1: "), "\nstack traceback:")
		if message == "" {
			t.Fatal(err)
		}
		out.WriteString("error: " + strings.TrimSuffix(message, "\n") + "\n")
	}
	return strings.TrimSuffix(out.String(), "\n")
}
