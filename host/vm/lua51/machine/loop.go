package machine

import (
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

// enter is the main loop that gopher-lua calls: the frame of a function has been pushed, and this runs it to its return.
func (m *Machine) enter(L *lua.LState, _ *frame) {
	s := stateOf(L)
	f := s.currentFrame
	if f.Fn.IsG {
		m.finishGo(L, s, f)
		return
	}
	s.top(L, f)
	m.run(L, s, f)
}

// top sets the registry's top where a Lua function's registers end.
func (s *state) top(L *lua.LState, f *frame) {
	s.reg.setTop(L, f.LocalBase+int(f.Fn.Proto.NumUsedRegisters))
}

// meter is what counts a state's instructions. A context that has none is asked for Done each time.
func (m *Machine) meter(s *state) *Meter {
	switch c := s.ctx.(type) {
	case nil:
		return &m.idle
	case Metered:
		return c.Meter()
	}
	return &Meter{Spent: func(L *lua.LState) {
		select {
		case <-s.ctx.Done():
			fail(L, "%s", s.ctx.Err().Error())
		default:
		}
	}}
}

const (
	sbxZero = 1<<17 - 1
	kBit    = 1 << 8
)

func rk(registers, constants []lua.LValue, x uint32) lua.LValue {
	if x&kBit != 0 {
		return constants[x&^kBit]
	}
	return registers[x]
}

// run executes from frame f until f returns. Calls of Lua functions stay in the loop; calls of Go functions and
// metamethods leave it for their time.
func (m *Machine) run(L *lua.LState, s *state, first *frame) {
	budget := m.meter(s)
	f := first
	reg := s.reg
	fn := f.Fn
	base := f.LocalBase
	code, k := fn.Proto.Code, fn.Proto.Constants
	used := int(fn.Proto.NumUsedRegisters)
	r := reg.array[base : base+used]
	for {
		i := code[f.Pc]
		f.Pc++
		if budget.Left--; budget.Left < 0 {
			budget.Spent(L)
			r = reg.array[base : base+used]
		}
		if m.watched {
			m.trace(L, s, f)
			r = reg.array[base : base+used]
		}
		a := i >> 18 & 0xff
		b := i & 0x1ff
		c := i >> 9 & 0x1ff
		switch int(i >> 26) {
		case lua.OP_MOVE:
			r[a] = r[b]
		case lua.OP_MOVEN:
			r[a] = r[b]
			for ; c > 0; c-- {
				move := code[f.Pc]
				f.Pc++
				r[move>>18&0xff] = r[move&0x1ff]
			}
		case lua.OP_LOADK:
			r[a] = k[i&0x3ffff]
		case lua.OP_LOADBOOL:
			r[a] = lua.LBool(b != 0)
			if c != 0 {
				f.Pc++
			}
		case lua.OP_LOADNIL:
			for ; a <= b; a++ {
				r[a] = lua.LNil
			}
		case lua.OP_GETUPVAL:
			r[a] = fn.Upvalues[b].Value()
		case lua.OP_GETGLOBAL:
			key := k[i&0x3ffff]
			if v := tableOf(fn.Env).getString(string(key.(lua.LString))); v != lua.LNil {
				r[a] = v
			} else {
				v := m.index(L, fn.Env, key)
				r = reg.array[base : base+used]
				r[a] = v
			}
		case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
			key := rk(r, k, c)
			if t, ok := r[b].(*lua.LTable); ok {
				if v := tableOf(t).get(key); v != lua.LNil || t.Metatable == lua.LNil {
					r[a] = v
					continue
				}
			}
			v := m.index(L, r[b], key)
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_SETGLOBAL:
			key := k[i&0x3ffff]
			m.setIndex(L, fn.Env, key, r[a])
			r = reg.array[base : base+used]
		case lua.OP_SETUPVAL:
			u := upvalueOf(fn.Upvalues[b])
			if u.closed || u.reg == nil {
				u.value = r[a]
			} else {
				u.reg.array[u.index] = r[a]
			}
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
			key, value := rk(r, k, b), rk(r, k, c)
			if t, ok := r[a].(*lua.LTable); ok && t.Metatable == lua.LNil {
				setRaw(L, t, key, value)
				continue
			}
			m.setIndex(L, r[a], key, value)
			r = reg.array[base : base+used]
		case lua.OP_NEWTABLE:
			if b == 0 && c != 0 {
				if list := m.listing(r, k, code[f.Pc:], a); list != nil {
					r[a] = list
					continue
				}
			}
			r[a] = newTable(L, int(b), int(c))
		case lua.OP_SELF:
			object, key := r[b], rk(r, k, c)
			v := m.index(L, object, key)
			r = reg.array[base : base+used]
			r[a+1] = object
			r[a] = v
		case lua.OP_ADD:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					r[a] = m.box(float64(n + o))
					continue
				}
			}
			v := m.arith(L, lua.OP_ADD, x, y)
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_SUB:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					r[a] = m.box(float64(n - o))
					continue
				}
			}
			v := m.arith(L, lua.OP_SUB, x, y)
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_MUL:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					r[a] = m.box(float64(n * o))
					continue
				}
			}
			v := m.arith(L, lua.OP_MUL, x, y)
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_MOD:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					r[a] = m.box(number.Mod(float64(n), float64(o)))
					continue
				}
			}
			v := m.arith(L, lua.OP_MOD, x, y)
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_DIV, lua.OP_POW:
			v := m.arith(L, int(i>>26), rk(r, k, b), rk(r, k, c))
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_UNM:
			v := m.minus(L, rk(r, k, b))
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_NOT:
			r[a] = lua.LBool(!truth(r[b]))
		case lua.OP_LEN:
			v := m.length(L, rk(r, k, b))
			r = reg.array[base : base+used]
			r[a] = v
		case lua.OP_CONCAT:
			m.concat(L, s, base+int(b), base+int(c))
			r = reg.array[base : base+used]
			r[a] = r[b]
		case lua.OP_JMP:
			f.Pc += int(i&0x3ffff) - sbxZero
		case lua.OP_EQ:
			x, y := rk(r, k, b), rk(r, k, c)
			equal := x == y
			if !equal {
				equal = m.equal(L, x, y)
				r = reg.array[base : base+used]
			}
			if equal != (a != 0) {
				f.Pc++
			}
		case lua.OP_LT:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					if n < o != (a != 0) {
						f.Pc++
					}
					continue
				}
			}
			less := m.less(L, x, y)
			r = reg.array[base : base+used]
			if less != (a != 0) {
				f.Pc++
			}
		case lua.OP_LE:
			x, y := rk(r, k, b), rk(r, k, c)
			if n, ok := x.(lua.LNumber); ok {
				if o, ok := y.(lua.LNumber); ok {
					if n <= o != (a != 0) {
						f.Pc++
					}
					continue
				}
			}
			less := m.lessEqual(L, x, y)
			r = reg.array[base : base+used]
			if less != (a != 0) {
				f.Pc++
			}
		case lua.OP_TEST:
			if truth(r[a]) != (c != 0) {
				f.Pc++
			}
		case lua.OP_TESTSET:
			if v := r[b]; truth(v) == (c != 0) {
				r[a] = v
			} else {
				f.Pc++
			}
		case lua.OP_CALL:
			ra := base + int(a)
			nargs := int(b) - 1
			if b == 0 {
				nargs = reg.top - ra - 1
			}
			called := m.enterCall(L, s, f, ra, nargs, int(c)-1)
			if called == nil { // a Go function, done
				if c != 0 {
					s.top(L, f)
				}
				r = reg.array[base : base+used]
				continue
			}
			f = called
			fn = f.Fn
			base, code, k, used = f.LocalBase, fn.Proto.Code, fn.Proto.Constants, int(fn.Proto.NumUsedRegisters)
			r = reg.array[base : base+used]
		case lua.OP_TAILCALL:
			ra := base + int(a)
			nargs := int(b) - 1
			if b == 0 {
				nargs = reg.top - ra - 1
			}
			if !m.tailCall(L, s, f, ra, nargs) { // a Go function: its results wait for the RETURN that follows
				r = reg.array[base : base+used]
				continue
			}
			fn = f.Fn
			base, code, k, used = f.LocalBase, fn.Proto.Code, fn.Proto.Constants, int(fn.Proto.NumUsedRegisters)
			r = reg.array[base : base+used]
		case lua.OP_RETURN:
			ra := base + int(a)
			n := int(b) - 1
			if b == 0 {
				n = reg.top - ra
			}
			if len(fn.Proto.FunctionPrototypes) > 0 {
				s.closeFrom(base)
			}
			if m.hook != nil {
				m.returning(L, s, f)
			}
			s.leave(L, f, ra, n)
			if f == first {
				return
			}
			want := f.NRet
			f = s.currentFrame
			if want != lua.MultRet {
				s.top(L, f)
			}
			fn = f.Fn
			base, code, k, used = f.LocalBase, fn.Proto.Code, fn.Proto.Constants, int(fn.Proto.NumUsedRegisters)
			r = reg.array[base : base+used]
		case lua.OP_FORLOOP:
			step := float64(r[a+2].(lua.LNumber))
			index := float64(r[a].(lua.LNumber)) + step
			limit := float64(r[a+1].(lua.LNumber))
			if step > 0 && index <= limit || step <= 0 && limit <= index {
				v := m.box(index)
				r[a] = v
				r[a+3] = v
				f.Pc += int(i&0x3ffff) - sbxZero
			}
		case lua.OP_FORPREP:
			m.prepareFor(L, r[a:a+3])
			f.Pc += int(i&0x3ffff) - sbxZero
		case lua.OP_TFORLOOP:
			if more := m.iterate(L, s, f, base+int(a), int(c)); more {
				f.Pc += int(code[f.Pc]&0x3ffff) - sbxZero
			}
			f.Pc++
			r = reg.array[base : base+used]
		case lua.OP_SETLIST:
			batch := int(c)
			if c == 0 {
				batch = int(code[f.Pc])
				f.Pc++
			}
			ra := base + int(a)
			n := int(b)
			if b == 0 {
				n = reg.top - ra - 1
			}
			setList(reg.array[ra].(*lua.LTable), (batch-1)*lua.FieldsPerFlush, reg.array[ra+1:ra+1+n])
			if b == 0 {
				s.top(L, f)
				r = reg.array[base : base+used]
			}
		case lua.OP_CLOSE:
			s.closeFrom(base + int(a))
		case lua.OP_CLOSURE:
			proto := fn.Proto.FunctionPrototypes[i&0x3ffff]
			closure := &lua.LFunction{Env: fn.Env, Proto: proto, Upvalues: make([]*lua.Upvalue, proto.NumUpvalues)}
			for n := range closure.Upvalues {
				from := code[f.Pc]
				f.Pc++
				if int(from>>26) == lua.OP_MOVE {
					closure.Upvalues[n] = s.capture(base + int(from&0x1ff))
				} else {
					closure.Upvalues[n] = fn.Upvalues[from&0x1ff]
				}
			}
			r[a] = closure
		case lua.OP_VARARG:
			s.varargs(L, f, base+int(a), int(b)-1)
			r = reg.array[base : base+used]
		}
	}
}

func truth(v lua.LValue) bool { return v != lua.LNil && v != lua.LFalse }

// prepareFor checks a numeric loop's three numbers and sets the index one step back.
func (m *Machine) prepareFor(L *lua.LState, r []lua.LValue) {
	for n, what := range [...]string{"initial value", "limit", "step"} {
		f, ok := toNumber(r[n])
		if !ok {
			fail(L, "'for' %s must be a number", what)
		}
		r[n] = m.box(f)
	}
	r[0] = m.box(float64(r[0].(lua.LNumber) - r[2].(lua.LNumber)))
}

// toNumber is Lua's coercion of an operand to a number.
func toNumber(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return number.Parse(string(v))
	}
	return 0, false
}
