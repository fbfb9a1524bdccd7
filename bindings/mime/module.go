package mime

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "mime.core".
func Module() *decl.Module {
	return &decl.Module{
		Name:   "mime.core",
		Doc:    "Low-level filters for MIME's transfer encodings, line ends and SMTP's dots.",
		Source: "RFC 2045 sections 6.7 and 6.8; RFC 5321 section 4.5.2; LuaSocket 3.1",
		Consts: []decl.Const{{Name: "_VERSION", Value: "MIME 1.0.3", Doc: "version of the interface"}},
		Funcs: []decl.Function{
			stream("b64", "Encode bytes as Base64.", `(mime.b64("diego:password")) --> ZGllZ286cGFzc3dvcmQ=`,
				encode64, pad64),
			stream("unb64", "Decode Base64; other bytes are passed over.", `(mime.unb64("ZGllZ286cGFzc3dvcmQ=")) --> diego:password`,
				decode64, drop),
			quoted(),
			stream("unqp", "Decode quoted-printable.", `(mime.unqp("1=2B1=3D2")) --> 1+1=2`,
				decodeQuoted, drop),
			wrapper("wrp", "Break text into lines.", `(mime.wrp(4, "abcdef", 4)):gsub("\r\n", "|") --> abcd|ef, 1`, crlf, wrap),
			wrapper("qpwrp", "Break quoted-printable text into lines, and no escape in two.",
				`(mime.qpwrp(6, "abc=3D", 6)):gsub("\r\n", "|") --> abc=|=3D, 1`, softBreak, wrapQuoted),
			endOfLine(),
			dots(),
		},
	}
}

const why = "nil is a value here: it ends the stream"

func drop(string) string { return "" }

var (
	piece  = decl.Param{Name: "piece", Type: "string|nil", Doc: "bytes left of the call before, or all bytes"}
	more   = decl.Param{Name: "more", Type: "string|nil", Optional: true, Doc: "next bytes; nil: the stream has ended"}
	marker = decl.Param{Name: "marker", Type: "string", Optional: true, Default: `"\r\n"`, Doc: "written for each line end"}
	done   = decl.Param{Name: "done", Type: "string|nil", Doc: "what is finished; nil: nothing, at the end"}
	rest   = decl.Param{Name: "rest", Type: "string|nil", Doc: "bytes to give with the next call"}
)

// stream declares a codec: step does what it can and returns the rest, end does the rest when the stream has ended.
func stream(name, doc, example string, step func(string) (string, string), end func(string) string) decl.Function {
	return decl.Raw{Name: name, Doc: doc, Example: require + example, Why: why,
		Params: []decl.Param{piece, more}, Results: []decl.Param{done, rest},
		Run: func(L *lua.LState) int { return run(L, name, step, end) }}
}

func quoted() decl.Function {
	return decl.Raw{Name: "qp", Doc: "Encode bytes as quoted-printable.", Why: why,
		Example: require + `(mime.qp("ma\231\227=")) --> ma=E7=E3=3D`,
		Params:  []decl.Param{piece, more, marker}, Results: []decl.Param{done, rest},
		Run: func(L *lua.LState) int {
			marker := text(L, "qp", 3, "marker", crlf)
			return run(L, "qp", func(in string) (string, string) { return encodeQuoted(in, marker) }, endQuoted)
		}}
}

func run(L *lua.LState, name string, step func(string) (string, string), end func(string) string) int {
	if L.Get(1) == lua.LNil {
		L.Push(lua.LNil)
		L.Push(lua.LNil)
		return 2
	}
	out, rest := step(text(L, name, 1, "piece", "") + text(L, name, 2, "more", ""))
	if L.Get(2) != lua.LNil {
		L.Push(lua.LString(out))
		L.Push(lua.LString(rest))
		return 2
	}
	if out += end(rest); out == "" {
		L.Push(lua.LNil)
	} else {
		L.Push(lua.LString(out))
	}
	L.Push(lua.LNil)
	return 2
}

func wrapper(name, doc, example, brk string, wrap func(left int, text string, length int) (string, int)) decl.Function {
	return decl.Raw{Name: name, Doc: doc, Example: require + example, Why: why,
		Params: []decl.Param{
			{Name: "left", Type: "integer", Doc: "bytes of room in the first line"},
			{Name: "text", Type: "string|nil", Optional: true, Doc: "next bytes; nil: the stream has ended"},
			{Name: "length", Type: "integer", Optional: true, Default: "76", Doc: "bytes in a line, its end left out"},
		},
		Results: []decl.Param{done, {Name: "left", Type: "integer", Doc: "bytes of room in the last line"}},
		Run: func(L *lua.LState) int {
			left, length := integer(L, name, 1, "left"), 76
			if L.Get(3) != lua.LNil {
				length = integer(L, name, 3, "length")
			}
			if L.Get(2) != lua.LNil {
				out, left := wrap(left, text(L, name, 2, "text", ""), length)
				return two(L, lua.LString(out), left)
			}
			if left < length { // the last line isn't empty
				return two(L, lua.LString(brk), length)
			}
			return two(L, lua.LNil, length)
		}}
}

func endOfLine() decl.Function {
	return decl.Raw{Name: "eol", Doc: "Put one marker for every kind of line end.", Why: why,
		Example: require + `(mime.eol(0, "a\nb\rc\r\nd", "|")) --> a|b|c|d`,
		Params: []decl.Param{
			{Name: "last", Type: "integer", Doc: "0, or the byte before when it may be half a line end"},
			{Name: "text", Type: "string|nil", Optional: true, Doc: "next bytes; nil: the stream has ended"}, marker},
		Results: []decl.Param{done, {Name: "last", Type: "integer", Doc: "the same for the next call"}},
		Run: func(L *lua.LState) int {
			last, marker := integer(L, "eol", 1, "last"), text(L, "eol", 3, "marker", crlf)
			if L.Get(2) == lua.LNil {
				return two(L, lua.LNil, 0)
			}
			out, last := endLines(last, text(L, "eol", 2, "text", ""), marker)
			return two(L, lua.LString(out), last)
		}}
}

func dots() decl.Function {
	return decl.Raw{Name: "dot", Doc: "Double each dot that begins a line, as SMTP wants it.", Why: why,
		Example: require + `(mime.dot(2, ".\r\nmore\r\n.")):gsub("\r\n", "|") --> ..|more|.., 2`,
		Params: []decl.Param{
			{Name: "seen", Type: "integer", Doc: "how much of CRLF came before, 0 to 2; a message begins with 2"},
			{Name: "text", Type: "string|nil", Optional: true, Doc: "next bytes; nil: the stream has ended"}},
		Results: []decl.Param{done, {Name: "seen", Type: "integer", Doc: "the same for the next call"}},
		Run: func(L *lua.LState) int {
			seen := integer(L, "dot", 1, "seen")
			if L.Get(2) == lua.LNil {
				return two(L, lua.LNil, 2)
			}
			out, seen := stuff(seen, text(L, "dot", 2, "text", ""))
			return two(L, lua.LString(out), seen)
		}}
}

const require = "local mime = require \"mime.core\"\n"

func two(L *lua.LState, out lua.LValue, n int) int {
	L.Push(out)
	L.Push(lua.LNumber(n))
	return 2
}

func text(L *lua.LState, name string, n int, param, otherwise string) string {
	return decl.CheckOr(L, "mime."+name, n, param, otherwise)
}

func integer(L *lua.LState, name string, n int, param string) int {
	return int(decl.Check[float64](L, "mime."+name, n, param))
}
