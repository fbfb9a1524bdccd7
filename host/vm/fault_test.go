package vm

import (
	"strings"
	"testing"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// A Go function that panics is named with its module, and nothing of Go is shown.
func TestFaultNames(t *testing.T) {
	faulty := &decl.Module{Name: "faulty", Funcs: []decl.Function{
		decl.Raw{Name: "index", Run: func(L *lua.LState) int { return []int{}[L.GetTop()] }},
		decl.Raw{Name: "text", Run: func(*lua.LState) int { panic("reflect: call of reflect.Value") }},
	}}
	for _, f := range []string{"index", "text"} {
		_, err := run(t, "local f = require 'faulty'."+f+"\nf()", func(o *Options) { o.Modules = append(o.Modules, faulty) })
		if err == nil || !strings.Contains(err.Error(), ":2: moonwire is at fault in 'faulty."+f+"' (") {
			t.Errorf("%s: %v", f, err)
		}
		for _, inside := range []string{"runtime", "reflect", "goroutine", ".go:", "index out of range"} {
			if err != nil && strings.Contains(err.Error(), inside) {
				t.Errorf("%s: %v shows %s", f, err, inside)
			}
		}
	}
}
