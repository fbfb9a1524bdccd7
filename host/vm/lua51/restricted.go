package lua51

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"moonwire/host/vm/lua51/code"
	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
)

// In a restricted state a script finds the whole language, and nothing that leads beyond the script: no native library, no
// precompiled chunk, no module from elsewhere, and no way into the variables, metatables or hooks of functions that aren't
// its own.

// closed are the functions that a restricted state refuses, by library.
var closed = map[string][]string{
	"debug": {"debug", "getfenv", "gethook", "getlocal", "getmetatable", "getregistry", "getupvalue", "setfenv", "sethook",
		"setlocal", "setmetatable", "setupvalue"},
	"package": {"loadlib"},
	"string":  {"dump"},
}

// restrict puts refusals where the closed functions were.
func (l *library) restrict(L *lua.LState) {
	if !l.Restricted {
		return
	}
	for name, functions := range closed {
		t := L.G.Global.RawGetString(name).(*lua.LTable)
		for _, f := range functions {
			t.RawSetString(f, L.NewFunction(refuse(name+"."+f)))
		}
	}
}

func refuse(name string) lua.LGFunction {
	return func(L *lua.LState) int {
		machine.Error(L, 1, "%s is not allowed in a restricted run", name)
		return 0
	}
}

// compile is Compile; a restricted state takes text only.
func (l *library) compile(chunkname, source string) (*lua.FunctionProto, error) {
	if l.Restricted && strings.HasPrefix(source, dumpMark[:1]) {
		return nil, &syntax.Error{Message: syntax.ShortSource(chunkname) + ": precompiled chunks are not allowed in a restricted run"}
	}
	return Compile(chunkname, source)
}

// chunkname is what a chunk made of a string is called. In a restricted state it can't pass for a file.
func (l *library) chunkname(name string) string {
	if l.Restricted && name != loaded {
		return strings.TrimLeft(name, "@=")
	}
	return name
}

// fromLib says whether a function comes from Env.Lib: a restricted state leaves its environment alone.
func fromLib(f *lua.LFunction) bool {
	return strings.HasPrefix(code.ChunkName(f.Proto), "@"+libFolder+"/")
}

// ownLoader finds modules in Env.Own.
func (l *library) ownLoader(L *lua.LState) int {
	name := checkString(L, 1)
	source, file, err := FindModule(l.Own, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ret(L, lua.LString("\n\tno module '"+name+"' beside the script"))
	case err != nil:
		machine.Error(L, 1, "error loading module '%s': %s", name, err)
	}
	return l.loaded(L, source, "@"+file, name)
}

// FindModule reads the module a.b from a/b.lua or a/b/init.lua in the first of some folders that has one that may be read.
// The error is fs.ErrNotExist when none has.
func FindModule(folders []fs.FS, name string) (source, file string, err error) {
	base := strings.ReplaceAll(name, ".", "/")
	for _, folder := range folders {
		for _, file := range []string{base + ".lua", base + "/init.lua"} {
			if !fs.ValidPath(file) {
				continue
			}
			if info, err := fs.Stat(folder, file); err != nil || !info.Mode().IsRegular() {
				continue
			}
			b, err := fs.ReadFile(folder, file)
			if err == nil || !errors.Is(err, fs.ErrPermission) && !errors.Is(err, fs.ErrNotExist) {
				return string(b), file, err
			}
		}
	}
	return "", "", fs.ErrNotExist
}

// collected is when a restricted state of this process last made the collector run, in nanoseconds.
var collected atomic.Int64

// collectEvery is the least time between two such runs, which hold up everything else in the process.
const collectEvery = 100 * time.Millisecond

func (l *library) collect() {
	if l.Restricted {
		now, last := time.Now().UnixNano(), collected.Load()
		if now-last < int64(collectEvery) || !collected.CompareAndSwap(last, now) {
			return
		}
	}
	runtime.GC()
}
