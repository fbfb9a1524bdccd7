package link

import (
	"testing"

	"moonwire/bindings/packet"
	"moonwire/host/hosttest"
)

func TestLink(t *testing.T) {
	hosttest.RunFileIn(t, newWorld(), "testdata/link.lua", Module(), packet.Module())
}
