package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/vm"
)

// modules are all that Go declares: the catalog's and the runtime's own.
func modules() []*decl.Module { return append(vm.Modules(), catalog.Modules()...) }

// TestExamples runs the example of every record.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, m := range modules() {
		others := slices.DeleteFunc(catalog.Modules(), func(o *decl.Module) bool { return o.Name == m.Name })
		t.Run(m.Name, func(t *testing.T) { hosttest.Examples(t, m, others...) })
	}
}

// TestRecords demands of every record what its readers need.
func TestRecords(t *testing.T) {
	t.Parallel()
	for _, m := range modules() {
		if m.Doc == "" {
			t.Errorf("module %s: no Doc", m.Name)
		}
		if m.Call != nil {
			checkRecord(t, m.Name, m.Call)
		}
		for _, f := range m.Functions() {
			checkRecord(t, m.Name+"."+f.Record().Name, f)
		}
		for _, c := range m.Consts {
			if c.Doc == "" {
				t.Errorf("%s.%s: no Doc", m.Name, c.Name)
			}
		}
		for _, c := range m.Classes {
			if c.Doc == "" || c.Type == nil {
				t.Errorf("class %s of %s: no Doc or no Type", c.Name, m.Name)
			}
			checkParams(t, c.Name+": field", c.Fields)
			for _, f := range c.Methods {
				checkRecord(t, c.Name+":"+f.Record().Name, f)
			}
		}
	}
}

func checkRecord(t *testing.T, name string, f decl.Function) {
	r := f.Record()
	if r.Doc == "" {
		t.Errorf("%s: no Doc", name)
	}
	if r.Example == "" && r.NoRun == "" {
		t.Errorf("%s: neither Example nor NoRun", name)
	}
	if r.Example != "" && r.NoRun == "" && !strings.Contains(r.Example, "-->") {
		t.Errorf("%s: the example compares nothing", name)
	}
	checkParams(t, name, r.Params)
	checkParams(t, name, r.Options)
	for _, k := range r.Fails {
		if !slices.Contains(decl.Kinds, k) {
			t.Errorf("%s: fails with unknown kind %q", name, k)
		}
	}
	if raw, ok := f.(decl.Raw); ok && raw.Why == "" {
		t.Errorf("%s: a Raw function that doesn't say why", name)
	}
}

func checkParams(t *testing.T, name string, params []decl.Param) {
	for _, p := range params {
		switch {
		case p.Name == "":
			t.Errorf("%s: parameter without name", name)
		case p.Type == "":
			t.Errorf("%s: %s has no type", name, p.Name)
		case p.Doc == "":
			t.Errorf("%s: %s has no doc", name, p.Name)
		}
	}
}

// TestNames finds two modules that would answer one require, and functions declared twice.
func TestNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	claim := func(name string) {
		if seen[name] {
			t.Errorf("%s is declared twice", name)
		}
		seen[name] = true
	}
	for _, m := range modules() {
		for _, name := range append([]string{m.Name}, m.Aliases...) {
			claim(fmt.Sprintf("require %q", name))
		}
		for _, f := range m.Functions() {
			claim(m.Name + "." + f.Record().Name)
		}
		for _, c := range m.Classes {
			for _, f := range c.Methods {
				claim(c.Name + ":" + f.Record().Name)
			}
		}
	}
}
