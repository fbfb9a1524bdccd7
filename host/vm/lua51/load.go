package lua51

import (
	"io"
	"os"
	"strings"

	"moonwire/host/network"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// load compiles source and returns its function, or nil and the message.
func (l *library) load(L *lua.LState, source, chunkname string) int {
	proto, err := l.compile(chunkname, source)
	if err != nil {
		return ret(L, lua.LNil, lua.LString(err.Error()))
	}
	f := L.NewFunctionFromProto(proto)
	for i := range f.Upvalues { // a dumped function's variables are new ones
		f.Upvalues[i] = machine.NewUpvalue()
	}
	return ret(L, f)
}

func (l *library) baseLoadstring(L *lua.LState) int {
	s := checkString(L, 1)
	return l.load(L, s, l.chunkname(optString(L, 2, s)))
}

// loaded is what a chunk is called that came piece by piece and has no name.
const loaded = "=(load)"

// baseLoad takes a function that gives the source piece by piece; like LuaJIT and later versions, also a string.
func (l *library) baseLoad(L *lua.LState) int {
	if s, ok := L.Get(1).(lua.LString); ok {
		return l.load(L, string(s), l.chunkname(optString(L, 2, string(s))))
	}
	f := checkFunction(L, 1)
	name := l.chunkname(optString(L, 2, loaded))
	var b strings.Builder
	for {
		L.Push(f)
		if err := machine.PCall(L, 0, 1, nil); err != nil {
			return ret(L, lua.LNil, err.(*lua.ApiError).Object)
		}
		v := L.Get(-1)
		L.Pop(1)
		piece, ok := toString(v)
		if !ok && v != lua.LNil {
			return ret(L, lua.LNil, lua.LString(machine.Where(L, 1)+"reader function must return a string"))
		}
		if piece == "" {
			return l.load(L, b.String(), name)
		}
		b.WriteString(piece)
	}
}

// readSource reads a file, or the standard input for "".
func (l *library) readSource(L *lua.LState, name string) (source, chunkname string, err error) {
	var r io.Reader = l.Stdin
	chunkname = "=stdin"
	if name != "" {
		chunkname = "@" + name
		if l.Files == nil {
			return "", chunkname, os.ErrPermission
		}
		file, err := l.Files.Open(name, os.O_RDONLY, 0)
		if err != nil {
			return "", chunkname, err
		}
		defer file.Close()
		r = file
	}
	var data []byte
	err = l.Block(L, func() error {
		var err error
		data, err = io.ReadAll(r)
		return err
	})
	return string(data), chunkname, err
}

// loadFile pushes the function of a file, or nil and the message.
func (l *library) loadFile(L *lua.LState, name string) int {
	source, chunkname, err := l.readSource(L, name)
	if err != nil {
		verb := "open"
		if _, is := network.Strerror(err); is == "Is a directory" {
			verb = "read"
		}
		_, reason := network.Strerror(err)
		return ret(L, lua.LNil, lua.LString("cannot "+verb+" "+strings.TrimLeft(chunkname, "@=")+": "+reason))
	}
	return l.load(L, strings.TrimPrefix(source, "\xef\xbb\xbf"), chunkname)
}

func (l *library) baseLoadfile(L *lua.LState) int { return l.loadFile(L, optString(L, 1, "")) }

func (l *library) baseDofile(L *lua.LState) int {
	if l.loadFile(L, optString(L, 1, "")) == 2 {
		machine.Throw(L.Get(-1))
	}
	base := L.GetTop() - 1
	machine.Call(L, 0, lua.MultRet)
	return L.GetTop() - base
}
