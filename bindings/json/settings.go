package json

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// settings declares the functions that read and change an instance's settings: without an argument they answer what
// holds.
func (in instance) settings() []decl.Function {
	return []decl.Function{
		in.size("encode_max_depth", "Deepest nesting that encode writes.", func(c *config) *int { return &c.encodeDepth }),
		in.size("decode_max_depth", "Deepest nesting that decode reads.", func(c *config) *int { return &c.decodeDepth }),
		in.precision(),
		in.flag("encode_empty_table_as_object", "Is an empty table {} or []?", func(c *config) *bool { return &c.emptyObject }),
		in.flag("decode_array_with_array_mt", "Do decoded arrays get array_mt, so that an empty one stays an array?",
			func(c *config) *bool { return &c.arrayMeta }),
		in.flag("decode_invalid_numbers", "Does decode take NaN and Infinity?", func(c *config) *bool { return &c.decodeInvalid }),
		in.invalid(),
		in.word("decode_big_integers", "What decode makes of integers past 2^53: the nearest number, a u64 (the nearest number where "+
			"there is none), or the digits as a string.", []string{"number", "u64", "string"},
			func(c *config) *string { return &c.bigIntegers }),
		in.sparse(),
		in.keepBuffer(),
	}
}

// setting declares one of them: set reads the argument, get pushes what holds.
func (in instance) setting(name, doc string, p decl.Param, set func(L *lua.LState, name string, c *config), get func(c *config) lua.LValue) decl.Function {
	p.Optional = true
	full := in.dialect.name + "." + name
	return decl.Raw{
		Name: name, Doc: doc + " Without an argument it tells what holds.", Why: "works on the settings of one instance",
		Params:  []decl.Param{p},
		Results: []decl.Param{{Name: "setting", Type: p.Type, Doc: "what holds now"}},
		Example: in.dialect.example("$." + name + "() --> " + decl.Literal(plainValue(get(&in.dialect.start)))),
		Run: func(L *lua.LState) int {
			c := in.config(L)
			if L.Get(1) != lua.LNil {
				set(L, full, c)
			}
			L.Push(get(c))
			return 1
		},
	}
}

// plainValue is a Lua value as Go has it, for the example.
func plainValue(v lua.LValue) any {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v)
	case lua.LBool:
		return bool(v)
	}
	return v.String()
}

func (in instance) size(name, doc string, field func(*config) *int) decl.Function {
	p := decl.Param{Name: "depth", Type: "integer", Doc: "1 and more"}
	return in.setting(name, doc, p, func(L *lua.LState, name string, c *config) {
		n := decl.Check[int](L, name, 1, "depth")
		if n < 1 {
			decl.RaiseArg(L, 1, name, "expected integer between 1 and 2147483647")
		}
		*field(c) = min(n, 100000)
	}, func(c *config) lua.LValue { return lua.LNumber(*field(c)) })
}

func (in instance) precision() decl.Function {
	p := decl.Param{Name: "digits", Type: "integer", Doc: "1 to 17; 0: as many as the number needs"}
	return in.setting("encode_number_precision", "Significant digits of numbers that are not whole.", p,
		func(L *lua.LState, name string, c *config) {
			n := decl.Check[int](L, name, 1, "digits")
			if n < 0 || n > 17 {
				decl.RaiseArg(L, 1, name, "expected integer between 0 and 17")
			}
			c.precision = n
		}, func(c *config) lua.LValue { return lua.LNumber(c.precision) })
}

func (in instance) flag(name, doc string, field func(*config) *bool) decl.Function {
	p := decl.Param{Name: "on", Type: "boolean", Doc: "true or false"}
	return in.setting(name, doc, p, func(L *lua.LState, name string, c *config) {
		*field(c) = decl.Check[bool](L, name, 1, "on")
	}, func(c *config) lua.LValue { return lua.LBool(*field(c)) })
}

// word takes one of some words.
func (in instance) word(name, doc string, words []string, field func(*config) *string) decl.Function {
	p := decl.Param{Name: "how", Type: "string", Doc: "one of the three", Choices: words}
	return in.setting(name, doc, p, func(L *lua.LState, name string, c *config) {
		*field(c) = decl.OneOf(L, name, 1, words)
	}, func(c *config) lua.LValue { return lua.LString(*field(c)) })
}

// invalid is encode_invalid_numbers: lua-cjson says false for an error, true for the number, or "null".
func (in instance) invalid() decl.Function {
	words := []string{"error", "null", "number"}
	p := decl.Param{Name: "how", Type: "boolean|string", Doc: "error (false) raises; null writes null; number (true) writes NaN, Infinity or -Infinity", Choices: words}
	return in.setting("encode_invalid_numbers", "What encode does with nan and the infinities.", p, func(L *lua.LState, name string, c *config) {
		switch L.Get(1) {
		case lua.LFalse:
			c.encodeInvalid = "error"
		case lua.LTrue:
			c.encodeInvalid = "number"
		default:
			c.encodeInvalid = decl.OneOf(L, name, 1, words)
		}
	}, func(c *config) lua.LValue {
		if in.dialect != &plain && c.encodeInvalid != "null" {
			return lua.LBool(c.encodeInvalid == "number")
		}
		return lua.LString(c.encodeInvalid)
	})
}

// sparse is lua-cjson's encode_sparse_array(convert, ratio, safe).
func (in instance) sparse() decl.Function {
	name := in.dialect.name + ".encode_sparse_array"
	return decl.Raw{
		Name: "encode_sparse_array", Why: "works on the settings of one instance",
		Doc: "What encode does with an array that has many holes: one whose last index is above safe and above ratio times its " +
			"entries is an object if convert is true, else raises. Without arguments it tells what holds.",
		Params: []decl.Param{
			{Name: "convert", Type: "boolean", Optional: true, Doc: "make it an object"},
			{Name: "ratio", Type: "integer", Optional: true, Doc: "0: holes never matter"},
			{Name: "safe", Type: "integer", Optional: true, Doc: "arrays up to this length may have any holes"},
		},
		Results: []decl.Param{{Name: "convert", Type: "boolean", Doc: "what holds now"}, {Name: "ratio", Type: "integer", Doc: "likewise"},
			{Name: "safe", Type: "integer", Doc: "likewise"}},
		Example: in.dialect.example("$.encode_sparse_array() --> false, 2, 10"),
		Run: func(L *lua.LState) int {
			c := in.config(L)
			c.sparseConvert = decl.CheckOr(L, name, 1, "convert", c.sparseConvert)
			c.sparseRatio = decl.CheckOr(L, name, 2, "ratio", c.sparseRatio)
			c.sparseSafe = decl.CheckOr(L, name, 3, "safe", c.sparseSafe)
			L.Push(lua.LBool(c.sparseConvert))
			L.Push(lua.LNumber(c.sparseRatio))
			L.Push(lua.LNumber(c.sparseSafe))
			return 3
		},
	}
}

// keepBuffer is there for programs that tune lua-cjson; this one has no buffer to keep.
func (in instance) keepBuffer() decl.Function {
	return decl.Raw{
		Name: "encode_keep_buffer", Why: "accepts what lua-cjson accepts",
		Doc:     "Accepted for lua-cjson's sake; there is no buffer to keep.",
		Params:  []decl.Param{{Name: "on", Type: "boolean", Optional: true, Doc: "no matter"}},
		Results: []decl.Param{{Name: "setting", Type: "boolean", Doc: "true"}},
		Example: in.dialect.example("$.encode_keep_buffer(false) --> true"),
		Run: func(L *lua.LState) int {
			L.Push(lua.LTrue)
			return 1
		},
	}
}
