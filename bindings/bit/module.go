package bit

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "bit".
func Module() *decl.Module {
	return &decl.Module{
		Name:   "bit",
		Doc:    "Bitwise operations on 32-bit numbers, as LuaJIT has them. Results are signed.",
		Source: "Lua BitOp (bitop.luajit.org)",
		Funcs: []decl.Function{
			one("tobit", "Bring a number into the 32-bit range that all other functions return.",
				`bit.tobit(0xffffffff) --> -1`, same),
			toHex(),
			one("bnot", "Invert every bit.", `bit.bnot(0) --> -1`, not),
			many("band", "And of all arguments.", `bit.band(0x12345678, 0xff) --> 120`, and),
			many("bor", "Or of all arguments.", `bit.bor(1, 2, 4, 8) --> 15`, or),
			many("bxor", "Exclusive or of all arguments.", `bit.bxor(0xa5, 0xff) --> 90`, xor),
			shift("lshift", "Shift left; zeros come in.", `bit.lshift(1, 8) --> 256`, shiftLeft),
			shift("rshift", "Shift right; zeros come in.", `bit.rshift(-256, 24) --> 255`, shiftRight),
			shift("arshift", "Shift right; copies of the sign come in.", `bit.arshift(-256, 8) --> -1`, shiftArithmetic),
			shift("rol", "Rotate left.", `bit.tohex(bit.rol(0x12345678, 12)) --> "45678123"`, rotateLeft),
			shift("ror", "Rotate right.", `bit.tohex(bit.ror(0x12345678, 12)) --> "67812345"`, rotateRight),
			one("bswap", "Reverse the four bytes.", `bit.tohex(bit.bswap(0x12345678)) --> "78563412"`, swap),
		},
	}
}

// why is the reason that all functions are Raw.
const why = "called in inner loops, with any number of arguments"

func number(name string) decl.Param {
	return decl.Param{Name: name, Type: "number", Doc: "taken modulo 2^32"}
}

var result = []decl.Param{{Name: "n", Type: "integer", Doc: "-2^31 to 2^31-1"}}

func one(name, doc, example string, f func(int32) int32) decl.Function {
	return decl.Raw{Name: name, Doc: doc, Example: example, Why: why, Params: []decl.Param{number("x")}, Results: result,
		Run: func(L *lua.LState) int {
			L.Push(lua.LNumber(f(check(L, name, 1))))
			return 1
		}}
}

func many(name, doc, example string, f func(a, b int32) int32) decl.Function {
	more := number("more")
	more.Variadic, more.Optional = true, true
	return decl.Raw{Name: name, Doc: doc, Example: example, Why: why, Params: []decl.Param{number("x"), more}, Results: result,
		Run: func(L *lua.LState) int {
			n := check(L, name, 1)
			for i := 2; i <= L.GetTop(); i++ {
				n = f(n, check(L, name, i))
			}
			L.Push(lua.LNumber(n))
			return 1
		}}
}

func shift(name, doc, example string, f func(n, count int32) int32) decl.Function {
	count := decl.Param{Name: "count", Type: "integer", Doc: "bits; the low five bits count"}
	return decl.Raw{Name: name, Doc: doc, Example: example, Why: why, Params: []decl.Param{number("x"), count}, Results: result,
		Run: func(L *lua.LState) int {
			L.Push(lua.LNumber(f(check(L, name, 1), check(L, name, 2))))
			return 1
		}}
}

func toHex() decl.Function {
	return decl.Raw{Name: "tohex", Doc: "Write a number in hexadecimal.", Why: why,
		Example: "bit.tohex(255) --> \"000000ff\"\nbit.tohex(255, -4) --> \"00FF\"",
		Params: []decl.Param{number("x"), {Name: "digits", Type: "integer", Default: "8", Optional: true,
			Doc: "how many of the last digits; negative for capitals"}},
		Results: []decl.Param{{Name: "text", Type: "string", Doc: "that many digits"}},
		Run: func(L *lua.LState) int {
			digits := 8
			if L.Get(2) != lua.LNil {
				digits = int(check(L, "tohex", 2))
			}
			L.Push(lua.LString(ToHex(check(L, "tohex", 1), digits)))
			return 1
		}}
}

// check is argument n as a 32-bit number.
func check(L *lua.LState, name string, n int) int32 {
	if v, ok := L.Get(n).(lua.LNumber); ok {
		return ToBit(float64(v))
	}
	return ToBit(decl.Number(L, "bit."+name, n))
}
