package repl

import lua "github.com/yuin/gopher-lua"

// locals are the session's: the variables that each new input can see, by name.
type locals map[string]*lua.Upvalue

// set gives a name a new variable.
func (l locals) set(name string, v lua.LValue) { l[name] = variable(v) }

func variable(v lua.LValue) *lua.Upvalue {
	u := &lua.Upvalue{}
	u.SetValue(v)
	return u
}

// seen are the names among words that are session locals.
func (l locals) seen(words map[string]bool) []string {
	var names []string
	for w := range words {
		if _, ok := l[w]; ok {
			names = append(names, w)
		}
	}
	return names
}

// load makes the function of a compiled chunk and ties its upvalues to the session's variables. show gets the values of
// an expression.
func (l locals) load(L *lua.LState, proto *lua.FunctionProto, show lua.LGFunction) *lua.LFunction {
	fn := L.NewFunctionFromProto(proto)
	for i, name := range proto.DbgUpvalues {
		switch name {
		case keepName:
			fn.Upvalues[i] = variable(L.NewFunction(l.keep))
		case showName:
			fn.Upvalues[i] = variable(L.NewFunction(show))
		default:
			fn.Upvalues[i] = l[name]
		}
	}
	return fn
}

// keep takes a closure over locals that were just declared, and makes them the session's.
func (l locals) keep(L *lua.LState) int {
	fn := L.CheckFunction(1)
	for i, name := range fn.Proto.DbgUpvalues {
		l[name] = fn.Upvalues[i]
	}
	return 0
}

// settle takes the variables off the stack of the input that declared them, which may have ended by an error.
func (l locals) settle() {
	for _, u := range l {
		u.Close()
	}
}
