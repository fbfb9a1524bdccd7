package snmp_test

import (
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/packet"
	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

// modules are those that examples and tests use beside snmp.
func modules() []*decl.Module { return []*decl.Module{u64.Module(), bytes.Module(), packet.Module()} }

func TestExamples(t *testing.T) { hosttest.Examples(t, snmp.Module(), modules()...) }

func TestLua(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"security", "message", "version3"} {
		hosttest.RunFile(t, "testdata/"+file+".lua", append(modules(), snmp.Module())...)
	}
}

func TestMadeMessage(t *testing.T) {
	hosttest.RunFile(t, "testdata/message_made.lua", append(modules(), snmp.Module())...)
}
