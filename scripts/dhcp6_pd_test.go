package scripts_test

import (
	"strings"
	"testing"

	"moonwire/host/script"
)

// TestPrefixForAHome runs the recipe on a home router of a lab, in simulated time.
func TestPrefixForAHome(t *testing.T) {
	s := recipe(t, "dhcp6_pd")
	got := script.Masked(strings.TrimRight(s.simulate(t, s.header.Defaults()), "\n"))
	if want := script.Masked(s.header.Shows); got != want {
		t.Errorf("%s\nprinted:\n%s", difference(got, want), got)
	}
	if other := s.simulate(t, map[string]any{"lan": "eth1", "length": 60.0, "network": 15.0, "seconds": 2.0}); !strings.Contains(other, "eth1 is 2001:db8:f000:f::1/64") {
		t.Error(other)
	}
}
