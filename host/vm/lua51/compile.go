package lua51

import (
	"strings"

	"moonwire/host/vm/lua51/code"
	"moonwire/host/vm/lua51/syntax"

	lua "github.com/yuin/gopher-lua"
)

// Compile turns source into a prototype. chunkname is Lua's: "@file", "=name", or the source itself. A file's first
// line may be a #! line. What string.dump made is source too. An error is a *syntax.Error.
func Compile(chunkname, source string) (*lua.FunctionProto, error) {
	if strings.HasPrefix(source, dumpMark) {
		return undump(chunkname, source)
	}
	if strings.HasPrefix(chunkname, "@") && strings.HasPrefix(source, "#") {
		source = source[max(0, strings.IndexAny(source+"\n", "\r\n")):]
	}
	body, lastLine, err := syntax.Parse(chunkname, source)
	if err != nil {
		return nil, err
	}
	proto, err := code.Generate(chunkname, body, lastLine)
	if err == nil {
		remember(proto, &origin{proto, chunkname, source})
	}
	return proto, err
}
