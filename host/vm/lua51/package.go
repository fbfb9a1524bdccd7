package lua51

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// searched is what package.path ends in: the current directory and where Debian's interpreter looks.
const searched = "./?.lua;./?/init.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua;" +
	"/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua"

func (l *library) openPackage(L *lua.LState) {
	t := l.register(L, "package", entry{"loadlib", packageLoadlib}, entry{"seeall", packageSeeall})
	t.RawSetString("path", lua.LString(l.path()))
	t.RawSetString("cpath", lua.LString(""))
	t.RawSetString("config", lua.LString("/\n;\n?\n!\n-"))
	loaded, preload := L.CreateTable(0, 16), L.CreateTable(0, 16)
	t.RawSetString("loaded", loaded)
	t.RawSetString("preload", preload)
	L.G.Registry.RawSetString("_LOADED", loaded)
	loaders := L.CreateTable(4, 0)
	t.RawSetString("loaders", loaders)
	search := l.fileLoader(t)
	if l.Restricted || l.Own != nil {
		search = l.ownLoader
	}
	for _, f := range []lua.LGFunction{preloaded(preload), l.libLoader, search} {
		loaders.Append(L.NewFunction(f))
	}
	fill(L, L.G.Global, []entry{{"require", packageRequire(t)}, {"module", packageModule(loaded)}})
}

// path is package.path: the script's directory, -I directories, then LUA_PATH, in which ;; stands for the usual path.
func (l *library) path() string {
	var b strings.Builder
	for _, dir := range append([]string{l.ScriptDir}, l.Path...) {
		if dir != "" && dir != "." {
			dir = strings.TrimSuffix(filepath.ToSlash(dir), "/")
			b.WriteString(dir + "/?.lua;" + dir + "/?/init.lua;")
		}
	}
	usual := searched
	if l.Restricted {
		return strings.TrimSuffix(b.String(), ";")
	}
	if env := l.Getenv("LUA_PATH"); env != "" {
		usual = strings.Trim(strings.ReplaceAll(env, ";;", ";"+searched+";"), ";")
	}
	return b.String() + usual
}

func packageRequire(pkg *lua.LTable) lua.LGFunction {
	sentinel := &lua.LUserData{Metatable: lua.LNil} // marks a module that is being loaded
	return func(L *lua.LState) int {
		name := checkString(L, 1)
		key := lua.LString(name)
		loaded := L.G.Registry.RawGetString("_LOADED").(*lua.LTable)
		if v := loaded.RawGet(key); lua.LVAsBool(v) {
			if v == sentinel {
				machine.Error(L, 1, "loop or previous error loading module '%s'", name)
			}
			return ret(L, v)
		}
		L.SetTop(1)
		findLoader(L, pkg, name)
		machine.RawSet(L, loaded, key, sentinel)
		L.Push(key)
		machine.Call(L, 1, 1)
		if v := L.Get(-1); v != lua.LNil {
			loaded.RawSet(key, v)
		}
		if loaded.RawGet(key) == sentinel {
			loaded.RawSet(key, lua.LTrue)
		}
		return ret(L, loaded.RawGet(key))
	}
}

// findLoader asks package.loaders in turn and leaves the loader of name on the stack.
func findLoader(L *lua.LState, pkg *lua.LTable, name string) {
	loaders, ok := pkg.RawGetString("loaders").(*lua.LTable)
	if !ok {
		machine.Error(L, 1, "'package.loaders' must be a table")
	}
	var tried strings.Builder
	for i := 1; ; i++ {
		loader := item(loaders, i)
		if loader == lua.LNil {
			machine.Error(L, 1, "module '%s' not found:%s", name, tried.String())
		}
		ret(L, loader, lua.LString(name))
		machine.Call(L, 1, 1)
		switch v := L.Get(-1).(type) {
		case *lua.LFunction:
			return
		case lua.LString, lua.LNumber:
			tried.WriteString(v.String())
		}
		L.Pop(1)
	}
}

func preloaded(preload *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		name := checkString(L, 1)
		if v := preload.RawGetString(name); v != lua.LNil {
			return ret(L, v)
		}
		return ret(L, lua.LString("\n\tno field package.preload['"+name+"']"))
	}
}

// libFolder is where Env.Lib's modules seem to lie.
const libFolder = "stdlib"

// libLoader finds modules in Env.Lib.
func (l *library) libLoader(L *lua.LState) int {
	name := checkString(L, 1)
	file := strings.ReplaceAll(name, ".", "/") + ".lua"
	if l.Lib == nil || !fs.ValidPath(file) {
		return 0
	}
	source, err := fs.ReadFile(l.Lib, file)
	if err != nil {
		return ret(L, lua.LString("\n\tno module '"+name+"' in the standard library"))
	}
	return l.loaded(L, string(source), "@"+path.Join(libFolder, file), name)
}

// loaded compiles a module; an error in it is raised.
func (l *library) loaded(L *lua.LState, source, chunkname, name string) int {
	proto, err := l.compile(chunkname, source)
	if err != nil {
		machine.Error(L, 1, "error loading module '%s' from file '%s':\n\t%s", name, chunkname[1:], err)
	}
	return ret(L, L.NewFunctionFromProto(proto))
}

// fileLoader finds modules by package.path.
func (l *library) fileLoader(pkg *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		name := checkString(L, 1)
		templates, ok := toString(pkg.RawGetString("path"))
		if !ok {
			machine.Error(L, 1, "'package.path' must be a string")
		}
		file := strings.ReplaceAll(name, ".", "/")
		var tried strings.Builder
		for template := range strings.SplitSeq(templates, ";") {
			if template == "" {
				continue
			}
			candidate := strings.ReplaceAll(template, "?", file)
			if source, chunkname, err := l.readModule(L, candidate); err == nil {
				return l.loaded(L, source, chunkname, name)
			}
			tried.WriteString("\n\tno file '" + candidate + "'")
		}
		return ret(L, lua.LString(tried.String()))
	}
}

func (l *library) readModule(L *lua.LState, file string) (source, chunkname string, err error) {
	if l.Files == nil {
		return "", "", errNoPermission
	}
	if info, err := l.Files.Stat(file); err != nil || info.IsDir() {
		return "", "", fs.ErrNotExist
	}
	return l.readSource(L, file)
}

func packageLoadlib(L *lua.LState) int {
	checkString(L, 1)
	checkString(L, 2)
	return ret(L, lua.LNil, lua.LString("dynamic libraries not enabled; check your Lua installation"),
		lua.LString("absent"))
}

func packageSeeall(L *lua.LState) int {
	t := checkTable(L, 1)
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		mt = L.CreateTable(0, 1)
		t.Metatable = mt
	}
	mt.RawSetString("__index", L.G.Global)
	return 0
}

// packageModule is module(name, ...): it makes or finds the table and makes it the caller's environment.
func packageModule(loaded *lua.LTable) lua.LGFunction {
	return func(L *lua.LState) int {
		name := checkString(L, 1)
		t, ok := loaded.RawGetString(name).(*lua.LTable)
		if !ok {
			if t = globalTable(L, name); t == nil {
				machine.Error(L, 1, "name conflict for module '%s'", name)
			}
			loaded.RawSetString(name, t)
		}
		if t.RawGetString("_NAME") == lua.LNil {
			t.RawSetString("_M", t)
			t.RawSetString("_NAME", lua.LString(name))
			t.RawSetString("_PACKAGE", lua.LString(name[:strings.LastIndex(name, ".")+1]))
		}
		caller, ok := machine.At(L, 1)
		if !ok || caller.Fn == nil || caller.Fn.IsG {
			machine.Error(L, 1, "'module' not called from a Lua function")
		}
		caller.Fn.Env = t
		top := L.GetTop()
		for i := 2; i <= top; i++ {
			ret(L, L.Get(i), t)
			machine.Call(L, 1, 0)
		}
		return 0
	}
}

// globalTable finds or makes the global table a.b.c; nil when something else has that name.
func globalTable(L *lua.LState, name string) *lua.LTable {
	t := L.G.Global
	for part := range strings.SplitSeq(name, ".") {
		switch v := t.RawGetString(part).(type) {
		case *lua.LTable:
			t = v
		case *lua.LNilType:
			made := L.CreateTable(0, 4)
			t.RawSetString(part, made)
			t = made
		default:
			return nil
		}
	}
	return t
}
