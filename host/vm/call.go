package vm

import (
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// call runs the function that lies below nargs arguments on a thread that does nothing else. It is no PCall: the stack
// is still there when the error is caught, and the traceback is made from it.
func (h *thread) call(nargs int) (results []lua.LValue, err *Error) {
	L := h.L
	defer func() {
		if r := recover(); r != nil {
			err = newError(L, machine.Recovered(L, r), h.trace())
		}
	}()
	if h.co == nil {
		L.Insert(L.NewFunction(bottom), 1)
		nargs++
	}
	machine.Call(L, nargs, lua.MultRet)
	results = make([]lua.LValue, L.GetTop())
	for i := range results {
		results[i] = L.Get(i + 1)
	}
	return results, nil
}

// bottom calls a task's function: tracebacks end in it, as those of the reference interpreter do in its own C.
func bottom(L *lua.LState) int {
	machine.Call(L, L.GetTop()-1, lua.MultRet)
	return L.GetTop()
}

// trace is where the error was raised; of a task that was told to stop, where it was then.
func (h *thread) trace() string {
	if h.task.stopping() != nil && h.task.seen().trace != "" {
		return h.task.last.trace
	}
	return traceback(h.L)
}
