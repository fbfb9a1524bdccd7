package lua51

import (
	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openTable(L *lua.LState) {
	l.register(L, "table",
		entry{"concat", l.tableConcat}, entry{"foreach", tableForeach}, entry{"foreachi", tableForeachi},
		entry{"getn", tableGetn}, entry{"insert", tableInsert}, entry{"maxn", tableMaxn}, entry{"remove", tableRemove},
		entry{"setn", tableSetn}, entry{"sort", l.tableSort})
}

// item is rawget(t, i).
func item(t *lua.LTable, i int) lua.LValue {
	if i >= 1 && i < lua.MaxArrayIndex {
		return t.RawGetInt(i)
	}
	return t.RawGet(lua.LNumber(i))
}

func tableGetn(L *lua.LState) int { return ret(L, lua.LNumber(machine.Length(checkTable(L, 1)))) }

func tableSetn(L *lua.LState) int {
	checkTable(L, 1)
	machine.Error(L, 1, "'setn' is obsolete")
	return 0
}

func tableMaxn(L *lua.LState) int {
	most := lua.LNumber(0)
	t := checkTable(L, 1)
	for k, _, _ := machine.Next(t, lua.LNil); k != lua.LNil; k, _, _ = machine.Next(t, k) {
		if n, ok := k.(lua.LNumber); ok && n > most {
			most = n
		}
	}
	return ret(L, most)
}

func tableForeach(L *lua.LState) int {
	t, f := checkTable(L, 1), checkFunction(L, 2)
	for k, v, _ := machine.Next(t, lua.LNil); k != lua.LNil; k, v, _ = machine.Next(t, k) {
		if visit(L, f, k, v) {
			return 1
		}
	}
	return 0
}

func tableForeachi(L *lua.LState) int {
	t, f := checkTable(L, 1), checkFunction(L, 2)
	for i := 1; i <= machine.Length(t); i++ {
		if visit(L, f, lua.LNumber(i), t.RawGetInt(i)) {
			return 1
		}
	}
	return 0
}

// visit calls f(k, v) and leaves its result on the stack when it isn't nil.
func visit(L *lua.LState, f *lua.LFunction, k, v lua.LValue) bool {
	ret(L, f, k, v)
	machine.Call(L, 2, 1)
	if L.Get(-1) != lua.LNil {
		return true
	}
	L.Pop(1)
	return false
}

func tableInsert(L *lua.LState) int {
	t := checkTable(L, 1)
	end := machine.Length(t) + 1
	switch L.GetTop() {
	case 2:
		machine.RawSet(L, t, lua.LNumber(end), L.Get(2))
		return 0
	case 3:
	default:
		machine.Error(L, 1, "wrong number of arguments to 'insert'")
	}
	pos, v := checkInt(L, 2), L.Get(3)
	if pos >= 1 && pos < end {
		machine.RawSet(L, t, lua.LNumber(end), t.RawGetInt(end-1))
		items := machine.Items(t)
		copy(items[pos:end-1], items[pos-1:end-2])
	} else if pos < 1 {
		for i := end; i > pos; i-- {
			machine.RawSet(L, t, lua.LNumber(i), t.RawGet(lua.LNumber(i-1)))
		}
	}
	machine.RawSet(L, t, lua.LNumber(pos), v)
	return 0
}

func tableRemove(L *lua.LState) int {
	t := checkTable(L, 1)
	n := machine.Length(t)
	pos := optInt(L, 2, n)
	if pos < 1 || pos > n {
		return 0
	}
	v := t.RawGetInt(pos)
	items := machine.Items(t)
	copy(items[pos-1:n-1], items[pos:n])
	machine.RawSet(L, t, lua.LNumber(n), lua.LNil)
	return ret(L, v)
}

func (l *library) tableConcat(L *lua.LState) int {
	t := checkTable(L, 1)
	sep := optString(L, 2, "")
	from, to := optInt(L, 3, 1), optInt(L, 4, machine.Length(t))
	var b []byte
	for i := from; i <= to; i++ {
		switch v := item(t, i).(type) {
		case lua.LString:
			b = append(b, v...)
		case lua.LNumber:
			b = number.Append(b, float64(v))
		default:
			machine.Error(L, 1, "invalid value (%s) at index %d in table for 'concat'", v.Type(), i)
		}
		if i == to {
			break
		}
		b = append(b, sep...)
		l.checkSize(L, len(b), 1)
		if i%pollEvery == 0 {
			l.Poll(L)
		}
	}
	return l.built(L, string(b))
}

// pollEvery is the number of cheap steps between two polls.
const pollEvery = 1 << 14
