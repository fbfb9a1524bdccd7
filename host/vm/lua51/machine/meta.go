package machine

import (
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

// maxLoop is how long a chain of __index or __newindex may be (MAXTAGLOOP).
const maxLoop = 100

// metatable is a value's own, whatever __metatable says.
func metatable(L *lua.LState, v lua.LValue) *lua.LTable {
	var mt lua.LValue
	switch v := v.(type) {
	case *lua.LTable:
		mt = v.Metatable
	case *lua.LUserData:
		mt = v.Metatable
	default:
		mt = metatables(L.G)[int(v.Type())]
	}
	t, _ := mt.(*lua.LTable)
	return t
}

func metamethod(L *lua.LState, v lua.LValue, event string) lua.LValue {
	if mt := metatable(L, v); mt != nil {
		return tableOf(mt).getString(event)
	}
	return lua.LNil
}

// Metamethod is the event's entry in v's metatable, or nil.
func Metamethod(L *lua.LState, v lua.LValue, event string) lua.LValue {
	return metamethod(L, v, event)
}

// Metatable is v's own metatable, whatever __metatable says, or nil.
func Metatable(L *lua.LState, v lua.LValue) lua.LValue {
	if mt := metatable(L, v); mt != nil {
		return mt
	}
	return lua.LNil
}

func (m *Machine) index(L *lua.LState, object, key lua.LValue) lua.LValue {
	if ud, ok := object.(*lua.LUserData); ok {
		if v := m.get(L, ud, key); v != nil {
			return v
		}
	}
	v := object
	for range maxLoop {
		var handler lua.LValue
		if t, ok := v.(*lua.LTable); ok {
			if value := tableOf(t).get(key); value != lua.LNil {
				return value
			}
			if t.Metatable == lua.LNil {
				return lua.LNil
			}
			if handler = metamethod(L, v, "__index"); handler == lua.LNil {
				return lua.LNil
			}
		} else if handler = metamethod(L, v, "__index"); handler == lua.LNil {
			operandError(L, v, v == object, "index")
		}
		if fn, ok := handler.(*lua.LFunction); ok {
			return m.call1(L, fn, v, key)
		}
		v = handler
	}
	fail(L, "loop in gettable")
	return nil
}

func (m *Machine) setIndex(L *lua.LState, object, key, value lua.LValue) {
	if ud, ok := object.(*lua.LUserData); ok && m.set(L, ud, key, value) {
		return
	}
	v := object
	for range maxLoop {
		var handler lua.LValue
		if t, ok := v.(*lua.LTable); ok {
			if t.Metatable == lua.LNil || tableOf(t).get(key) != lua.LNil {
				setRaw(L, t, key, value)
				return
			}
			if handler = metamethod(L, v, "__newindex"); handler == lua.LNil {
				setRaw(L, t, key, value)
				return
			}
		} else if handler = metamethod(L, v, "__newindex"); handler == lua.LNil {
			operandError(L, v, v == object, "index")
		}
		if fn, ok := handler.(*lua.LFunction); ok {
			m.call0(L, fn, v, key, value)
			return
		}
		v = handler
	}
	fail(L, "loop in settable")
}

var events = map[int]string{lua.OP_ADD: "__add", lua.OP_SUB: "__sub", lua.OP_MUL: "__mul", lua.OP_DIV: "__div",
	lua.OP_MOD: "__mod", lua.OP_POW: "__pow"}

func (m *Machine) arith(L *lua.LState, op int, x, y lua.LValue) lua.LValue {
	a, ok := toNumber(x)
	if ok {
		if b, ok := toNumber(y); ok {
			return m.box(calculate(op, a, b))
		}
	}
	if v, ok := m.binary(L, x, y, events[op]); ok {
		return v
	}
	arithError(L, x, y)
	return nil
}

func calculate(op int, a, b float64) float64 {
	switch op {
	case lua.OP_ADD:
		return a + b
	case lua.OP_SUB:
		return a - b
	case lua.OP_MUL:
		return a * b
	case lua.OP_DIV:
		return a / b
	case lua.OP_MOD:
		return number.Mod(a, b)
	}
	return number.Pow(a, b)
}

// binary calls the first or else the second operand's metamethod.
func (m *Machine) binary(L *lua.LState, x, y lua.LValue, event string) (lua.LValue, bool) {
	h := metamethod(L, x, event)
	if h == lua.LNil {
		h = metamethod(L, y, event)
	}
	if h == lua.LNil {
		return nil, false
	}
	return m.call1(L, h, x, y), true
}

func (m *Machine) minus(L *lua.LState, x lua.LValue) lua.LValue {
	if f, ok := toNumber(x); ok {
		return m.box(-f)
	}
	if v, ok := m.binary(L, x, x, "__unm"); ok {
		return v
	}
	arithError(L, x, x)
	return nil
}

func (m *Machine) length(L *lua.LState, x lua.LValue) lua.LValue {
	switch x := x.(type) {
	case lua.LString:
		return m.box(float64(len(x)))
	case *lua.LTable:
		return m.box(float64(tableOf(x).length()))
	}
	if v, ok := m.binary(L, x, lua.LNil, "__len"); ok {
		return v
	}
	operandError(L, x, true, "get length of")
	return nil
}

// equal compares two values that aren't the same.
func (m *Machine) equal(L *lua.LState, x, y lua.LValue) bool {
	switch x.(type) {
	case *lua.LTable:
		if _, ok := y.(*lua.LTable); !ok {
			return false
		}
	case *lua.LUserData:
		if _, ok := y.(*lua.LUserData); !ok {
			return false
		}
	default:
		return false
	}
	h := metamethod(L, x, "__eq")
	if h == lua.LNil || h != metamethod(L, y, "__eq") {
		return false
	}
	return truth(m.call1(L, h, x, y))
}

// ordered calls the metamethod that both operands share; found is false when they share none.
func (m *Machine) ordered(L *lua.LState, x, y lua.LValue, event string) (result, found bool) {
	h := metamethod(L, x, event)
	if h == lua.LNil || h != metamethod(L, y, event) {
		return false, false
	}
	return truth(m.call1(L, h, x, y)), true
}

func (m *Machine) less(L *lua.LState, x, y lua.LValue) bool {
	if a, ok := x.(lua.LNumber); ok {
		if b, ok := y.(lua.LNumber); ok {
			return a < b
		}
	}
	if a, ok := x.(lua.LString); ok {
		if b, ok := y.(lua.LString); ok {
			return a < b
		}
	}
	if x.Type() == y.Type() {
		if less, ok := m.ordered(L, x, y, "__lt"); ok {
			return less
		}
	}
	orderError(L, x, y)
	return false
}

func (m *Machine) lessEqual(L *lua.LState, x, y lua.LValue) bool {
	if a, ok := x.(lua.LNumber); ok {
		if b, ok := y.(lua.LNumber); ok {
			return a <= b
		}
	}
	if a, ok := x.(lua.LString); ok {
		if b, ok := y.(lua.LString); ok {
			return a <= b
		}
	}
	if x.Type() == y.Type() {
		if le, ok := m.ordered(L, x, y, "__le"); ok {
			return le
		}
		if less, ok := m.ordered(L, y, x, "__lt"); ok {
			return !less
		}
	}
	orderError(L, x, y)
	return false
}

// Less is x < y, Equal x == y, Index object[key].
func Less(L *lua.LState, x, y lua.LValue) bool { return Of(L).less(L, x, y) }

// Equal is x == y.
func Equal(L *lua.LState, x, y lua.LValue) bool { return x == y || Of(L).equal(L, x, y) }

// Index is object[key].
func Index(L *lua.LState, object, key lua.LValue) lua.LValue { return Of(L).index(L, object, key) }

// SetIndex is object[key] = value.
func SetIndex(L *lua.LState, object, key, value lua.LValue) { Of(L).setIndex(L, object, key, value) }

func textual(v lua.LValue) bool {
	switch v.(type) {
	case lua.LString, lua.LNumber:
		return true
	}
	return false
}

func appendText(b []byte, v lua.LValue) []byte {
	switch v := v.(type) {
	case lua.LString:
		return append(b, v...)
	case lua.LNumber:
		return number.Append(b, float64(v))
	}
	return b
}

// A long string counts like the instructions that could have run meanwhile, so that a loop of s = s .. s meets its
// limits before the heap has doubled many times.
const (
	longString          = 1 << 16
	bytesPerInstruction = 256
)

// concat joins registers first to last into register first, from the right: as many strings and numbers at a time as
// stand together, metamethods between.
func (m *Machine) concat(L *lua.LState, s *state, first, last int) {
	for last > first {
		r := s.reg.array
		x, y := r[last-1], r[last]
		if !textual(x) || !textual(y) {
			v, ok := m.binary(L, x, y, "__concat")
			if !ok {
				if textual(x) {
					typeError(L, y, last, "concatenate")
				}
				typeError(L, x, last-1, "concatenate")
			}
			last--
			s.reg.array[last] = v
			continue
		}
		from := last - 1
		for from > first && textual(r[from-1]) {
			from--
		}
		size := 0
		for _, v := range r[from : last+1] {
			if text, ok := v.(lua.LString); ok {
				size += len(text)
			} else {
				size += 24
			}
		}
		if size > m.MaxString {
			fail(L, "string length overflow")
		}
		CheckLarge(L, size)
		b := make([]byte, 0, size)
		for _, v := range r[from : last+1] {
			b = appendText(b, v)
		}
		r[from] = stringOf(b)
		last = from
		if size >= longString {
			m.meter(s).Left -= size / bytesPerInstruction
		}
	}
}
