package code

import (
	"math"

	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// expression compiles e as far as it can go without a register.
func (f *function) expression(e ast.Expr) operand {
	switch e := e.(type) {
	case *ast.NilExpr:
		return operand{kind: nilValue}.plain()
	case *ast.TrueExpr:
		return operand{kind: trueValue}.plain()
	case *ast.FalseExpr:
		return operand{kind: falseValue}.plain()
	case *ast.NumberExpr:
		f.line = e.Line()
		n, _ := number.Parse(e.Value)
		return operand{kind: numeral, number: n}.plain()
	case *ast.StringExpr:
		f.line = e.Line()
		return operand{kind: constantK, info: f.constant(lua.LString(e.Value))}.plain()
	case *ast.Comma3Expr:
		return f.dots(e)
	case *ast.FunctionExpr:
		return f.closure(e, false)
	case *ast.IdentExpr:
		f.line = e.Line()
		return f.variable(e.Value)
	case *ast.AttrGetExpr:
		return f.index(e)
	case *ast.FuncCallExpr:
		return f.call(e)
	case *ast.TableExpr:
		return f.table(e)
	case *ast.LogicalOpExpr:
		return f.logical(e)
	case *ast.RelationalOpExpr:
		l := f.expression(e.Lhs)
		f.toRK(&l)
		r := f.expression(e.Rhs)
		f.line = e.Line()
		f.compare(e.Operator, &l, &r)
		return l
	case *ast.StringConcatOpExpr:
		return f.concat(e)
	case *ast.ArithmeticOpExpr:
		return f.binaryArithmetic(e)
	case *ast.UnaryMinusOpExpr:
		o := f.expression(e.Expr)
		f.line = e.Line()
		if o.isNumeral() {
			o.number = -o.number
			return o
		}
		return f.unary(lua.OP_UNM, o)
	case *ast.UnaryLenOpExpr:
		o := f.expression(e.Expr)
		f.line = e.Line()
		return f.unary(lua.OP_LEN, o)
	case *ast.UnaryNotOpExpr:
		o := f.expression(e.Expr)
		f.line = e.Line()
		f.not(&o)
		return o
	}
	panic("code: unknown expression")
}

func (f *function) dots(e *ast.Comma3Expr) operand {
	f.line = e.Line()
	f.proto.IsVarArg &^= lua.VarArgNeedsArg
	o := operand{kind: varargs, info: f.emit(abc(lua.OP_VARARG, 0, 1, 0))}.plain()
	if e.AdjustRet {
		f.discharge(&o)
	}
	return o
}

func (f *function) index(e *ast.AttrGetExpr) operand {
	o := f.expression(e.Object)
	f.toAny(&o)
	k := f.expression(e.Key)
	f.toValue(&k)
	f.line = e.Line()
	o.key = f.toRK(&k)
	o.kind, o.line = indexed, e.Line()
	return o
}

func (f *function) call(e *ast.FuncCallExpr) operand {
	var fn operand
	if e.Receiver == nil {
		fn = f.expression(e.Func)
		f.toNext(&fn)
	} else {
		fn = f.expression(e.Receiver)
		f.self(&fn, e.Method)
	}
	base := fn.info
	f.line = e.Line()
	open := f.arguments(e.Args)
	n := f.free - base
	if open {
		n = 0
	}
	f.line = e.Line()
	o := operand{kind: call, info: f.emit(abc(lua.OP_CALL, base, n, 2))}.plain()
	f.proto.DbgCalls = append(f.proto.DbgCalls, lua.DbgCall{Name: calledName(e), Pc: o.info})
	f.free = base + 1
	if e.LastLine() > 0 {
		f.line = e.LastLine()
	}
	if e.AdjustRet {
		f.discharge(&o)
	}
	return o
}

// calledName is what the source calls the called function, for gopher-lua's own messages.
func calledName(e *ast.FuncCallExpr) string {
	if e.Receiver != nil {
		return e.Method
	}
	switch fn := e.Func.(type) {
	case *ast.IdentExpr:
		return fn.Value
	case *ast.AttrGetExpr:
		if key, ok := fn.Key.(*ast.StringExpr); ok {
			return key.Value
		}
	}
	return "?"
}

// self fetches a method and puts its receiver after it.
func (f *function) self(o *operand, method string) {
	f.toAny(o)
	f.releaseOperand(o)
	base := f.free
	f.reserve(2)
	key := operand{kind: constantK, info: f.constant(lua.LString(method))}.plain()
	k := f.toRK(&key)
	f.emit(abc(lua.OP_SELF, base, o.info, k))
	f.releaseRK(k)
	o.set(register, base)
}

// arguments puts expressions into the next registers; open says that the last gives any number of values.
func (f *function) arguments(list []ast.Expr) (open bool) {
	for i, e := range list {
		o := f.expression(e)
		if i == len(list)-1 && multiple(&o) {
			f.results(&o, -1)
			return true
		}
		f.toNext(&o)
	}
	return false
}

func multiple(o *operand) bool { return o.kind == call || o.kind == varargs }

func (f *function) logical(e *ast.LogicalOpExpr) operand {
	l := f.expression(e.Lhs)
	if e.Operator == "and" {
		f.goOnTrue(&l)
		r := f.expression(e.Rhs)
		f.line = e.Line()
		f.discharge(&r)
		r.whenFalse = f.join(r.whenFalse, l.whenFalse)
		return r
	}
	f.goOnFalse(&l)
	r := f.expression(e.Rhs)
	f.line = e.Line()
	f.discharge(&r)
	r.whenTrue = f.join(r.whenTrue, l.whenTrue)
	return r
}

// concat joins a whole chain a .. b .. c in one instruction: its operands stand in registers side by side.
func (f *function) concat(e *ast.StringConcatOpExpr) operand {
	l := f.expression(e.Lhs)
	f.toNext(&l)
	first := l.info
	var last ast.Expr = e.Rhs
	for {
		next, ok := last.(*ast.StringConcatOpExpr)
		if !ok {
			break
		}
		o := f.expression(next.Lhs)
		f.toNext(&o)
		last = next.Rhs
	}
	o := f.expression(last)
	f.toNext(&o)
	f.line = e.Line()
	f.free = first
	return operand{kind: relocatable, info: f.emit(abc(lua.OP_CONCAT, 0, first, o.info))}.plain()
}

var arithmetic = map[string]int{"+": lua.OP_ADD, "-": lua.OP_SUB, "*": lua.OP_MUL, "/": lua.OP_DIV, "%": lua.OP_MOD,
	"^": lua.OP_POW}

func (f *function) binaryArithmetic(e *ast.ArithmeticOpExpr) operand {
	l := f.expression(e.Lhs)
	if !l.isNumeral() {
		f.toRK(&l)
	}
	r := f.expression(e.Rhs)
	f.line = e.Line()
	op := arithmetic[e.Operator]
	if n, ok := fold(op, &l, &r); ok {
		l.number = n
		return l
	}
	right := f.toRK(&r)
	left := f.toRK(&l)
	if left > right {
		f.releaseRK(left)
		f.releaseRK(right)
	} else {
		f.releaseRK(right)
		f.releaseRK(left)
	}
	return operand{kind: relocatable, info: f.emit(abc(op, 0, left, right))}.plain()
}

func (f *function) unary(op int, o operand) operand {
	r := f.toAny(&o)
	f.releaseOperand(&o)
	return operand{kind: relocatable, info: f.emit(abc(op, 0, r, 0))}.plain()
}

// fold computes an operation on two numerals; division by zero and what is no number are left to run time.
func fold(op int, l, r *operand) (float64, bool) {
	if !l.isNumeral() || !r.isNumeral() {
		return 0, false
	}
	a, b := l.number, r.number
	switch op {
	case lua.OP_ADD:
		a += b
	case lua.OP_SUB:
		a -= b
	case lua.OP_MUL:
		a *= b
	case lua.OP_DIV:
		if b == 0 {
			return 0, false
		}
		a /= b
	case lua.OP_MOD:
		if b == 0 {
			return 0, false
		}
		a = number.Mod(a, b)
	case lua.OP_POW:
		a = number.Pow(a, b)
	}
	return a, !math.IsNaN(a)
}
