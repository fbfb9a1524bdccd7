package packet

import (
	"strings"
	"testing"

	"moonwire/host/packet/foreign"
)

// TestReadOnly holds the list of layers that can only be read.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	var names []string
	for _, pr := range foreign.Registry().Protocols() {
		if !pr.Buildable() {
			names = append(names, pr.Name)
		}
	}
	if want := strings.Join(names, ", "); readOnly != want {
		t.Errorf("readOnly is\n%s\nwant\n%s", readOnly, want)
	}
}
