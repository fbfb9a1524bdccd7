package wire_test

import (
	"runtime"
	"testing"

	"moonwire/host/lab/wire"
)

// TestIdleLinksAreSmall bounds the memory of a thousand idle links with their ports.
func TestIdleLinksAreSmall(t *testing.T) {
	const n, most = 1000, 2 << 10
	e := newSim()
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	links := make([]*wire.Link, n)
	for i := range links {
		links[i] = wire.Connect(e, "a--b", wire.NewPort("a"), wire.NewPort("b"), wire.LinkOptions{Seed: 1})
		links[i].SetUp(false)
		e.until(0)
	}
	if each := (heap() - before) / n; each > most {
		t.Errorf("a link takes %d bytes, expected %d at most", each, most)
	} else {
		t.Logf("a link takes %d bytes", each)
	}
	runtime.KeepAlive(links)
}
