package lfs

import (
	"errors"
	"io/fs"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// status is what the system says of a file beyond fs.FileInfo.
type status struct {
	dev, ino, rdev, nlink, uid, gid float64
	access, change                  float64 // seconds since 1970
	blocks, blksize                 float64 // below 0 where the system has none
}

// An attribute is one entry of the table that attributes returns.
type attribute struct {
	name  string
	value func(info fs.FileInfo, s status) lua.LValue
}

func number(f func(s status) float64) func(fs.FileInfo, status) lua.LValue {
	return func(_ fs.FileInfo, s status) lua.LValue {
		if n := f(s); n >= 0 {
			return lua.LNumber(n)
		}
		return lua.LNil
	}
}

var attributeList = []attribute{
	{"mode", func(i fs.FileInfo, _ status) lua.LValue { return lua.LString(mode(i.Mode())) }},
	{"dev", number(func(s status) float64 { return s.dev })},
	{"ino", number(func(s status) float64 { return s.ino })},
	{"nlink", number(func(s status) float64 { return s.nlink })},
	{"uid", number(func(s status) float64 { return s.uid })},
	{"gid", number(func(s status) float64 { return s.gid })},
	{"rdev", number(func(s status) float64 { return s.rdev })},
	{"access", number(func(s status) float64 { return s.access })},
	{"modification", func(i fs.FileInfo, _ status) lua.LValue { return lua.LNumber(i.ModTime().Unix()) }},
	{"change", number(func(s status) float64 { return s.change })},
	{"size", func(i fs.FileInfo, _ status) lua.LValue { return lua.LNumber(i.Size()) }},
	{"permissions", func(i fs.FileInfo, _ status) lua.LValue { return lua.LString(i.Mode().Perm().String()[1:]) }},
	{"blocks", number(func(s status) float64 { return s.blocks })},
	{"blksize", number(func(s status) float64 { return s.blksize })},
}

// mode is a file's type as LuaFileSystem calls it.
func mode(m fs.FileMode) string {
	switch {
	case m.IsRegular():
		return "file"
	case m.IsDir():
		return "directory"
	case m&fs.ModeSymlink != 0:
		return "link"
	case m&fs.ModeSocket != 0:
		return "socket"
	case m&fs.ModeNamedPipe != 0:
		return "named pipe"
	case m&fs.ModeCharDevice != 0:
		return "char device"
	case m&fs.ModeDevice != 0:
		return "block device"
	}
	return "other"
}

// attributes is lfs.attributes(name, request): one value by name, or a table of all, fresh or given.
func attributes(L *lua.LState) int {
	return inspect(L, "lfs.attributes", network.Files.Stat, false)
}

// symlinkAttributes is the same for the link itself, with its target.
func symlinkAttributes(L *lua.LState) int {
	return inspect(L, "lfs.symlinkattributes", network.Files.Lstat, true)
}

func inspect(L *lua.LState, name string, stat func(network.Files, string) (fs.FileInfo, error), link bool) int {
	path := decl.String(L, name, 1)
	f, ok := files(L)
	if !ok {
		return none(L)
	}
	info, err := stat(f, path)
	if err != nil {
		return refuse(L, "cannot obtain information from file '"+path+"': ", err)
	}
	if request, ok := L.Get(2).(lua.LString); ok {
		return one(L, f, path, info, string(request), link)
	}
	t, ok := L.Get(2).(*lua.LTable)
	if !ok {
		t = L.CreateTable(0, len(attributeList)+1)
	}
	s := statusOf(info)
	for _, a := range attributeList {
		if v := a.value(info, s); v != lua.LNil {
			t.RawSetString(a.name, v)
		}
	}
	if target, err := f.Readlink(path); link && err == nil {
		t.RawSetString("target", lua.LString(target))
	}
	L.Push(t)
	return 1
}

// one pushes the attribute of that name.
func one(L *lua.LState, f network.Files, path string, info fs.FileInfo, request string, link bool) int {
	if link && request == "target" {
		target, err := f.Readlink(path)
		if err != nil {
			return refuse(L, "could not obtain link target: ", err)
		}
		L.Push(lua.LString(target))
		return 1
	}
	for _, a := range attributeList {
		if a.name == request {
			L.Push(a.value(info, statusOf(info)))
			return 1
		}
	}
	decl.Raise(L, invalidAttribute(request).Error())
	return 0
}

// invalidAttribute names the nearest attribute too.
func invalidAttribute(request string) error {
	names := make([]string, len(attributeList))
	for i, a := range attributeList {
		names[i] = a.name
	}
	text := "invalid attribute name '" + request + "'"
	if near := decl.Nearest(request, names); near != "" {
		text += " (did you mean '" + near + "'?)"
	}
	return errors.New(text)
}
