package u64

import (
	"context"
	"fmt"
	"math"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "u64".
func Module() *decl.Module {
	return &decl.Module{
		Name: "u64",
		Doc: "Whole numbers of 64 bits, for what may pass 2^53. + - * / % ^ work among them and with whole numbers, " +
			"modulo 2^64; == < <= only among them, for Lua 5.1 compares no value with one of another type: write " +
			"u64.lt(u, 5) or u < u64(5).",
		Call: decl.Fn[newArgs, uint64]{Run: create, Fails: []string{decl.Malformed},
			Doc:     "Make a u64 of a whole number from 0 to 2^53, or of text: decimal, or hexadecimal after 0x.",
			Example: "u64(5) + u64(\"18446744073709551610\") --> 18446744073709551615\nu64(\"0xff\") --> 255"},
		Funcs: []decl.Function{
			decl.Fn[pairArgs, bool]{Name: "lt", Doc: "Is a less than b? Either may be a number.", Example: `u64.lt(u64(4), 5) --> true`,
				Run: func(_ context.Context, p pairArgs) (bool, error) { return p.A < p.B, nil }},
			decl.Fn[pairArgs, bool]{Name: "le", Doc: "Is a less than b, or equal? Either may be a number.", Example: `u64.le(5, u64(5)) --> true`,
				Run: func(_ context.Context, p pairArgs) (bool, error) { return p.A <= p.B, nil }},
			decl.Fn[pairArgs, bool]{Name: "eq", Doc: "Is a equal to b? Either may be a number.", Example: `u64.eq(u64(5), 5) --> true`,
				Run: func(_ context.Context, p pairArgs) (bool, error) { return p.A == p.B, nil }},
			decl.Raw{Name: "is", Why: "takes any value", Doc: "Is the value a u64?", Example: `u64.is(5) --> false`,
				Params:  []decl.Param{{Name: "value", Type: "any", Doc: "anything"}},
				Results: []decl.Param{{Name: "yes", Type: "boolean", Doc: "true for a u64"}}, Run: is},
		},
		Consts: []decl.Const{{Name: "max", Value: uint64(math.MaxUint64), Doc: "The greatest, 2^64-1."}},
		Classes: []*decl.Class{{
			Name: "u64", Type: reflect.TypeFor[uint64](), Meta: metamethods(),
			Doc:  "A whole number from 0 to 2^64-1; tostring writes it in decimal.",
			Hint: "write u64.lt(u, 5) or u < u64(5)",
			Operators: []string{"add(u64|integer): u64", "sub(u64|integer): u64", "mul(u64|integer): u64", "div(u64|integer): u64",
				"mod(u64|integer): u64", "pow(u64|integer): u64", "unm: u64", "concat(string|number|u64): string"},
			Methods: []decl.Function{
				decl.Fn[selfArgs, float64]{Name: "tonumber", Doc: "The nearest number that Lua has; exact up to 2^53.",
					Example: `u64("0x100"):tonumber() --> 256`,
					Run:     func(_ context.Context, a selfArgs) (float64, error) { return float64(a.Self), nil }},
				decl.Fn[hexArgs, string]{Name: "hex", Default: hexArgs{Digits: 16}, Doc: "Write it in hexadecimal.",
					Example: "u64(255):hex() --> \"00000000000000ff\"\nu64(255):hex(1) --> \"ff\"",
					Run:     func(_ context.Context, a hexArgs) (string, error) { return fmt.Sprintf("%0*x", a.Digits, a.Self), nil }},
				decl.Fn[deltaArgs, float64]{Name: "delta", Default: deltaArgs{Bits: 64},
					Doc:     "How far a counter has come since prev, as a number; it may have wrapped round once.",
					Example: "u64(5):delta(u64.max) --> 6\nu64(5):delta(u64(4294967295), 32) --> 6",
					Run: func(_ context.Context, a deltaArgs) (float64, error) {
						return float64(Delta(a.Self, a.Prev, a.Bits)), nil
					}},
				bitwise("band", "And, bit by bit.", `u64(12):band(10) --> 8`, func(a, b uint64) uint64 { return a & b }),
				bitwise("bor", "Or, bit by bit.", `u64(12):bor(10) --> 14`, func(a, b uint64) uint64 { return a | b }),
				bitwise("bxor", "Exclusive or, bit by bit.", `u64(12):bxor(10) --> 6`, func(a, b uint64) uint64 { return a ^ b }),
				decl.Fn[selfArgs, uint64]{Name: "bnot", Doc: "Invert every bit.", Example: `u64(1):bnot() --> 18446744073709551614`,
					Run: func(_ context.Context, a selfArgs) (uint64, error) { return ^a.Self, nil }},
				shift("lshift", "Shift left; zeros come in.", `u64(1):lshift(63):hex() --> "8000000000000000"`,
					func(a uint64, n uint) uint64 { return a << n }),
				shift("rshift", "Shift right; zeros come in.", `u64.max:rshift(32) --> 4294967295`,
					func(a uint64, n uint) uint64 { return a >> n }),
			},
		}},
	}
}

type newArgs struct {
	Value lua.LValue `lua:"value" type:"number|string|u64" doc:"whole number, text or u64"`
}

type selfArgs struct {
	Self uint64 `lua:"self"`
}

type pairArgs struct {
	A uint64 `lua:"a" type:"u64|integer" doc:"left side"`
	B uint64 `lua:"b" type:"u64|integer" doc:"right side"`
}

type hexArgs struct {
	Self   uint64 `lua:"self"`
	Digits int    `lua:"digits" range:"1..16" doc:"at least so many"`
}

type deltaArgs struct {
	Self uint64 `lua:"self"`
	Prev uint64 `lua:"prev" type:"u64|integer" doc:"the counter before"`
	Bits int    `lua:"bits" range:"1..64" doc:"size of the counter"`
}

type bitArgs struct {
	Self uint64 `lua:"self"`
	With uint64 `lua:"with" type:"u64|integer" doc:"the other side"`
}

type shiftArgs struct {
	Self  uint64 `lua:"self"`
	Count uint   `lua:"count" doc:"bits; 64 and more leave nothing"`
}

// create is u64(value).
func create(_ context.Context, a newArgs) (uint64, error) {
	switch v := a.Value.(type) {
	case lua.LString:
		return Parse(string(v))
	case lua.LNumber:
		if n, ok := FromNumber(float64(v)); ok {
			return n, nil
		}
		return 0, decl.BadArg("value", "whole number from 0 to 2^53 expected, or text for more; got %s", decl.FormatNumber(float64(v)))
	case *lua.LUserData:
		if n, ok := v.Value.(uint64); ok {
			return n, nil
		}
	}
	return 0, decl.BadArg("value", "number, string or u64 expected, got %s", decl.TypeName(a.Value))
}

func is(L *lua.LState) int {
	ud, ok := L.CheckAny(1).(*lua.LUserData)
	if ok {
		_, ok = ud.Value.(uint64)
	}
	L.Push(lua.LBool(ok))
	return 1
}

func bitwise(name, doc, example string, f func(a, b uint64) uint64) decl.Function {
	return decl.Fn[bitArgs, uint64]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a bitArgs) (uint64, error) { return f(a.Self, a.With), nil }}
}

func shift(name, doc, example string, f func(a uint64, n uint) uint64) decl.Function {
	return decl.Fn[shiftArgs, uint64]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a shiftArgs) (uint64, error) { return f(a.Self, a.Count), nil }}
}
