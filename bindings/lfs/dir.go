package lfs

import (
	"io/fs"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A directory is what lfs.dir iterates over.
type directory struct {
	names  []string
	closed bool
}

// next is the next name; past the last one the directory is closed.
func (d *directory) next() (string, bool) {
	if len(d.names) == 0 {
		d.closed = true
		return "", false
	}
	name := d.names[0]
	d.names = d.names[1:]
	return name, true
}

func directoryClass() *decl.Class {
	return &decl.Class{Name: "directory", Doc: "An open directory.", Type: reflect.TypeFor[*directory](), Methods: []decl.Function{
		decl.Raw{Name: "next", Why: whyLFS, Doc: "The next name; nil after the last one.", Run: dirNext,
			Results: []decl.Param{{Name: "name", Type: "string", Optional: true, Doc: ". and .. among them"}},
			Example: "local _, dir = lfs.dir(\".\")\ndir:next() --> \".\""},
		decl.Raw{Name: "close", Why: whyLFS, Doc: "Read no further.", Run: dirClose,
			Example: "local _, dir = lfs.dir(\".\")\ndir:close() -->"},
	}}
}

// dir is lfs.dir(path): an iterator and the directory it needs.
func dir(L *lua.LState) int {
	path := decl.String(L, "lfs.dir", 1)
	f, ok := files(L)
	var entries []fs.DirEntry
	err := fs.ErrPermission
	if ok {
		entries, err = f.ReadDir(path)
	}
	if err != nil {
		_, text := network.Strerror(err)
		decl.Raisef(L, "cannot open %s: %s", path, text)
	}
	d := &directory{names: []string{".", ".."}}
	for _, e := range entries {
		d.names = append(d.names, e.Name())
	}
	L.Push(L.NewFunction(dirNext))
	L.Push(decl.NewUserData(L, d))
	return 2
}

// open is argument 1 as a directory that is open.
func open(L *lua.LState) *directory {
	ud, ok := L.Get(1).(*lua.LUserData)
	if ok {
		if d, ok := ud.Value.(*directory); ok {
			if d.closed {
				decl.RaiseArg(L, 1, "next", "closed directory")
			}
			return d
		}
	}
	decl.RaiseArg(L, 1, "next", decl.Expected(L, 1, "directory metatable"))
	panic("unreachable")
}

func dirNext(L *lua.LState) int {
	if name, ok := open(L).next(); ok {
		L.Push(lua.LString(name))
	} else {
		L.Push(lua.LNil)
	}
	return 1
}

func dirClose(L *lua.LState) int {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if d, ok := ud.Value.(*directory); ok {
			d.closed = true
			return 0
		}
	}
	decl.RaiseArg(L, 1, "close", decl.Expected(L, 1, "directory metatable"))
	return 0
}
