package decl

import (
	"context"
	"io"
	"os"

	lua "github.com/yuin/gopher-lua"
)

// bareHost serves states that no runtime drives: unit tests of codecs.
type bareHost struct{}

func (bareHost) Context() context.Context { return context.Background() }
func (bareHost) Block(_ *lua.LState, f func(context.Context) error) error {
	return f(context.Background())
}
func (bareHost) BlockOn(_ *lua.LState, _ Interrupter, f func() error) error { return f() }
func (bareHost) Own(*lua.LState, Handle)                                    {}
func (bareHost) CloseWhenLost(*lua.LUserData, Handle)                       {}
func (bareHost) Disown(Handle)                                              {}
func (bareHost) Spawn(L *lua.LState, fn *lua.LFunction, args ...lua.LValue) {
	L.CallByParam(lua.P{Fn: fn}, args...)
}
func (bareHost) With(L *lua.LState, _ func(context.Context) context.Context, fn *lua.LFunction, args ...lua.LValue) []lua.LValue {
	top := L.GetTop()
	L.CallByParam(lua.P{Fn: fn, NRet: lua.MultRet}, args...)
	results := make([]lua.LValue, L.GetTop()-top)
	for i := range results {
		results[i] = L.Get(top + 1 + i)
	}
	L.SetTop(top)
	return results
}
func (bareHost) Poll(*lua.LState)  {}
func (bareHost) Task() string      { return "main" }
func (bareHost) Iface() string     { return "" }
func (bareHost) Stdin() io.Reader  { return os.Stdin }
func (bareHost) Stdout() io.Writer { return os.Stdout }
func (bareHost) Stderr() io.Writer { return os.Stderr }
