package scripts_test

import (
	"context"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/script"
	"moonwire/scripts"
)

// TestLabs opens every lab, and sees that the headers of scripts name labs and hosts that there are.
func TestLabs(t *testing.T) {
	t.Parallel()
	named := map[string]map[string]bool{} // hosts, by lab
	for _, s := range shipped(t) {
		if s.header.Lab == "" {
			continue
		}
		lab, on, _ := strings.Cut(s.header.Lab, " on ")
		if named[lab] == nil {
			named[lab] = map[string]bool{}
		}
		named[lab][on] = true
	}
	for _, name := range scripts.Labs() {
		source, err := scripts.Lab(name)
		if err != nil {
			t.Fatal(err)
		}
		h, err := script.Parse(name, source)
		if err != nil || h.Title == "" || h.About == "" {
			t.Errorf("lab %s has no header with title and about (%v)", name, err)
		}
		code := `local net = assert(require "lab".open(...)) print(net) assert(#net:hosts() > 0)`
		for on := range named[name] {
			code += "\nassert(net:host(" + `"` + on + `"))`
		}
		delete(named, name)
		var out strings.Builder
		opt := host.Options{Args: []string{name}, Stdout: &out}
		if err := host.New(opt).Run(context.Background(), host.Code(name, code)); err != nil {
			t.Errorf("lab %s: %v", name, err)
		}
		t.Log("\n" + out.String())
	}
	for lab := range named {
		t.Errorf("scripts name a lab %q that there isn't", lab)
	}
}
