package packet_test

import (
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) {
	for _, file := range []string{"packet", "protocol", "answer", "fragment", "applications", "shortcut", "listing"} {
		hosttest.RunFile(t, "testdata/"+file+".lua", packet.Module(), bytes.Module(), u64.Module())
	}
}

func TestExamples(t *testing.T) {
	hosttest.Examples(t, packet.Module(), u64.Module())
}
