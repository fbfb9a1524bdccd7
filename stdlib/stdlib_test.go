package stdlib_test

import (
	"encoding/xml"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/docgen"
	"moonwire/host/hosttest"
	"moonwire/stdlib"
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

// TestSVG lets an XML parser read drawings.
func TestSVG(t *testing.T) {
	for _, drawing := range []string{
		`ladder.draw({{from = "a & b", to = "<c>", label = '"x"', time = 1}}, {format = "svg", times = true})`,
		`plot({{{1, 2}, {3, 4}, name = "a & b"}}, {format = "svg", x = "<c>"})`,
	} {
		readXML(t, hosttest.Run(t, `local ladder, plot = require "ladder", require "plot" print(`+drawing+`)`, catalog.Modules()...))
	}
}

func readXML(t *testing.T, drawn string) {
	t.Helper()
	for d, n := xml.NewDecoder(strings.NewReader(drawn)), 0; ; n++ {
		if _, err := d.Token(); err == io.EOF && n > 10 {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestExamples runs the example of every function, and wants one of each.
func TestExamples(t *testing.T) {
	modules, err := docgen.ReadFS(stdlib.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range modules {
		functions := m.Functions()
		if m.Call != nil {
			functions = append(functions, m.Call)
		}
		for _, c := range m.Classes {
			functions = append(functions, c.Methods...)
		}
		for _, f := range functions {
			if r := f.Record(); r.NoRun == "" && !strings.Contains(r.Example, "-->") {
				t.Errorf("%s: %s has no example that compares something", m.Name, r.Name)
			}
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			hosttest.Recorded(t, m, catalog.Modules()...)
		})
	}
}
