package code

import lua "github.com/yuin/gopher-lua"

// kind is where an expression's value is while it is being compiled.
type kind int

const (
	void        kind = iota // no value
	nilValue                // nil
	trueValue               // true
	falseValue              // false
	constantK               // a constant: info is its index
	numeral                 // a number not yet among the constants
	local                   // a local: info is its register
	upval                   // an upvalue: info is its index
	global                  // a global: info is its name's constant
	indexed                 // a table's field: info is the table's register, key the key's RK
	conditional             // a comparison's jump: info is its position
	relocatable             // an instruction whose A is open: info is its position
	register                // a register: info
	call                    // a call: info is its position
	varargs                 // ...: info is the VARARG's position
)

// operand is an expression being compiled. whenTrue and whenFalse list jumps that leave it early, with its value.
type operand struct {
	kind                kind
	info, key           int
	number              float64
	line                int // of indexed: to note when the field is fetched
	whenTrue, whenFalse int
}

func (o operand) plain() operand {
	o.whenTrue, o.whenFalse = noJump, noJump
	return o
}

func (o *operand) jumps() bool { return o.whenTrue != o.whenFalse }

func (o *operand) isNumeral() bool {
	return o.kind == numeral && o.whenTrue == noJump && o.whenFalse == noJump
}

func (o *operand) set(k kind, info int) { o.kind, o.info = k, info }

// discharge turns variables, fields, calls into a value in an instruction or a register.
func (f *function) discharge(o *operand) {
	switch o.kind {
	case local:
		o.kind = register
	case upval:
		o.set(relocatable, f.emit(abc(lua.OP_GETUPVAL, 0, o.info, 0)))
	case global:
		o.set(relocatable, f.emit(abx(lua.OP_GETGLOBAL, 0, o.info)))
	case indexed:
		f.releaseRK(o.key)
		f.release(o.info)
		line := f.line
		f.line = o.line
		o.set(relocatable, f.emit(abc(f.tableOp(lua.OP_GETTABLE, o.key), 0, o.info, o.key)))
		f.line = line
	case varargs, call:
		f.oneResult(o)
	}
}

// tableOp is the opcode for a table access whose key is a constant string, if it is one.
func (f *function) tableOp(op, key int) int {
	if key&kBit != 0 {
		if _, ok := f.proto.Constants[key&^kBit].(lua.LString); ok {
			return op + 1 // GETTABLEKS, SETTABLEKS
		}
	}
	return op
}

// oneResult cuts a call or ... to one value.
func (f *function) oneResult(o *operand) {
	switch o.kind {
	case call:
		o.set(register, argA(f.proto.Code[o.info]))
	case varargs:
		setB(&f.proto.Code[o.info], 2)
		o.kind = relocatable
	}
}

// results makes a call or ... give n values, -1: all.
func (f *function) results(o *operand, n int) {
	switch o.kind {
	case call:
		setC(&f.proto.Code[o.info], n+1)
	case varargs:
		i := &f.proto.Code[o.info]
		setB(i, n+1)
		setA(i, f.free)
		f.reserve(1)
	}
}

func (f *function) releaseRK(rk int) {
	if rk&kBit == 0 {
		f.release(rk)
	}
}

func (f *function) releaseOperand(o *operand) {
	if o.kind == register {
		f.release(o.info)
	}
}

// load puts the value into reg; jumps are left open.
func (f *function) load(o *operand, reg int) {
	f.discharge(o)
	switch o.kind {
	case nilValue:
		f.loadNil(reg, 1)
	case trueValue:
		f.emit(abc(lua.OP_LOADBOOL, reg, 1, 0))
	case falseValue:
		f.emit(abc(lua.OP_LOADBOOL, reg, 0, 0))
	case constantK:
		f.emit(abx(lua.OP_LOADK, reg, o.info))
	case numeral:
		f.emit(abx(lua.OP_LOADK, reg, f.constant(lua.LNumber(o.number))))
	case relocatable:
		setA(&f.proto.Code[o.info], reg)
	case register:
		if reg != o.info {
			f.emit(abc(lua.OP_MOVE, reg, o.info, 0))
		}
	default:
		return
	}
	o.set(register, reg)
}

// toRegister puts the value into reg, whichever way the expression ends.
func (f *function) toRegister(o *operand, reg int) {
	f.load(o, reg)
	if o.kind == conditional {
		o.whenTrue = f.join(o.whenTrue, o.info)
	}
	if o.jumps() {
		loadFalse, loadTrue := noJump, noJump
		if f.needsValue(o.whenTrue) || f.needsValue(o.whenFalse) {
			skip := noJump
			if o.kind != conditional {
				skip = f.jump()
			}
			f.here()
			loadFalse = f.emit(abc(lua.OP_LOADBOOL, reg, 0, 1))
			f.here()
			loadTrue = f.emit(abc(lua.OP_LOADBOOL, reg, 1, 0))
			f.patchHere(skip)
		}
		done := f.here()
		f.patch(o.whenFalse, done, reg, loadFalse)
		f.patch(o.whenTrue, done, reg, loadTrue)
	}
	*o = operand{kind: register, info: reg}.plain()
}

func (f *function) toNext(o *operand) {
	f.discharge(o)
	f.releaseOperand(o)
	f.reserve(1)
	f.toRegister(o, f.free-1)
}

func (f *function) toAny(o *operand) int {
	f.discharge(o)
	if o.kind == register {
		if !o.jumps() {
			return o.info
		}
		if o.info >= len(f.active) {
			f.toRegister(o, o.info)
			return o.info
		}
	}
	f.toNext(o)
	return o.info
}

func (f *function) toValue(o *operand) {
	if o.jumps() {
		f.toAny(o)
	} else {
		f.discharge(o)
	}
}

// toRK is an operand field for the value: a register, or a constant near the table's start.
func (f *function) toRK(o *operand) int {
	f.toValue(o)
	switch o.kind {
	case nilValue, trueValue, falseValue, numeral:
		if len(f.proto.Constants) <= maxRK {
			o.set(constantK, f.constant(literal(o)))
			return f.rk(o)
		}
	case constantK:
		if o.info <= maxRK {
			return f.rk(o)
		}
	}
	return f.toAny(o)
}

func (f *function) rk(o *operand) int {
	if o.info > maxRK {
		return f.toAny(o)
	}
	return o.info | kBit
}

func literal(o *operand) lua.LValue {
	switch o.kind {
	case trueValue:
		return lua.LTrue
	case falseValue:
		return lua.LFalse
	case numeral:
		return lua.LNumber(o.number)
	}
	return lua.LNil
}
