//go:build interop

package lua51_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"moonwire/bindings/lfs"
)

// varying is what two runs print differently: times and addresses.
var varying = regexp.MustCompile(`in [0-9.]+ seconds|0x[0-9a-f]+`)

// TestLibraries uses pure-Lua libraries, unmodified as Debian packs them, here and under lua5.1.
func TestLibraries(t *testing.T) {
	files, err := filepath.Glob("testdata/libraries/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(baseName(file), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := varying.ReplaceAllString(run(t, string(source), lfs.Module()), "*")
			want := varying.ReplaceAllString(reference(t, string(source)), "*")
			if got != want {
				t.Errorf("got:\n%s\nlua5.1:\n%s", got, want)
			}
		})
	}
}
