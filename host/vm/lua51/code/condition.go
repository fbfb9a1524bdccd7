package code

import (
	lua "github.com/yuin/gopher-lua"
)

// testJump emits a test of the value and the jump taken when it is cond.
func (f *function) testJump(o *operand, cond bool) int {
	if o.kind == relocatable {
		if i := f.proto.Code[o.info]; opcode(i) == lua.OP_NOT {
			f.proto.Code = f.proto.Code[:o.info]
			f.proto.DbgSourcePositions = f.proto.DbgSourcePositions[:o.info]
			return f.test(lua.OP_TEST, argB(i), 0, bit(!cond))
		}
	}
	if o.kind != register {
		f.reserve(1)
		f.load(o, f.free-1)
	}
	f.releaseOperand(o)
	return f.test(lua.OP_TESTSET, 255, o.info, bit(cond))
}

func (f *function) test(op, a, b, c int) int {
	f.emit(abc(op, a, b, c))
	return f.jump()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// whenTrue goes on with the next instruction when the value is true; the other case is left in whenFalse.
func (f *function) goOnTrue(o *operand) {
	f.discharge(o)
	out := noJump
	switch o.kind {
	case constantK, numeral, trueValue:
	case falseValue:
		out = f.jump()
	case conditional:
		f.invert(o)
		out = o.info
	default:
		out = f.testJump(o, false)
	}
	o.whenFalse = f.join(o.whenFalse, out)
	f.patchHere(o.whenTrue)
	o.whenTrue = noJump
}

// goOnFalse is goOnTrue's mirror.
func (f *function) goOnFalse(o *operand) {
	f.discharge(o)
	out := noJump
	switch o.kind {
	case nilValue, falseValue:
	case trueValue:
		out = f.jump()
	case conditional:
		out = o.info
	default:
		out = f.testJump(o, true)
	}
	o.whenTrue = f.join(o.whenTrue, out)
	f.patchHere(o.whenFalse)
	o.whenFalse = noJump
}

// invert negates the comparison that a conditional's jump depends on.
func (f *function) invert(o *operand) {
	i := f.control(o.info)
	setA(i, 1-argA(*i))
}

// not negates a value.
func (f *function) not(o *operand) {
	f.discharge(o)
	switch o.kind {
	case nilValue, falseValue:
		o.kind = trueValue
	case constantK, numeral, trueValue:
		o.kind = falseValue
	case conditional:
		f.invert(o)
	case relocatable, register:
		if o.kind == relocatable {
			f.reserve(1)
			f.load(o, f.free-1)
		}
		f.releaseOperand(o)
		o.set(relocatable, f.emit(abc(lua.OP_NOT, 0, o.info, 0)))
	}
	o.whenTrue, o.whenFalse = o.whenFalse, o.whenTrue
	f.dropValues(o.whenTrue)
	f.dropValues(o.whenFalse)
}

// compare emits a comparison; what comes of it is a conditional.
func (f *function) compare(op string, l, r *operand) {
	left, right := f.toRK(l), f.toRK(r)
	f.releaseRK(right)
	f.releaseRK(left)
	code, want := lua.OP_EQ, 1
	switch op {
	case "~=":
		want = 0
	case "<":
		code = lua.OP_LT
	case "<=":
		code = lua.OP_LE
	case ">":
		code, left, right = lua.OP_LT, right, left
	case ">=":
		code, left, right = lua.OP_LE, right, left
	}
	*l = operand{kind: conditional, info: f.test(code, want, left, right)}.plain()
}
