package lfs

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A holder is an open file of the io library.
type holder interface{ File() network.File }

// file is argument 1 as an open file of the io library.
func file(L *lua.LState, name string) holder {
	ud, _ := L.Get(1).(*lua.LUserData)
	if ud == nil {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "FILE*"))
	}
	h, ok := ud.Value.(holder)
	switch {
	case !ok:
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "FILE*"))
	case L.ToStringMeta(ud).String() == "file (closed)":
		decl.Raisef(L, "%s: closed file", strings.TrimPrefix(name, "lfs."))
	}
	return h
}

// locking runs f on a file; the standard streams, which may be anything, have no locks.
func locking(L *lua.LState, h holder, f func(network.File) error) int {
	err := error(syscall.EBADF)
	if open := h.File(); open != nil {
		err = f(open)
	}
	if answer(L, err) == 1 {
		return 1
	}
	L.Pop(1) // here LuaFileSystem leaves errno out
	return 2
}

// lock is lfs.lock(file, mode, start, length).
func lock(L *lua.LState) int {
	h, mode := file(L, "lfs.lock"), decl.String(L, "lfs.lock", 2)
	start := int64(decl.CheckOr(L, "lfs.lock", 3, "start", 0))
	length := int64(decl.CheckOr(L, "lfs.lock", 4, "length", 0))
	switch mode {
	case "r", "w":
		return locking(L, h, func(f network.File) error { return f.Lock(mode == "w", start, length) })
	case "u":
		return locking(L, h, func(f network.File) error { return f.Unlock(start, length) })
	}
	decl.Raise(L, "lock: invalid mode")
	return 0
}

// unlock is lfs.unlock(file, start, length).
func unlock(L *lua.LState) int {
	h := file(L, "lfs.unlock")
	start := int64(decl.CheckOr(L, "lfs.unlock", 2, "start", 0))
	length := int64(decl.CheckOr(L, "lfs.unlock", 3, "length", 0))
	return locking(L, h, func(f network.File) error { return f.Unlock(start, length) })
}

// setmode is lfs.setmode(file, mode): every file is binary here, as on Unix.
func setmode(L *lua.LState) int {
	file(L, "lfs.setmode")
	if mode := decl.String(L, "lfs.setmode", 2); mode != "binary" && mode != "text" {
		decl.RaiseArg(L, 2, "lfs.setmode", "invalid option '"+mode+"'")
	}
	L.Push(lua.LTrue)
	L.Push(lua.LString("binary"))
	return 2
}

// A dirLock is a link that stands in a directory while a script holds it.
type dirLock struct {
	files network.Files
	name  string
}

func (d *dirLock) String() string { return "lock " + d.name }

// Close removes the link.
func (d *dirLock) Close() error {
	if d.files == nil {
		return nil
	}
	files := d.files
	d.files = nil
	return files.Remove(d.name)
}

func lockClass() *decl.Class {
	return &decl.Class{Name: "lock", Doc: "A directory's lock, from lfs.lock_dir.", Type: reflect.TypeFor[*dirLock](), Methods: []decl.Function{
		decl.Raw{Name: "free", Why: whyLFS, Doc: "Give the directory free.", Run: freeLock,
			Example: "local dir = os.tmpname() .. \".d\" lfs.mkdir(dir)\nlfs.lock_dir(dir):free()\nlfs.rmdir(dir) --> true"},
	}}
}

func freeLock(L *lua.LState) int {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if d, ok := ud.Value.(*dirLock); ok {
			decl.HostOf(L).Disown(d)
			d.Close()
			return 0
		}
	}
	decl.RaiseArg(L, 1, "free", decl.Expected(L, 1, "lock metatable"))
	return 0
}

// lockDir is lfs.lock_dir(path, stale): the lock is a link named lockfile.lfs; one older than stale seconds is taken
// over.
func lockDir(L *lua.LState) int {
	path := decl.String(L, "lfs.lock_dir", 1)
	stale := decl.CheckOr(L, "lfs.lock_dir", 2, "stale", time.Duration(0))
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	d := &dirLock{f, path + "/lockfile.lfs"}
	err := makeLock(f, d.name)
	if errors.Is(err, fs.ErrExist) && stale > 0 {
		if info, failed := f.Lstat(d.name); failed == nil {
			if age := network.ClockFrom(decl.HostOf(L).Context()).Now().Sub(info.ModTime()); age > stale && f.Remove(d.name) == nil {
				err = makeLock(f, d.name)
			}
		}
	}
	if err != nil {
		_, text := network.Strerror(err)
		L.Push(lua.LNil)
		L.Push(lua.LString(text))
		return 2
	}
	decl.HostOf(L).Own(L, d)
	L.Push(decl.NewUserData(L, d))
	return 1
}

func makeLock(f network.Files, name string) error {
	return f.Symlink(strconv.Itoa(os.Getpid()), name)
}
