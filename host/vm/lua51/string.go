package lua51

import (
	"strings"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openString(L *lua.LState) {
	t := l.register(L, "string",
		entry{"byte", stringByte}, entry{"char", stringChar}, entry{"dump", stringDump}, entry{"find", l.stringFind},
		entry{"format", l.stringFormat}, entry{"gmatch", l.stringGmatch}, entry{"gsub", l.stringGsub},
		entry{"len", stringLen}, entry{"lower", stringLower}, entry{"match", l.stringMatch}, entry{"rep", l.stringRep},
		entry{"reverse", stringReverse}, entry{"sub", stringSub}, entry{"upper", stringUpper})
	t.RawSetString("gfind", t.RawGetString("gmatch"))
	meta := L.CreateTable(0, 1)
	meta.RawSetString("__index", t)
	L.SetMetatable(lua.LString(""), meta)
}

// position turns an index that may count from the end into one from the start; too far back is 0.
func position(i, length int) int {
	if i < 0 {
		i += length + 1
	}
	return max(i, 0)
}

func stringLen(L *lua.LState) int { return ret(L, lua.LNumber(len(checkString(L, 1)))) }

func stringSub(L *lua.LState) int {
	s := checkString(L, 1)
	from := max(position(checkInt(L, 2), len(s)), 1)
	to := min(position(optInt(L, 3, -1), len(s)), len(s))
	if from > to {
		return ret(L, lua.LString(""))
	}
	return ret(L, lua.LString(s[from-1:to]))
}

func stringReverse(L *lua.LState) int {
	b := []byte(checkString(L, 1))
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return ret(L, lua.LString(b))
}

func stringLower(L *lua.LState) int { return eachByte(L, 'A', 'Z') }

func stringUpper(L *lua.LState) int { return eachByte(L, 'a', 'z') }

// eachByte changes the case of ASCII letters between first and last; all other bytes stay.
func eachByte(L *lua.LState, first, last byte) int {
	b := []byte(checkString(L, 1))
	for i, c := range b {
		if c >= first && c <= last {
			b[i] = c ^ 0x20
		}
	}
	return ret(L, lua.LString(b))
}

func (l *library) stringRep(L *lua.LState) int {
	s, n := checkString(L, 1), checkInt(L, 2)
	if n <= 0 || s == "" {
		return ret(L, lua.LString(""))
	}
	l.checkSize(L, n, len(s))
	machine.CheckLarge(L, n*len(s))
	return l.built(L, strings.Repeat(s, n))
}

// longString is from where on a string's making is worth a look at the limits: a loop of s = s:rep(2) has few
// instructions.
const longString = 1 << 16

// built returns a string that a library function has made.
func (l *library) built(L *lua.LState, s string) int {
	if len(s) >= longString {
		l.Poll(L)
	}
	return ret(L, lua.LString(s))
}

// checkSize refuses to build a string of n times size bytes when that is more than the environment allows.
func (l *library) checkSize(L *lua.LState, n, size int) {
	if size > 0 && n > l.MaxString/size {
		machine.Error(L, 1, "resulting string too large")
	}
}

func stringByte(L *lua.LState) int {
	s := checkString(L, 1)
	from := position(optInt(L, 2, 1), len(s))
	to := min(position(optInt(L, 3, from), len(s)), len(s))
	from = max(from, 1)
	if to-from >= maxResults {
		machine.Error(L, 1, "string slice too long")
	}
	n := 0
	for i := from; i <= to; i++ {
		L.Push(lua.LNumber(s[i-1]))
		n++
	}
	return n
}

// maxResults is how many values string.byte and unpack return at most: LUAI_MAXCSTACK with some room to spare.
const maxResults = 7997

func stringChar(L *lua.LState) int {
	b := make([]byte, L.GetTop())
	for i := range b {
		c := checkInt(L, i+1)
		if c < 0 || c > 255 {
			machine.ArgError(L, i+1, "invalid value")
		}
		b[i] = byte(c)
	}
	return ret(L, lua.LString(b))
}
