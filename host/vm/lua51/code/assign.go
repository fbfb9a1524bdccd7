package code

import (
	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

func (f *function) localAssign(s *ast.LocalAssignStmt) {
	f.adjust(s.Exprs, len(s.Names))
	for _, name := range s.Names {
		f.declare(name)
	}
}

// adjust puts exactly n values of a list into the next registers.
func (f *function) adjust(list []ast.Expr, n int) {
	for i, e := range list {
		o := f.expression(e)
		if i < len(list)-1 {
			f.toNext(&o)
		} else {
			f.adjustLast(&o, len(list), n)
		}
	}
	if len(list) == 0 {
		f.pad(n)
	}
	if len(list) > n {
		f.free -= len(list) - n
	}
}

// adjustLast ends a list of have expressions, of which o is the last, so that want values stand in registers.
func (f *function) adjustLast(o *operand, have, want int) {
	if multiple(o) {
		extra := max(want-have+1, 0)
		f.results(o, extra)
		if extra > 1 {
			f.reserve(extra - 1)
		}
		return
	}
	f.toNext(o)
	f.pad(want - have)
}

func (f *function) pad(n int) {
	if n > 0 {
		reg := f.free
		f.reserve(n)
		f.loadNil(reg, n)
	}
}

// assign evaluates targets' tables and keys, then the values, and stores from the last target to the first.
func (f *function) assign(s *ast.AssignStmt) {
	targets := make([]operand, len(s.Lhs))
	for i, e := range s.Lhs {
		targets[i] = f.expression(e)
		if targets[i].kind == local {
			f.spare(targets[:i], targets[i].info)
		}
	}
	last := len(targets) - 1
	if len(s.Rhs) == len(targets) {
		for _, e := range s.Rhs[:last] {
			o := f.expression(e)
			f.toNext(&o)
		}
		o := f.expression(s.Rhs[last])
		f.oneResult(&o)
		f.line = s.Line()
		f.storeTo(&targets[last], &o)
		last--
	} else {
		f.adjust(s.Rhs, len(targets))
		f.line = s.Line()
	}
	for ; last >= 0; last-- {
		o := operand{kind: register, info: f.free - 1}.plain()
		f.storeTo(&targets[last], &o)
	}
}

// spare copies a local that is assigned to but also stands in an earlier target as table or key.
func (f *function) spare(targets []operand, reg int) {
	extra, conflict := f.free, false
	for i := range targets {
		t := &targets[i]
		if t.kind == indexed && t.info == reg {
			t.info, conflict = extra, true
		}
		if t.kind == indexed && t.key == reg {
			t.key, conflict = extra, true
		}
	}
	if conflict {
		f.emit(abc(lua.OP_MOVE, extra, reg, 0))
		f.reserve(1)
	}
}

// storeTo assigns a value to a variable or field.
func (f *function) storeTo(target, value *operand) {
	switch target.kind {
	case local:
		f.releaseOperand(value)
		f.toRegister(value, target.info)
		return
	case upval:
		reg := f.toAny(value)
		f.emit(abc(lua.OP_SETUPVAL, reg, target.info, 0))
	case global:
		reg := f.toAny(value)
		f.emit(abx(lua.OP_SETGLOBAL, reg, target.info))
	case indexed:
		rk := f.toRK(value)
		f.emit(abc(f.tableOp(lua.OP_SETTABLE, target.key), target.info, target.key, rk))
	}
	f.releaseOperand(value)
}
