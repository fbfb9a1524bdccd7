package code

import (
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

func (f *function) statements(list []ast.Stmt) {
	for i, s := range list {
		if l, ok := s.(*ast.LabelStmt); ok {
			f.labelStatement(l, onlyLabels(list[i+1:]))
			continue
		}
		f.line = s.Line()
		f.statement(s)
		f.free = len(f.active)
	}
}

func onlyLabels(list []ast.Stmt) bool {
	for _, s := range list {
		if _, ok := s.(*ast.LabelStmt); !ok {
			return false
		}
	}
	return true
}

func (f *function) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.LocalAssignStmt:
		f.localAssign(s)
	case *syntax.LocalFunction:
		f.localFunction(s)
	case *ast.FuncCallStmt:
		o := f.expression(s.Expr)
		setC(&f.proto.Code[o.info], 1)
	case *ast.DoBlockStmt:
		f.scoped(s.Stmts)
	case *ast.WhileStmt:
		f.while(s)
	case *ast.RepeatStmt:
		f.repeat(s)
	case *ast.IfStmt:
		f.ifStatement(s)
	case *ast.NumberForStmt:
		f.numericFor(s)
	case *ast.GenericForStmt:
		f.genericFor(s)
	case *ast.FuncDefStmt:
		f.functionStatement(s)
	case *ast.ReturnStmt:
		f.returnStatement(s)
	case *ast.BreakStmt:
		f.breakStatement()
	case *ast.GotoStmt:
		f.gotoStatement(s)
	default:
		panic("code: unknown statement")
	}
}

func (f *function) scoped(list []ast.Stmt) {
	f.enterBlock(false)
	f.statements(list)
	f.leaveBlock()
}

// condition compiles e and returns the jumps taken when it is false.
func (f *function) condition(e ast.Expr) int {
	o := f.expression(e)
	if o.kind == nilValue {
		o.kind = falseValue
	}
	f.goOnTrue(&o)
	return o.whenFalse
}

func (f *function) ifStatement(s *ast.IfStmt) {
	out := noJump
	for {
		skip := f.condition(s.Condition)
		f.scoped(s.Then)
		if len(s.Else) == 0 {
			out = f.join(out, skip)
			break
		}
		out = f.join(out, f.jump())
		f.patchHere(skip)
		nested, ok := s.Else[0].(*ast.IfStmt)
		if !ok || len(s.Else) > 1 {
			f.scoped(s.Else)
			break
		}
		s = nested
		f.line = s.Line()
	}
	f.patchHere(out)
}

func (f *function) while(s *ast.WhileStmt) {
	start := f.here()
	exit := f.condition(s.Condition)
	f.enterBlock(true)
	f.scoped(s.Stmts)
	f.patchList(f.jump(), start)
	f.leaveBlock()
	f.patchHere(exit)
}

// repeat keeps the body's locals in scope for the condition.
func (f *function) repeat(s *ast.RepeatStmt) {
	start := f.here()
	f.enterBlock(true)
	f.enterBlock(false)
	f.statements(s.Stmts)
	f.line = s.Condition.Line()
	again := f.condition(s.Condition)
	if !f.block.captured {
		f.leaveBlock()
		f.patchList(again, start)
	} else {
		f.breakStatement()
		f.patchHere(again)
		f.leaveBlock()
		f.patchList(f.jump(), start)
	}
	f.leaveBlock()
}

func (f *function) breakStatement() {
	b, captured := f.block, false
	for ; b != nil && !b.loop; b = b.outer {
		captured = captured || b.captured
	}
	if b == nil {
		f.refuse("no loop to break")
	}
	if captured {
		f.emit(abc(lua.OP_CLOSE, b.locals, 0, 0))
	}
	b.breaks = f.join(b.breaks, f.jump())
}

// hidden declares the three locals that a for loop keeps for itself.
func (f *function) hidden(a, b, c string) {
	for _, name := range []string{a, b, c} {
		f.declare("(for " + name + ")")
	}
}

func (f *function) numericFor(s *ast.NumberForStmt) {
	f.enterBlock(true)
	base := f.free
	step := s.Step
	if step == nil {
		step = &ast.NumberExpr{Value: "1"}
		step.SetLine(max(s.Limit.Line(), s.Line()))
	}
	for _, e := range []ast.Expr{s.Init, s.Limit, step} {
		o := f.expression(e)
		f.toNext(&o)
	}
	f.hidden("index", "limit", "step")
	prep := f.emit(asbx(lua.OP_FORPREP, base, noJump))
	f.loopBody([]string{s.Name}, s.Stmts)
	f.patchHere(prep)
	f.line = s.Line()
	loop := f.emit(asbx(lua.OP_FORLOOP, base, noJump))
	f.patchList(loop, prep+1)
	f.leaveBlock()
}

func (f *function) genericFor(s *ast.GenericForStmt) {
	f.enterBlock(true)
	base := f.free
	f.adjust(s.Exprs, 3)
	f.hidden("generator", "state", "control")
	f.needs(3) // the call of the iterator
	prep := f.jump()
	f.loopBody(s.Names, s.Stmts)
	f.patchHere(prep)
	f.line = s.Line()
	f.emit(abc(lua.OP_TFORLOOP, base, 0, len(s.Names)))
	f.patchList(f.jump(), prep+1)
	f.leaveBlock()
}

func (f *function) loopBody(names []string, body []ast.Stmt) {
	f.enterBlock(false)
	for _, name := range names {
		f.declare(name)
	}
	f.reserve(len(names))
	f.statements(body)
	f.leaveBlock()
}

func (f *function) functionStatement(s *ast.FuncDefStmt) {
	line := s.Line()
	method := s.Name.Func == nil
	var target operand
	if method {
		key := &ast.StringExpr{Value: s.Name.Method}
		key.SetLine(line)
		t := &ast.AttrGetExpr{Object: s.Name.Receiver, Key: key}
		t.SetLine(line)
		target = f.expression(t)
	} else {
		target = f.expression(s.Name.Func)
	}
	o := f.closure(s.Func, method)
	f.line = line // the definition counts as on its first line
	f.storeTo(&target, &o)
}

func (f *function) localFunction(s *syntax.LocalFunction) {
	o := operand{kind: register, info: f.free}.plain()
	f.declare(s.Name)
	f.reserve(1)
	c := f.closure(s.Func, false)
	f.toRegister(&c, o.info)
	f.proto.DbgLocals[f.active[len(f.active)-1]].StartPc = f.pc()
}

func (f *function) returnStatement(s *ast.ReturnStmt) {
	first, n := len(f.active), 0
	switch {
	case len(s.Exprs) == 1:
		o := f.expression(s.Exprs[0])
		if multiple(&o) {
			f.results(&o, -1)
			if o.kind == call {
				i := &f.proto.Code[o.info]
				*i = *i&^(0x3f<<26) | uint32(lua.OP_TAILCALL)<<26
			}
			n = -1
		} else {
			first, n = f.toAny(&o), 1
		}
	case len(s.Exprs) > 1:
		n = len(s.Exprs)
		if f.arguments(s.Exprs) {
			n = -1
		}
	}
	f.emit(abc(lua.OP_RETURN, first, n+1, 0))
}
