package lua51

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
)

// Compile turns source into a prototype. chunkname is Lua's: "@file", "=name", or the source itself.
func Compile(chunkname, source string) (*lua.FunctionProto, error) {
	chunk, err := parse.Parse(strings.NewReader(source), chunkname)
	if err != nil {
		return nil, err
	}
	return lua.Compile(chunk, chunkname)
}
