package snmp_test

import (
	"testing"

	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestAgent(t *testing.T) { hosttest.RunFile(t, "testdata/agent.lua", snmp.Module(), u64.Module()) }
