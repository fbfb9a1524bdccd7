package answer

import (
	"testing"

	"moonwire/host/packet/layers"
)

// TestNames finds rules for layers that do not exist.
func TestNames(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for name := range rules {
		names[name] = true
	}
	for name := range carriers {
		names[name] = true
	}
	for name := range turns {
		names[name] = true
	}
	for name := range names {
		if pr, err := layers.Registry().Lookup(name); err != nil || pr.Name != name {
			t.Errorf("no layer is called %s", name)
		}
	}
}
