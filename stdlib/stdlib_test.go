package stdlib_test

import (
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// TestLua runs the tests of each module, testdata/NAME.lua.
func TestLua(t *testing.T) {
	files, err := filepath.Glob("testdata/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".lua"), func(t *testing.T) {
			hosttest.RunFile(t, file, catalog.Modules()...)
		})
	}
}
