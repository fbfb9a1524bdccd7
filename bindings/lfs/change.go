package lfs

import (
	"io/fs"
	"syscall"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// mkdir is lfs.mkdir(path); the directory is open to all that the process's mask lets in.
func mkdir(L *lua.LState) int {
	path := decl.String(L, "lfs.mkdir", 1)
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	return answer(L, f.Mkdir(path, 0o775))
}

// rmdir is lfs.rmdir(path).
func rmdir(L *lua.LState) int {
	path := decl.String(L, "lfs.rmdir", 1)
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	info, err := f.Lstat(path)
	switch {
	case err != nil:
		return answer(L, err)
	case !info.IsDir():
		return answer(L, syscall.ENOTDIR)
	}
	return answer(L, f.Remove(path))
}

// currentdir is lfs.currentdir().
func currentdir(L *lua.LState) int {
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	dir, err := f.Getwd()
	if err != nil {
		return answer(L, err)
	}
	L.Push(lua.LString(dir))
	return 1
}

// chdir is lfs.chdir(path).
func chdir(L *lua.LState) int {
	path := decl.String(L, "lfs.chdir", 1)
	f, ok := files(L)
	err := error(fs.ErrPermission)
	if ok {
		err = f.Chdir(path)
	}
	if err == nil {
		L.Push(lua.LTrue)
		return 1
	}
	_, text := network.Strerror(err)
	L.Push(lua.LNil)
	L.Push(lua.LString("Unable to change working directory to '" + path + "'\n" + text + "\n"))
	return 2
}

// link is lfs.link(target, name, symbolic).
func link(L *lua.LState) int {
	target, name := decl.String(L, "lfs.link", 1), decl.String(L, "lfs.link", 2)
	f, ok := files(L)
	switch {
	case !ok:
		return none(L)
	case lua.LVAsBool(L.Get(3)):
		return answer(L, f.Symlink(target, name))
	}
	return answer(L, f.Link(target, name))
}

// touch is lfs.touch(path, access, modification): now, unless told otherwise.
func touch(L *lua.LState) int {
	const name = "lfs.touch"
	path := decl.String(L, name, 1)
	now := network.ClockFrom(decl.HostOf(L).Context()).Now()
	access := decl.CheckOr(L, name, 2, "access", now)
	modification := decl.CheckOr(L, name, 3, "modification", access)
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	return answer(L, f.Chtimes(path, access, modification))
}
