package dhcp6_test

import (
	"testing"

	"moonwire/bindings/dhcp6"
	"moonwire/bindings/packet"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"message"} {
		hosttest.RunFile(t, "testdata/"+file+".lua", dhcp6.Module(), packet.Module(), u64.Module())
	}
}
