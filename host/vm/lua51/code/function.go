package code

import (
	"fmt"

	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// Limits of one function, the reference compiler's.
const (
	maxLocals    = 200
	maxUpvalues  = 60
	maxRegisters = 250
	maxConstants = 1<<18 - 1
	maxRK        = 255 // last constant that fits an RK operand
	noJump       = -1
)

// Generate compiles a chunk's main function. chunkname is Lua's; lastLine is where the chunk ends.
func Generate(chunkname string, body []ast.Stmt, lastLine int) (proto *lua.FunctionProto, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*syntax.Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	f := newFunction(nil, syntax.ShortSource(chunkname), chunkname)
	f.proto.IsVarArg = lua.VarArgIsVarArg
	f.enterBlock(false)
	f.statements(body)
	f.line = lastLine
	f.finish()
	return f.proto, nil
}

// function is one function being compiled.
type function struct {
	outer     *function
	proto     *lua.FunctionProto
	chunkname string
	line      int // noted for the next instruction

	constants map[lua.LValue]int
	free      int   // first free register
	active    []int // indices in DbgLocals of the locals in scope; position is register
	upvalues  []upvalue
	block     *block
	pending   int // jumps that lead to the next instruction
	target    int // last position that is a jump's target
	gotos     []*jump
}

// upvalue is where a closure finds one of its upvalues: in a register of the enclosing function, or among its upvalues.
type upvalue struct {
	name  string
	local bool
	index int
}

func newFunction(outer *function, source, chunkname string) *function {
	return &function{
		outer: outer, chunkname: chunkname,
		proto:     &lua.FunctionProto{SourceName: source, DbgCalls: []lua.DbgCall{{Name: chunkname, Pc: -1}}},
		constants: map[lua.LValue]int{}, pending: noJump, target: -1,
	}
}

// ChunkName is the chunk name that p was compiled with; its SourceName is the short form for messages.
func ChunkName(p *lua.FunctionProto) string {
	if len(p.DbgCalls) > 0 && p.DbgCalls[0].Pc == -1 {
		return p.DbgCalls[0].Name
	}
	return p.SourceName
}

// refuse stops compiling at the current line.
func (f *function) refuse(format string, args ...any) {
	message := fmt.Sprintf("%s:%d: %s", f.proto.SourceName, f.line, fmt.Sprintf(format, args...))
	panic(&syntax.Error{Message: message, Line: f.line})
}

// limit refuses more than most of what in one function.
func (f *function) limit(n, most int, what string) {
	if n <= most {
		return
	}
	if f.outer == nil {
		f.refuse("main function has more than %d %s", most, what)
	}
	f.refuse("function at line %d has more than %d %s", f.proto.LineDefined, most, what)
}

// constant is the index of v among the constants.
func (f *function) constant(v lua.LValue) int {
	if i, ok := f.constants[v]; ok {
		return i
	}
	i := len(f.proto.Constants)
	if i > maxConstants {
		f.refuse("constant table overflow")
	}
	f.proto.Constants = append(f.proto.Constants, v)
	f.constants[v] = i
	return i
}

// reserve takes n registers.
func (f *function) reserve(n int) {
	f.needs(n)
	f.free += n
}

// needs makes sure that n registers more exist.
func (f *function) needs(n int) {
	top := f.free + n
	if top > maxRegisters {
		f.refuse("function or expression too complex")
	}
	if top > int(f.proto.NumUsedRegisters) {
		f.proto.NumUsedRegisters = uint8(top)
	}
}

// release gives back a temporary register.
func (f *function) release(reg int) {
	if reg >= len(f.active) {
		f.free--
	}
}

// finish ends the function: its last return, its debug tables.
func (f *function) finish() {
	f.closeLabels(f.block)
	f.dropLocals(0)
	f.emit(abc(lua.OP_RETURN, 0, 1, 0))
	if f.proto.NumUsedRegisters < 2 {
		f.proto.NumUsedRegisters = 2
	}
	f.proto.NumUpvalues = uint8(len(f.upvalues))
	for _, u := range f.upvalues {
		f.proto.DbgUpvalues = append(f.proto.DbgUpvalues, u.name)
	}
	setStringConstants(f.proto)
}

// closure compiles a nested function and makes the instruction that builds it.
func (f *function) closure(e *ast.FunctionExpr, method bool) operand {
	g := newFunction(f, f.proto.SourceName, f.chunkname)
	g.line = e.Line()
	g.proto.LineDefined, g.proto.LastLineDefined = e.Line(), e.LastLine()
	g.enterBlock(false)
	g.parameters(e.ParList, method)
	g.statements(e.Stmts)
	g.line = e.LastLine()
	g.finish()
	f.line = g.line

	f.proto.FunctionPrototypes = append(f.proto.FunctionPrototypes, g.proto)
	op := operand{kind: relocatable, info: f.emit(abx(lua.OP_CLOSURE, 0, len(f.proto.FunctionPrototypes)-1))}.plain()
	for _, u := range g.upvalues {
		if u.local {
			f.emit(abc(lua.OP_MOVE, 0, u.index, 0))
		} else {
			f.emit(abc(lua.OP_GETUPVAL, 0, u.index, 0))
		}
	}
	return op
}

// parameters declares a function's parameters. A function with ... has a local arg, filled when the body never
// mentions ... (the manual's section 7.1 tells of it).
func (f *function) parameters(list *ast.ParList, method bool) {
	if method {
		f.declare("self")
	}
	for _, name := range list.Names {
		f.declare(name)
	}
	f.proto.NumParameters = uint8(len(list.Names))
	if method {
		f.proto.NumParameters++
	}
	if list.HasVargs {
		f.proto.IsVarArg = lua.VarArgHasArg | lua.VarArgIsVarArg | lua.VarArgNeedsArg
		f.declare("arg")
	}
	f.reserve(len(f.active))
}
