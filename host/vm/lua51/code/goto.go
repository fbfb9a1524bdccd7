package code

import (
	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// label is a place a goto may name.
type label struct {
	pc, line int
	locals   int // in scope there
}

// jump is one goto. Before its JMP stands a JMP to the next instruction, which becomes a CLOSE when a local that the
// goto leaves was captured.
type jump struct {
	name   string
	pc     int // of the JMP proper
	line   int
	locals int // in scope there, lowered as its blocks end
	bound  bool
	to     int // locals in scope at the label, once bound
	closes bool
}

func (f *function) gotoStatement(s *ast.GotoStmt) {
	f.emit(asbx(lua.OP_JMP, 0, 0))
	f.here()
	j := &jump{name: s.Label, line: s.Line(), locals: len(f.active), pc: f.jump()}
	f.gotos = append(f.gotos, j)
	for b := f.block; b != nil; b = b.outer {
		if l := b.labels[s.Label]; l != nil {
			f.bind(j, l)
			return
		}
	}
}

// labelStatement declares a label. last: nothing but labels follow in its block, so its locals count as gone.
func (f *function) labelStatement(s *ast.LabelStmt, last bool) {
	f.line = s.Line()
	if old := f.block.labels[s.Name]; old != nil {
		f.refuse("label '%s' already defined on line %d", s.Name, old.line)
	}
	l := &label{pc: f.here(), line: s.Line(), locals: len(f.active)}
	if last {
		l.locals = f.block.locals
	}
	if f.block.labels == nil {
		f.block.labels = map[string]*label{}
	}
	f.block.labels[s.Name] = l
	for _, j := range f.gotos[f.block.firstGoto:] {
		if !j.bound && j.name == s.Name {
			f.bind(j, l)
		}
	}
}

func (f *function) bind(j *jump, l *label) {
	if j.locals < l.locals {
		f.line = j.line
		f.refuse("<goto %s> at line %d jumps into the scope of local '%s'", j.name, j.line,
			f.proto.DbgLocals[f.active[j.locals]].Name)
	}
	f.aim(j.pc, l.pc)
	j.bound, j.to = true, l.locals
	if j.closes {
		f.closeOnGoto(j)
	}
}

func (f *function) closeOnGoto(j *jump) {
	j.closes = true
	level := j.to
	if !j.bound {
		level = j.locals
	}
	f.proto.Code[j.pc-1] = abc(lua.OP_CLOSE, level, 0, 0)
}

// closeLabels ends a block's gotos: those that leave captured locals close them, those that found no label in the
// outermost block are refused.
func (f *function) closeLabels(b *block) {
	for _, j := range f.gotos[b.firstGoto:] {
		if !j.bound {
			j.locals = min(j.locals, b.locals)
		}
		if b.captured {
			f.closeOnGoto(j)
		}
		if !j.bound && b.outer == nil {
			f.line = j.line
			f.refuse("no visible label '%s' for <goto> at line %d", j.name, j.line)
		}
	}
	if b.outer == nil {
		f.gotos = nil
	}
}
