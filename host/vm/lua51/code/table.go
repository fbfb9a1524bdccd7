package code

import (
	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// maxSizeHint is the largest size that NEWTABLE's operands hold.
const maxSizeHint = 1<<9 - 1

// table compiles a constructor. List items gather in registers and are stored by the fifty.
func (f *function) table(e *ast.TableExpr) operand {
	f.line = e.Line()
	pc := f.emit(abc(lua.OP_NEWTABLE, 0, 0, 0))
	t := operand{kind: relocatable, info: pc}.plain()
	f.toNext(&t)
	items, fields, waiting := 0, 0, 0
	for i, field := range e.Fields {
		if field.Key != nil {
			f.keyed(t.info, field)
			fields++
			continue
		}
		o := f.expression(field.Value)
		items++
		waiting++
		if i == len(e.Fields)-1 && multiple(&o) {
			f.results(&o, -1)
			f.store(t.info, items, 0)
			items--
			waiting = 0
			break
		}
		f.toNext(&o)
		if waiting == lua.FieldsPerFlush {
			f.store(t.info, items, waiting)
			waiting = 0
		}
	}
	if waiting > 0 {
		f.store(t.info, items, waiting)
	}
	setB(&f.proto.Code[pc], min(items, maxSizeHint))
	setC(&f.proto.Code[pc], min(fields, maxSizeHint))
	if e.LastLine() > 0 {
		f.line = e.LastLine()
	}
	return t
}

// keyed stores name = value or [key] = value.
func (f *function) keyed(table int, field *ast.Field) {
	free := f.free
	k := f.expression(field.Key)
	key := f.toRK(&k)
	v := f.expression(field.Value)
	value := f.toRK(&v)
	f.emit(abc(f.tableOp(lua.OP_SETTABLE, key), table, key, value))
	f.free = free
}

// store moves the last n items of items in all into the table; 0: up to the top of the stack.
func (f *function) store(table, items, n int) {
	batch := (items-1)/lua.FieldsPerFlush + 1
	if batch <= maxSizeHint {
		f.emit(abc(lua.OP_SETLIST, table, n, batch))
	} else {
		f.emit(abc(lua.OP_SETLIST, table, n, 0))
		f.emit(uint32(batch))
	}
	f.free = table + 1
}
