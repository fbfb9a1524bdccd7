package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"moonwire/host/docgen"
	"moonwire/stdlib"
)

// TestExamplesOfTests runs the examples of the functions that stand in test files.
func TestExamplesOfTests(t *testing.T) {
	t.Parallel()
	modules, err := docgen.ReadFS(stdlib.FS)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range modules {
		for _, f := range m.Functions() {
			r := f.Record()
			if m.Name != "test" || r.NoRun == "" {
				continue
			}
			found++
			source := r.Example + "\nit(\"is a test\", function() end)\n"
			if r.Name == "run" || r.Name == "skip" { // inside a test
				source = "it(\"is a test\", function()\n" + r.Example + "\nend)\n"
			}
			t.Run(r.Name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, "example_test.lua"), []byte("local test = require \"test\"\n"+source), 0o644); err != nil {
					t.Fatal(err)
				}
				moonwire(t, dir, "test")
			})
		}
	}
	if found < 6 {
		t.Errorf("%d examples", found)
	}
}
