package machine

import (
	lua "github.com/yuin/gopher-lua"
)

// objectName finds what the source calls the value that register reg of p holds before instruction pc: a name and
// "local", "global", "field", "upvalue" or "method"; kind is "" when it has no name.
func objectName(p *lua.FunctionProto, pc, reg int) (name, kind string) {
	if name, ok := localName(p, reg+1, pc); ok {
		return name, "local"
	}
	at := setter(p, pc, reg)
	if at < 0 {
		return "", ""
	}
	i := p.Code[at]
	b, c := int(i&0x1ff), int(i>>9&0x1ff)
	switch int(i >> 26) {
	case lua.OP_GETGLOBAL:
		return constantName(p, int(i&0x3ffff)), "global"
	case lua.OP_MOVE:
		if b < int(i>>18&0xff) {
			return objectName(p, pc, b)
		}
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		return keyName(p, c), "field"
	case lua.OP_GETUPVAL:
		if b < len(p.DbgUpvalues) {
			return p.DbgUpvalues[b], "upvalue"
		}
		return "?", "upvalue"
	case lua.OP_SELF:
		return keyName(p, c), "method"
	}
	return "", ""
}

// keyName is the text of an instruction's key operand when that is a constant string, else "?".
func keyName(p *lua.FunctionProto, rk int) string {
	if rk&kBit != 0 {
		return constantName(p, rk&^kBit)
	}
	return "?"
}

func constantName(p *lua.FunctionProto, index int) string {
	if s, ok := p.Constants[index].(lua.LString); ok {
		return string(s)
	}
	return "?"
}

// localName is the name of the n-th local in scope at pc.
func localName(p *lua.FunctionProto, n, pc int) (string, bool) {
	for _, l := range p.DbgLocals {
		if l.StartPc > pc {
			break
		}
		if pc < l.EndPc {
			if n--; n == 0 {
				return l.Name, true
			}
		}
	}
	return "", false
}

// setter is the instruction that last wrote reg before pc, following the code straight on and forward jumps that stay
// before pc; -1: none.
func setter(p *lua.FunctionProto, pc, reg int) int {
	found := -1
	for at := 0; at < pc; at++ {
		i := p.Code[at]
		a, b, c := int(i>>18&0xff), int(i&0x1ff), int(i>>9&0x1ff)
		changes := false
		switch int(i >> 26) {
		case lua.OP_LOADNIL:
			changes = a <= reg && reg <= b
		case lua.OP_TFORLOOP:
			changes = reg >= a+2
		case lua.OP_CALL, lua.OP_TAILCALL:
			changes = reg >= a
		case lua.OP_SELF:
			changes = reg == a || reg == a+1
		case lua.OP_FORLOOP, lua.OP_FORPREP:
			changes = reg >= a && reg <= a+3
		case lua.OP_VARARG:
			changes = reg >= a && (b == 0 || reg < a+b-1)
		case lua.OP_JMP:
			if dest := at + 1 + int(i&0x3ffff) - sbxZero; at < dest && dest <= pc {
				at = dest - 1
			}
		case lua.OP_SETLIST:
			if c == 0 {
				at++
			}
		case lua.OP_CLOSURE:
			changes = a == reg
			at += int(p.FunctionPrototypes[i&0x3ffff].NumUpvalues)
			if changes {
				found = at - int(p.FunctionPrototypes[i&0x3ffff].NumUpvalues)
				continue
			}
		case lua.OP_SETGLOBAL, lua.OP_SETUPVAL, lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_EQ, lua.OP_LT, lua.OP_LE,
			lua.OP_RETURN, lua.OP_CLOSE, lua.OP_NOP:
		default:
			changes = a == reg
		}
		if changes {
			found = at
		}
	}
	return found
}

// calledName is what the caller's instruction calls the function of frame f; kind is "" when that isn't known.
func calledName(f *frame) (name, kind string) {
	caller := f.Parent
	if caller == nil || caller.Fn.IsG || !f.Fn.IsG && f.TailCall > 0 || caller.Pc == 0 {
		return "", ""
	}
	i := caller.Fn.Proto.Code[caller.Pc-1]
	switch int(i >> 26) {
	case lua.OP_CALL, lua.OP_TAILCALL, lua.OP_TFORLOOP:
		return objectName(caller.Fn.Proto, caller.Pc-1, int(i>>18&0xff))
	}
	return "", ""
}
