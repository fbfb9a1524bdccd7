package lua51

import (
	"fmt"
	"strconv"
	"strings"

	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
)

// A dumped function is the source of its chunk and the way to the function inside: no bytecode comes from outside, so
// a forged dump can do no more than a forged source.

// dumpMark begins a dumped function: the mark of Lua's binary chunks, and a version of our own.
const dumpMark = "\x1bLuaS"

// origin is what a prototype was made from. Each has it behind the constants that its instructions use.
type origin struct {
	main      *lua.FunctionProto
	chunkname string
	source    string
}

// remember notes o with a prototype and all those inside it.
func remember(proto *lua.FunctionProto, o *origin) {
	proto.Constants = append(proto.Constants, &lua.LUserData{Value: o})
	for _, inner := range proto.FunctionPrototypes {
		remember(inner, o)
	}
}

// originOf finds what remember noted; nil when the prototype didn't come from Compile.
func originOf(proto *lua.FunctionProto) *origin {
	if len(proto.Constants) == 0 {
		return nil
	}
	ud, ok := proto.Constants[len(proto.Constants)-1].(*lua.LUserData)
	if !ok {
		return nil
	}
	o, _ := ud.Value.(*origin)
	return o
}

func stringDump(L *lua.LState) int {
	if f := checkFunction(L, 1); !f.IsG {
		if o := originOf(f.Proto); o != nil {
			path, _ := pathTo(o.main, f.Proto)
			return ret(L, lua.LString(fmt.Sprintf("%s%s %d %s%s", dumpMark, path, len(o.chunkname), o.chunkname, o.source)))
		}
	}
	machine.Error(L, 1, "unable to dump given function")
	return 0
}

// pathTo finds a prototype inside another: the places of the inner functions on the way, each behind a slash.
func pathTo(from, proto *lua.FunctionProto) (path string, found bool) {
	if from == proto {
		return "", true
	}
	for i, inner := range from.FunctionPrototypes {
		if rest, found := pathTo(inner, proto); found {
			return "/" + strconv.Itoa(i) + rest, true
		}
	}
	return "", false
}

// undump makes the prototype again.
func undump(chunkname, dump string) (*lua.FunctionProto, error) {
	path, rest, _ := strings.Cut(strings.TrimPrefix(dump, dumpMark), " ")
	size, rest, _ := strings.Cut(rest, " ")
	length, err := strconv.ParseUint(size, 10, 31)
	if err != nil || int(length) > len(rest) || strings.HasPrefix(rest[length:], dumpMark) {
		return nil, badDump(chunkname)
	}
	proto, err := Compile(rest[:length], rest[length:])
	if err != nil {
		return nil, err
	}
	for step := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		i, err := strconv.ParseUint(step, 10, 31)
		switch {
		case path == "":
		case err != nil || int(i) >= len(proto.FunctionPrototypes):
			return nil, badDump(chunkname)
		default:
			proto = proto.FunctionPrototypes[i]
		}
	}
	return proto, nil
}

func badDump(chunkname string) error {
	return &syntax.Error{Message: syntax.ShortSource(chunkname) + ": bad header in precompiled chunk"}
}
