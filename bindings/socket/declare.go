package socket

import (
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// why is the reason that all functions here take raw Lua values.
const why = "LuaSocket's own checks, words and results; called per message"

const source = "LuaSocket 3.1 reference"

// Shorthand for records: most of LuaSocket's functions read alike.

func fn(name, doc string, run lua.LGFunction, params, results []decl.Param) decl.Raw {
	return decl.Raw{Name: name, Doc: doc, Params: params, Results: results, Source: source, Why: why, Run: run}
}

// waiting marks a function that may park its task.
func waiting(f decl.Raw, fails ...string) decl.Raw {
	f.Blocks, f.Fails = true, fails
	return f
}

// failing lists a function's kinds of refusal. LuaSocket returns their words as the second value, no kind as third.
func failing(f decl.Raw, fails ...string) decl.Raw {
	f.Fails = fails
	return f
}

// example gives a function an example that runs.
func example(f decl.Raw, lines string) decl.Raw {
	f.Example = lines
	return f
}

func list(p ...decl.Param) []decl.Param { return p }

func arg(name, typ, doc string) decl.Param { return decl.Param{Name: name, Type: typ, Doc: doc} }

func opt(name, typ, def, doc string) decl.Param {
	return decl.Param{Name: name, Type: typ, Doc: doc, Default: def, Optional: true}
}

var yes = list(arg("ok", "integer", "1"))

// Parameters that many functions share.
var (
	addressArg = arg("address", "string", "numeric address or host name")
	portArg    = arg("port", "integer|string", "port, or the name of a service")
	pathArg    = arg("path", "string", "name in the file system, at most 107 bytes; one that begins with a zero byte is abstract")
	nameResult = list(arg("address", "string", "numeric address"), arg("port", "integer", "port"),
		arg("family", "string", "inet or inet6"))
)
