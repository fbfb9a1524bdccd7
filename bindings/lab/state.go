package lab

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// state is what the module needs of the script's own Lua, as it was when the module was loaded.
type state struct {
	require, load, random lua.LValue
}

const stateKey = "moonwire.lab"

// setup notes the functions; scripts may change their globals later.
func setup(L *lua.LState, _ *lua.LTable) {
	s := &state{require: L.GetGlobal("require"), load: L.GetGlobal("loadstring")}
	if math, ok := L.GetGlobal("math").(*lua.LTable); ok {
		s.random = math.RawGetString("random")
	}
	L.G.Registry.RawSetString(stateKey, &lua.LUserData{Value: s})
}

func stateOf(L *lua.LState) *state {
	return L.G.Registry.RawGetString(stateKey).(*lua.LUserData).Value.(*state)
}

// draw is a seed for a lab, from the script's own chance.
func (s *state) draw(L *lua.LState) int64 {
	L.CallByParam(lua.P{Fn: s.random, NRet: 1}, lua.LNumber(1), lua.LNumber(1<<31-1))
	n, _ := decl.ToNumber(L.Get(-1))
	L.Pop(1)
	return int64(n)
}

// module is what require gives.
func (s *state) module(L *lua.LState, name string) lua.LValue {
	L.CallByParam(lua.P{Fn: s.require, NRet: 1}, lua.LString(name))
	defer L.Pop(1)
	return L.Get(-1)
}

// function is a function of a module.
func (s *state) function(L *lua.LState, module, name string) *lua.LFunction {
	fn, ok := L.GetField(s.module(L, module), name).(*lua.LFunction)
	if !ok {
		decl.Raisef(L, "module %s has no function '%s'", module, name)
	}
	return fn
}
