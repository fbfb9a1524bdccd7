package scripts_test

import (
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// labs make the networks that headers name.
var labs = map[string]func(*testing.T) network.Network{
	"pair on h1":       func(t *testing.T) network.Network { return nettest.NewLAN(t, 2)[0].Network },
	"lan on h1":        func(t *testing.T) network.Network { return nettest.NewLAN(t, 3)[0].Network },
	"mtu1300 on linux": func(t *testing.T) network.Network { return nettest.NewPath(t).Client.Network },
}

// TestShowsInLab runs every tutorial script that has a lab there and compares what it prints with what its header says.
func TestShowsInLab(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	for _, s := range shipped(t) {
		if s.header.Lab == "" || !strings.HasPrefix(s.file, "tutorial/") {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			t.Parallel()
			lab, ok := labs[s.header.Lab]
			if !ok {
				t.Fatalf("no lab %q", s.header.Lab)
			}
			s.shows(t, host.Options{Network: lab(t)})
		})
	}
}
