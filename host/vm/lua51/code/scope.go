package code

import lua "github.com/yuin/gopher-lua"

// block is a scope of locals; loops are where break leads out of.
type block struct {
	outer     *block
	loop      bool
	breaks    int // jumps out of it
	locals    int // that were in scope before it
	captured  bool
	firstGoto int
	labels    map[string]*label
}

func (f *function) enterBlock(loop bool) {
	f.block = &block{outer: f.block, loop: loop, breaks: noJump, locals: len(f.active), firstGoto: len(f.gotos)}
}

func (f *function) leaveBlock() {
	b := f.block
	f.closeLabels(b)
	f.block = b.outer
	f.dropLocals(b.locals)
	if b.captured {
		f.emit(abc(lua.OP_CLOSE, b.locals, 0, 0))
	}
	f.free = len(f.active)
	f.patchHere(b.breaks)
}

// declare brings a local into scope; its register must be reserved by then or at once.
func (f *function) declare(name string) {
	f.limit(len(f.active)+1, maxLocals, "local variables")
	f.active = append(f.active, len(f.proto.DbgLocals))
	f.proto.DbgLocals = append(f.proto.DbgLocals, &lua.DbgLocalInfo{Name: name, StartPc: f.pc()})
}

func (f *function) dropLocals(to int) {
	for _, i := range f.active[to:] {
		f.proto.DbgLocals[i].EndPc = f.pc()
	}
	f.active = f.active[:to]
}

// variable finds a name: among the locals, the enclosing functions' locals, or else the globals.
func (f *function) variable(name string) operand {
	if o := f.lookup(name, true); o.kind != void {
		return o
	}
	return operand{kind: global, info: f.constant(lua.LString(name))}.plain()
}

func (f *function) lookup(name string, own bool) operand {
	for reg := len(f.active) - 1; reg >= 0; reg-- {
		if f.proto.DbgLocals[f.active[reg]].Name == name {
			if !own {
				f.capture(reg)
			}
			return operand{kind: local, info: reg}.plain()
		}
	}
	if f.outer == nil {
		return operand{kind: void}.plain()
	}
	o := f.outer.lookup(name, false)
	if o.kind != void {
		o.set(upval, f.upvalue(name, o.kind == local, o.info))
	}
	return o
}

// capture notes that a closure uses a local, so that its block must close it.
func (f *function) capture(reg int) {
	b := f.block
	for b.locals > reg {
		b = b.outer
	}
	b.captured = true
}

func (f *function) upvalue(name string, local bool, index int) int {
	for i, u := range f.upvalues {
		if u.local == local && u.index == index {
			return i
		}
	}
	f.limit(len(f.upvalues)+1, maxUpvalues, "upvalues")
	f.upvalues = append(f.upvalues, upvalue{name, local, index})
	return len(f.upvalues) - 1
}
