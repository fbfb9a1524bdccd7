package socket

import (
	"runtime"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// A socket that Lua can't reach any more is closed by the garbage collector, as LuaSocket's are; one that the
// collector leaves is closed with its task's scope. The collector has a goroutine of its own, which may only close the
// system's descriptor: the rest of the work waits for the interpreter.

// guard closes o once nothing in Lua refers to ud.
func (lib *library) guard(ud *lua.LUserData, o *object) {
	runtime.AddCleanup(ud, lib.collect, o)
}

// collect closes what o has open.
func (lib *library) collect(o *object) {
	lib.mu.Lock()
	defer lib.mu.Unlock()
	if o.d != nil {
		o.d.socket.Close()
		lib.dead = append(lib.dead, o)
	}
}

// sweep forgets what collect closed.
func (lib *library) sweep(L *lua.LState) {
	lib.mu.Lock()
	dead := lib.dead
	lib.dead = nil
	lib.mu.Unlock()
	for _, o := range dead {
		decl.HostOf(L).Disown(o.self)
		o.Close()
	}
}
