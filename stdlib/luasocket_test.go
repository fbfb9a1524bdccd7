package stdlib_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// LuaSocket 3.1.0 on Lua 5.1 printed the .out files; what moonwire's modules print must be the same.
func TestLuaSocketCases(t *testing.T) {
	files, err := filepath.Glob("testdata/luasocket/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			compare(t, hosttest.Run(t, read(t, file), catalog.Modules()...), read(t, golden(file)))
		})
	}
}

func golden(file string) string { return strings.TrimSuffix(file, ".lua") + ".out" }

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// compare reports the first lines that differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	shown := 0
	for i := range max(len(g), len(w)) {
		if a, b := at(g, i), at(w, i); a != b {
			t.Errorf("line %d\ngot  %s\nwant %s", i+1, a, b)
			if shown++; shown == 10 {
				return
			}
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(no line)"
}
