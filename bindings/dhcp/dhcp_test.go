package dhcp_test

import (
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp"
	"moonwire/bindings/lab"
	"moonwire/bindings/packet"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"message"} {
		hosttest.RunFile(t, "testdata/"+file+".lua", dhcp.Module(), packet.Module())
	}
}

func TestExamples(t *testing.T) {
	hosttest.Examples(t, dhcp.Module(), packet.Module(), lab.Module(), dgram.Module())
}
