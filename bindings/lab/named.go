package lab

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/scripts"
)

// openNamed is lab.open(name): a lab that comes with moonwire, a file, or a line of text.
func openNamed(L *lua.LState) int {
	const name = "lab.open"
	what := decl.String(L, name, 1)
	if strings.Contains(what, "--") {
		L.Push(build(L, name, []string{what}, &wishes{}))
		return 1
	}
	source, chunk, err := find(decl.HostOf(L).Context(), what)
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.CallByParam(lua.P{Fn: stateOf(L).load, NRet: 2}, lua.LString(source), lua.LString("@"+chunk))
	fn, problem := L.Get(-2), L.Get(-1)
	L.Pop(2)
	if fn == lua.LNil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, fmt.Errorf("%s: %s", name, problem)))
	}
	L.CallByParam(lua.P{Fn: fn, NRet: 1})
	n := L.GetTop()
	if t := L.Get(n).Type(); t != lua.LTTable && t != lua.LTString {
		return decl.Fail(L, decl.Refuse(decl.Malformed, fmt.Errorf("%s: %s returns a %s, not the table that lab{} takes", name, chunk, decl.TypeName(L.Get(n)))))
	}
	lines, w := read(L, name, n)
	L.Push(build(L, name, lines, &w))
	return 1
}

// find finds the source of a lab.
func find(ctx context.Context, name string) (source, chunk string, err error) {
	if slices.Contains(scripts.Labs(), name) {
		source, err = scripts.Lab(name)
		return source, "labs/" + name + ".lua", err
	}
	if strings.HasSuffix(name, ".lua") {
		f, err := network.FilesFrom(ctx).Open(name, os.O_RDONLY, 0)
		if err != nil {
			return "", "", err
		}
		defer f.Close()
		code, err := io.ReadAll(io.LimitReader(f, mostSource))
		return string(code), name, err
	}
	meant := ""
	if near := decl.Nearest(name, scripts.Labs()); near != "" {
		meant = fmt.Sprintf(": did you mean '%s'?", near)
	}
	return "", "", decl.Refuse(decl.NotFound, fmt.Errorf("no lab '%s'%s (there are %s; a file ends in .lua, a topology is a text such as \"h1 -- h2\")",
		name, meant, strings.Join(scripts.Labs(), ", ")))
}

// mostSource bounds the file of a lab, in bytes.
const mostSource = 1 << 20
