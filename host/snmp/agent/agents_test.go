package agent_test

import (
	"runtime"
	"testing"

	"moonwire/host/snmp/agent"
)

// TestMemory makes many agents of one table: each takes little more than its socket does.
func TestMemory(t *testing.T) {
	base := agent.NewTree(interfaces(t, 20000))
	const count = 1000
	used := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc + m.StackInuse
	}
	before := used()
	for range count {
		openAgent(t, agent.Options{Trees: map[string]*agent.Tree{"": base.Copy()}})
	}
	each := (used() - before) / count
	t.Logf("%d bytes for an agent", each)
	if each > 32<<10 {
		t.Errorf("an agent takes %d bytes", each)
	}
}
