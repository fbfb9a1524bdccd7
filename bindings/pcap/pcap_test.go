package pcap_test

import (
	"testing"

	"moonwire/bindings/packet"
	"moonwire/bindings/pcap"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/pcap.lua", pcap.Module(), packet.Module()) }

func TestExamples(t *testing.T) {
	hosttest.Examples(t, pcap.Module(), packet.Module())
}
