package hosttest

import (
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// Beside runs source as RunIn does while the test goes on, which it does once the source says that it is ready: require
// "beside".ready(). The function that it returns waits for the end, and for what was printed.
func Beside(t testing.TB, n network.Network, source string, modules ...*decl.Module) func() string {
	t.Helper()
	said, ready := make(chan string, 1), make(chan struct{})
	m := &decl.Module{Name: "beside", Funcs: []decl.Function{decl.Raw{Name: "ready", Run: func(*lua.LState) int { close(ready); return 0 }}}}
	go func() {
		out, err := exec(n, "beside", source, append(modules[:len(modules):len(modules)], m))
		if err != nil {
			t.Error(report(err))
		}
		said <- out
	}()
	select {
	case <-ready:
	case out := <-said:
		t.Fatalf("the Lua beside the test has ended: %s", out)
	case <-time.After(Timeout):
		t.Fatal("the Lua beside the test isn't ready")
	}
	return func() string { return <-said }
}
