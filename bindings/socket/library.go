package socket

import (
	"sync"

	lua "github.com/yuin/gopher-lua"
)

// A library is what the module knows of one Lua state.
type library struct {
	metas     map[*class]*lua.LTable
	fds       map[int]*descriptor // by the number that getfd gives
	module    *lua.LTable         // socket itself
	sendsHeld int                 // sends since the interpreter was last given up for one

	mu   sync.Mutex // guards dead, and descriptors against the collector
	dead []*object  // closed by the collector

	recorder *recorder // of socket.trace; nil: nobody wants to know
	debug    bool      // LuaSocket's debug build: send and receive also return the elapsed seconds
}

const libraryKey = "moonwire socket"

// libraryOf is the state's library; the first call makes it.
func libraryOf(L *lua.LState) *library {
	if ud, ok := L.G.Registry.RawGetString(libraryKey).(*lua.LUserData); ok {
		return ud.Value.(*library)
	}
	lib := &library{metas: map[*class]*lua.LTable{}, fds: map[int]*descriptor{}}
	for _, k := range kinds {
		k.install(L, lib)
	}
	L.G.Registry.RawSetString(libraryKey, &lua.LUserData{Value: lib})
	return lib
}

// register gives d its number. Systems give theirs; a simulated network has none.
func (lib *library) register(d *descriptor) {
	d.fd = d.socket.FD()
	if d.fd < 0 {
		for d.fd = 3; lib.fds[d.fd] != nil; {
			d.fd++
		}
	}
	lib.fds[d.fd] = d
}

// forget takes d's number back.
func (lib *library) forget(d *descriptor) {
	if lib.fds[d.fd] == d {
		delete(lib.fds, d.fd)
	}
}
