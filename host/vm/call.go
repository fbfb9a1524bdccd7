package vm

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// call runs the function that lies below nargs arguments on a thread that does nothing else. It is no PCall: the stack
// is still there when the error is caught, and the traceback is made from it.
func (h *thread) call(nargs int) (results []lua.LValue, err *Error) {
	L := h.L
	L.Panic = func(L *lua.LState) {
		panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: L.Get(-1), StackTrace: traceback(L)})
	}
	defer func() {
		if r := recover(); r != nil {
			err = caught(L, r)
		}
	}()
	L.Call(nargs, lua.MultRet)
	results = make([]lua.LValue, L.GetTop())
	for i := range results {
		results[i] = L.Get(i + 1)
	}
	return results, nil
}

// overflow is what gopher-lua panics with where a growing call stack is full.
const overflow = "lua callstack overflow"

// caught makes an error of what was recovered.
func caught(L *lua.LState, r any) *Error {
	if e, ok := r.(*lua.ApiError); ok {
		return newError(L, e.Object, e.StackTrace)
	}
	text := fmt.Sprint(r)
	if text == overflow {
		text = "stack overflow"
	}
	return newError(L, lua.LString(siteOf(L, 0).prefix()+text), traceback(L))
}
