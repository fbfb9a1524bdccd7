package dhcp_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/bit"
	"moonwire/bindings/bytes"
	"moonwire/bindings/dgram"
	"moonwire/bindings/dhcp"
	"moonwire/bindings/dhcp6"
	"moonwire/bindings/lab"
	"moonwire/bindings/lfs"
	"moonwire/bindings/link"
	"moonwire/bindings/mime"
	"moonwire/bindings/packet"
	"moonwire/bindings/socket"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

// modules are those that labs and their services need.
func modules(more ...*decl.Module) []*decl.Module {
	return append(more, dhcp.Module(), dhcp6.Module(), packet.Module(), lab.Module(), link.Module(), dgram.Module(), socket.Module(), addr.Module(),
		bytes.Module(), bit.Module(), u64.Module(), mime.Module(), lfs.Module())
}

func TestLua(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"message"} {
		hosttest.RunFile(t, "testdata/"+file+".lua", dhcp.Module(), packet.Module())
	}
}

func TestExamples(t *testing.T) {
	hosttest.Examples(t, dhcp.Module(), modules()[1:]...)
}
