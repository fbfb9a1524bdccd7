package machine

import (
	"fmt"
	"os"
	"runtime/debug"

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
		if called, _ := l.Name(); called != "" {
			name = called
		}
		if l.Fn != nil && l.Fn.IsG {
			if declared := decl.NameOf(L, l.Fn); declared != "" {
				name = declared
			}
		}
	}
	if os.Getenv(goTrace) != "" {
		fmt.Fprintf(os.Stderr, "moonwire: fault in '%s': %v\n%s", name, r, debug.Stack())
	}
	return fmt.Sprintf("%smoonwire is at fault in '%s' (please report it, with what %s=1 shows)", Where(L, 1), name, goTrace)
}
