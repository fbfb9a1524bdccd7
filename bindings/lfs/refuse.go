package lfs

import (
	"io/fs"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// files are those that the current task may touch. Where there are none, the call is refused and ok is false.
func files(L *lua.LState) (f network.Files, ok bool) {
	f = network.FilesFrom(decl.HostOf(L).Context())
	return f, f != nil
}

// answer pushes true, or what err says.
func answer(L *lua.LState, err error) int {
	if err == nil {
		L.Push(lua.LTrue)
		return 1
	}
	return refuse(L, "", err)
}

// refuse pushes nil, message and errno; the message begins with prefix.
func refuse(L *lua.LState, prefix string, err error) int {
	number, text := network.Strerror(err)
	L.Push(lua.LNil)
	L.Push(lua.LString(prefix + text))
	L.Push(lua.LNumber(number))
	return 3
}

// none refuses a call where a script may touch no files.
func none(L *lua.LState) int { return refuse(L, "", fs.ErrPermission) }
