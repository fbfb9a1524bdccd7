package machine

import (
	"fmt"
	"strconv"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// stringOf makes a string of bytes that nobody will write to any more.
func stringOf(b []byte) lua.LString { return lua.LString(unsafe.String(unsafe.SliceData(b), len(b))) }

// Throw raises v as it is.
func Throw(v lua.LValue) { panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: v}) }

// throwTop raises the value on top of the stack: what gopher-lua's own errors end in.
func throwTop(L *lua.LState) { Throw(L.Get(-1)) }

// fail raises a message with the place where the running Lua function stands.
func fail(L *lua.LState, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if f := stateOf(L).currentFrame; f != nil && !f.Fn.IsG {
		message = f.place() + message
	}
	Throw(lua.LString(message))
}

func (f *frame) line() int {
	if f.Fn.IsG {
		return -1
	}
	return f.Fn.Proto.DbgSourcePositions[max(f.Pc-1, 0)]
}

// place is how a message begins that comes from f: "file:line: ", or nothing for a Go function.
func (f *frame) place() string {
	if f.Fn.IsG {
		return ""
	}
	return f.Fn.Proto.SourceName + ":" + strconv.Itoa(f.line()) + ": "
}

// typeError refuses the value in register r of the running function: it names the variable that the register holds.
func typeError(L *lua.LState, v lua.LValue, r int, action string) {
	f := stateOf(L).currentFrame
	name, kind := "", ""
	if f != nil && !f.Fn.IsG && r >= f.LocalBase {
		name, kind = objectName(f.Fn.Proto, f.Pc-1, r-f.LocalBase)
	}
	if kind == "" {
		fail(L, "attempt to %s a %s value", action, v.Type())
	}
	fail(L, "attempt to %s %s '%s' (a %s value)", action, kind, name, v.Type())
}

// operandError is typeError for an operand of the current instruction, found by its value; own says that it is the
// operand itself and not something a metatable led to.
func operandError(L *lua.LState, v lua.LValue, own bool, action string) {
	f := stateOf(L).currentFrame
	r := -1
	if own && f != nil && !f.Fn.IsG && f.Pc > 0 {
		r = f.operand(stateOf(L), v)
	}
	typeError(L, v, r, action)
}

// operand is the register, among those the current instruction reads, that holds v; -1: none.
func (f *frame) operand(s *state, v lua.LValue) int {
	i := f.Fn.Proto.Code[f.Pc-1]
	a, b, c := int(i>>18&0xff), int(i&0x1ff), int(i>>9&0x1ff)
	candidate := kBit
	switch int(i >> 26) {
	case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
		candidate = a
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF, lua.OP_LEN, lua.OP_UNM:
		candidate = b
	case lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD, lua.OP_POW:
		candidate = c
		if _, ok := toNumber(rk(s.reg.array[f.LocalBase:], f.Fn.Proto.Constants, uint32(b))); !ok {
			candidate = b
		}
	}
	if candidate&kBit == 0 && s.reg.array[f.LocalBase+candidate] == v {
		return f.LocalBase + candidate
	}
	return -1
}

func arithError(L *lua.LState, x, y lua.LValue) {
	if _, ok := toNumber(x); !ok {
		y = x
	}
	operandError(L, y, true, "perform arithmetic on")
}

// orderError refuses a comparison. The reference interpreter tells types apart here by their third letters.
func orderError(L *lua.LState, x, y lua.LValue) {
	a, b := x.Type().String(), y.Type().String()
	if a[2] == b[2] {
		fail(L, "attempt to compare two %s values%s", a, hint(L, x))
	}
	fail(L, "attempt to compare %s with %s%s", a, b, hint(L, x)+hint(L, y))
}

// hint is what a class says to write instead of an operator that Lua refuses (decl.Class.Hint).
func hint(L *lua.LState, v lua.LValue) string {
	if s, ok := metamethod(L, v, "__hint").(lua.LString); ok {
		return " (" + string(s) + ")"
	}
	return ""
}

// Uncatchable is a panic value that pcall must let pass, because it ends the task.
type Uncatchable interface{ Uncatchable() }

// PCall is L.PCall with Lua's semantics: locals of functions that go on running stay shared with their closures, no
// traceback is made unless handler makes one, and a full stack leaves the handler room. The error is a *lua.ApiError.
func PCall(L *lua.LState, nargs, nret int, handler *lua.LFunction) (err error) {
	s := stateOf(L)
	depth, base, current, panics := s.depth(), s.reg.top-nargs-1, s.currentFrame, s.Panic
	s.Panic = throwTop
	defer func() {
		s.Panic = panics
		r := recover()
		if r == nil {
			return
		}
		if _, ok := r.(Uncatchable); ok {
			panic(r)
		}
		value := Recovered(L, r)
		if handler != nil {
			value = handle(L, handler, value)
		}
		s.closeFrom(base)
		s.cut(depth)
		s.currentFrame = current
		s.reg.setTop(L, base)
		err = &lua.ApiError{Type: lua.ApiErrorRun, Object: value}
	}()
	Call(L, nargs, nret)
	return nil
}

// Misuse is a panic value that blames the caller of a library function.
type Misuse interface {
	error
	Misuse()
}

// Recovered is what a recovered panic is to Lua.
func Recovered(L *lua.LState, r any) lua.LValue {
	switch r := r.(type) {
	case *lua.ApiError:
		return r.Object
	case Misuse:
		return lua.LString(Where(L, 1) + r.Error())
	case string:
		if r == "lua callstack overflow" { // gopher-lua's own call of a function on a full stack
			return lua.LString(Where(L, 1) + "stack overflow")
		}
	}
	return lua.LString(fault(L, r))
}

// handle runs an error handler on top of the stack as the error left it.
func handle(L *lua.LState, handler *lua.LFunction, value lua.LValue) (result lua.LValue) {
	s := stateOf(L)
	restore := s.extend(L)
	defer restore()
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(Uncatchable); ok {
				panic(r)
			}
			result = lua.LString("error in error handling")
		}
	}()
	return Of(L).call1(L, handler, value)
}
