package lab_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/bindings/dgram"
	"moonwire/bindings/lab"
	"moonwire/bindings/packet"
	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

func modules() []*decl.Module {
	return []*decl.Module{lab.Module(), packet.Module(), dgram.Module(), socket.Module(), addr.Module()}
}

func TestLab(t *testing.T) {
	t.Parallel()
	hosttest.RunFile(t, "testdata/lab.lua", modules()...)
}
