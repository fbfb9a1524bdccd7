package machine

import (
	"fmt"
	"os"
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// goTrace is the variable of the environment that asks for the Go side of a fault.
const goTrace = "MOONWIRE_GOTRACE"

// fault is the message of a Go function's own mistake, which panicked with r. It names the function and shows nothing of
// Go, unless the environment asks for that: then the standard error output has the whole story.
func fault(L *lua.LState, r any) string {
	name := "?"
	if l, ok := At(L, 0); ok {
		name = faulty(L, l)
	}
	if os.Getenv(goTrace) != "" {
		fmt.Fprintf(os.Stderr, "moonwire: fault in '%s': %v\n%s", name, r, debug.Stack())
	}
	return fmt.Sprintf("%smoonwire is at fault in '%s' (please report it, with what %s=1 shows)", Where(L, 1), name, goTrace)
}

// faulty names the function of a level: by its module or class; one that no record has, as an iterator, by its package, which is
// named as its module is.
func faulty(L *lua.LState, l Level) string {
	if l.Fn != nil && l.Fn.IsG {
		if name := decl.NameOf(L, l.Fn); name != "" {
			return name
		}
		if f := runtime.FuncForPC(reflect.ValueOf(l.Fn.GFunction).Pointer()); f != nil {
			name, _, _ := strings.Cut(path.Base(f.Name()), ".")
			return name
		}
	}
	if name, _ := l.Name(); name != "" {
		return name
	}
	return "?"
}
