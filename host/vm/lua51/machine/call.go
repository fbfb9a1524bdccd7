package machine

import (
	lua "github.com/yuin/gopher-lua"
)

// enterCall begins the call of the value in register ra. A Go function is run and nil returned; a Lua function's frame
// is returned, for the loop to go on with.
func (m *Machine) enterCall(L *lua.LState, s *state, caller *frame, ra, nargs, nret int) *frame {
	fn, ok := s.reg.array[ra].(*lua.LFunction)
	if !ok {
		fn = m.callable(L, s, ra, nargs)
		nargs++
	}
	if fn.IsG {
		s.reg.setTop(L, ra+1+nargs)
	}
	f := s.push(L)
	f.Fn, f.Parent, f.Pc, f.Base, f.LocalBase, f.ReturnBase = fn, caller, 0, ra, ra+1, ra
	f.NArgs, f.NRet, f.TailCall = nargs, nret, 0
	if fn.IsG {
		s.currentFrame = f
		if m.hook != nil {
			m.called(L, s)
		}
		m.finishGo(L, s, f)
		return nil
	}
	s.prepare(L, f)
	s.currentFrame = f
	if m.hook != nil {
		m.called(L, s)
	}
	return f
}

// callable makes room for the function behind __call and puts it under its arguments.
func (m *Machine) callable(L *lua.LState, s *state, ra, nargs int) *lua.LFunction {
	v := s.reg.array[ra]
	fn, ok := metamethod(L, v, "__call").(*lua.LFunction)
	if !ok {
		typeError(L, v, ra, "call")
	}
	s.reg.room(L, ra+nargs+2)
	copy(s.reg.array[ra+1:], s.reg.array[ra:ra+nargs+1])
	s.reg.array[ra] = fn
	s.reg.top = max(s.reg.top, ra+nargs+2)
	return fn
}

// finishGo runs the Go function of the top frame and moves its results to where the caller wants them.
func (m *Machine) finishGo(L *lua.LState, s *state, f *frame) {
	n := f.Fn.GFunction(L)
	if n < 0 {
		fail(L, "attempt to yield across metamethod/C-call boundary")
	}
	if m.hook != nil {
		m.returning(L, s, f)
	}
	s.leave(L, f, s.reg.top-n, n)
}

// leave ends a frame: its n results, from register ra on, go where its caller wants them.
func (s *state) leave(L *lua.LState, f *frame, ra, n int) {
	want, to := f.NRet, f.ReturnBase
	if want == lua.MultRet {
		want = n
	}
	reg := s.reg
	reg.room(L, to+want)
	if want <= n {
		copy(reg.array[to:to+want], reg.array[ra:ra+want])
	} else {
		copy(reg.array[to:to+n], reg.array[ra:ra+n])
		for i := to + n; i < to+want; i++ {
			reg.array[i] = lua.LNil
		}
	}
	if to+want < reg.top {
		clear(reg.array[to+want : reg.top])
	}
	reg.top = to + want
	s.pop()
}

// prepare lays out a Lua function's registers: missing arguments are nil; variable ones stay below the registers.
func (s *state) prepare(L *lua.LState, f *frame) {
	p := f.Fn.Proto
	params, used := int(p.NumParameters), int(p.NumUsedRegisters)
	reg := s.reg
	if p.IsVarArg&lua.VarArgIsVarArg == 0 {
		reg.room(L, f.LocalBase+used)
		have := min(f.NArgs, params)
		for i := f.LocalBase + have; i < f.LocalBase+used; i++ {
			reg.array[i] = lua.LNil
		}
		if f.LocalBase+used < reg.top {
			clear(reg.array[f.LocalBase+used : reg.top])
		}
		reg.top = f.LocalBase + used
		return
	}
	args := f.LocalBase
	kept := max(f.NArgs, params)
	f.LocalBase += kept
	reg.room(L, f.LocalBase+used)
	for i := args + f.NArgs; i < f.LocalBase+used; i++ {
		reg.array[i] = lua.LNil
	}
	reg.top = f.LocalBase + used
	for i := range min(params, f.NArgs) {
		reg.array[f.LocalBase+i] = reg.array[args+i]
		reg.array[args+i] = lua.LNil
	}
	if p.IsVarArg&lua.VarArgNeedsArg != 0 {
		reg.array[f.LocalBase+params] = argTable(L, reg.array[args+params:args+kept])
	}
}

// argTable is the table arg of a function with ... that never mentions it.
func argTable(L *lua.LState, values []lua.LValue) *lua.LTable {
	t := L.CreateTable(len(values), 1)
	for i, v := range values {
		t.RawSetInt(i+1, v)
	}
	t.RawSetString("n", lua.LNumber(len(values)))
	return t
}

// varargs copies n of a function's variable arguments to registers from ra on; -1: all, up to the top.
func (s *state) varargs(L *lua.LState, f *frame, ra, n int) {
	params := int(f.Fn.Proto.NumParameters)
	first := f.Base + 1 + params
	have := max(f.NArgs-params, 0)
	reg := s.reg
	if n < 0 {
		n = have
		reg.room(L, ra+n)
		reg.top = ra + n
	}
	copy(reg.array[ra:ra+min(n, have)], reg.array[first:first+have])
	for i := ra + have; i < ra+n; i++ {
		reg.array[i] = lua.LNil
	}
}

// tailCall replaces frame f by the Lua function in register ra and says so; a Go function is called in the ordinary way
// with all its results left at ra.
func (m *Machine) tailCall(L *lua.LState, s *state, f *frame, ra, nargs int) bool {
	fn, ok := s.reg.array[ra].(*lua.LFunction)
	if !ok {
		fn = m.callable(L, s, ra, nargs)
		nargs++
	}
	if fn.IsG {
		m.enterCall(L, s, f, ra, nargs, lua.MultRet)
		return false
	}
	if len(f.Fn.Proto.FunctionPrototypes) > 0 {
		s.closeFrom(f.LocalBase)
	}
	copy(s.reg.array[f.Base:], s.reg.array[ra:ra+1+nargs])
	f.Fn, f.Pc, f.LocalBase, f.NArgs = fn, 0, f.Base+1, nargs
	f.TailCall++
	s.prepare(L, f)
	if m.hook != nil {
		m.called(L, s)
	}
	return true
}

// iterate does one step of a generic for loop: it calls the generator in ra and says whether there is a value.
func (m *Machine) iterate(L *lua.LState, s *state, f *frame, ra, n int) bool {
	r := s.reg.array
	if fn, ok := r[ra].(*lua.LFunction); ok && fn == m.next {
		if t, ok := r[ra+1].(*lua.LTable); ok {
			key, value, ok := next(t, r[ra+2])
			if !ok {
				fail(L, "invalid key to 'next'")
			}
			r[ra+2] = key
			for i := ra + 3; i < ra+3+n; i++ {
				r[i] = lua.LNil
			}
			r[ra+3] = key
			if n > 1 {
				r[ra+4] = value
			}
			return key != lua.LNil
		}
	}
	copy(r[ra+3:ra+6], r[ra:ra+3])
	if called := m.enterCall(L, s, f, ra+3, 2, n); called != nil {
		m.run(L, s, called)
	}
	s.top(L, f)
	v := s.reg.array[ra+3]
	if v == lua.LNil {
		return false
	}
	s.reg.array[ra+2] = v
	return true
}

// Call calls fn and leaves n results on the stack, as L.Call does, with this package's words when fn isn't callable.
func Call(L *lua.LState, nargs, nret int) {
	s := stateOf(L)
	ra := s.reg.top - nargs - 1
	m := Of(L)
	if f := m.enterCall(L, s, s.currentFrame, ra, nargs, nret); f != nil {
		m.run(L, s, f)
	}
}

// call1 calls a metamethod and takes its first result.
func (m *Machine) call1(L *lua.LState, fn lua.LValue, args ...lua.LValue) lua.LValue {
	s := stateOf(L)
	ra := s.reg.top
	s.reg.push(L, fn)
	for _, v := range args {
		s.reg.push(L, v)
	}
	if f := m.enterCall(L, s, s.currentFrame, ra, len(args), 1); f != nil {
		m.run(L, s, f)
	}
	v := s.reg.array[ra]
	s.reg.array[ra] = nil
	s.reg.top = ra
	return v
}

// call0 calls a metamethod for its effect.
func (m *Machine) call0(L *lua.LState, fn lua.LValue, args ...lua.LValue) {
	m.call1(L, fn, args...)
}
