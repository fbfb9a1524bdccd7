package socket

import (
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// UnixModule declares all that Lua sees as require "socket.unix".
func UnixModule() *decl.Module {
	streamResult := list(arg("socket", "unixstream", "a unixstream{master}"))
	dgramResult := list(arg("socket", "unixdgram", "a unixdgram{unconnected}"))
	newUnixDgram := newDgram(unixDgram, "unix")
	return &decl.Module{
		Name: "socket.unix",
		Doc:  "Unix domain sockets with LuaSocket's interface.", Source: source + "; unix(7)",
		Funcs: shownAll("socket.unix", []decl.Function{
			fn("stream", "Make a stream socket.", newUnixStream, nil, streamResult),
			fn("dgram", "Make a datagram socket.", newUnixDgram, nil, dgramResult),
		}),
		Classes: []*decl.Class{
			classOf[*stream](unixStream, "A Unix stream socket: unixstream{master} when made, unixstream{server} after listen, unixstream{client} after connect or accept."),
			classOf[*dgram](unixDgram, "A Unix datagram socket: unixdgram{unconnected}, or unixdgram{connected} after connect."),
		},
		Call: shown("socket.unix", fn("", "The same as stream.", newUnixStream, nil, streamResult)),
		Setup: func(L *lua.LState, module *lua.LTable) {
			libraryOf(L)
			module.RawSetString("tcp", module.RawGetString("stream")) // names of old
			module.RawSetString("udp", module.RawGetString("dgram"))
		},
	}
}

// lateUnix is the __index of module socket: socket.unix is there without being required.
func lateUnix(L *lua.LState) int {
	module, ok := L.Get(1).(*lua.LTable)
	if !ok || L.Get(2) != lua.LValue(lua.LString("unix")) {
		return 0
	}
	base := L.GetTop()
	L.Push(L.GetGlobal("require"))
	L.Push(lua.LString("socket.unix"))
	L.Call(1, 1)
	module.RawSetString("unix", L.Get(base+1))
	return 1
}
