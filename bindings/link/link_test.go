package link

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/packet"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
)

// TestDown takes an interface down under a reader: that is an error, told once, and the reader may go on.
func TestDown(t *testing.T) {
	w := newWorld(t)
	down := &decl.Module{Name: "down", Funcs: []decl.Function{decl.Raw{Name: "a", Run: func(*lua.LState) int { w.Down("a"); return 0 }}}}
	hosttest.RunFileIn(t, w, "testdata/down.lua", Module(), packet.Module(), down)
}

func TestLink(t *testing.T) {
	hosttest.RunFileIn(t, newWorld(t), "testdata/link.lua", Module(), packet.Module())
}
