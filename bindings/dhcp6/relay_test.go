package dhcp6_test

import (
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/lab"
	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// TestRelay runs relay agents on hosts of labs.
func TestRelay(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/relay.lua", dhcp6.Module(), lab.Module(), dgram.Module())
}

func TestExamples(t *testing.T) {
	hosttest.Examples(t, dhcp6.Module(), catalog.Modules()...)
}
