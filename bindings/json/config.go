package json

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// A dialect is the way in which one of the modules fails, and what it starts with.
type dialect struct {
	name         string
	raisesDecode bool // malformed text raises instead of nil, message, kind
	safeEncode   bool // values without JSON give nil, message instead of raising
	start        config
}

// example is a record's example: $ stands for the module.
func (d *dialect) example(lines string) string {
	if strings.Contains(d.name, ".") {
		return "local json = require \"" + d.name + "\"\n" + strings.ReplaceAll(lines, "$", "json")
	}
	return strings.ReplaceAll(lines, "$", d.name)
}

// config is what the functions named encode_... and decode_... set, for one module in one state.
type config struct {
	encodeDepth   int
	decodeDepth   int
	precision     int // significant digits of a number; 0: as many as it needs
	sparseConvert bool
	sparseRatio   int
	sparseSafe    int
	emptyObject   bool   // an empty table is {}
	encodeInvalid string // of nan and the infinities: "error", "null" or "number"
	decodeInvalid bool   // accept what C's strtod takes for a number
	control       bool   // accept control characters in strings
	slash         bool   // write / as \/
	arrayMeta     bool   // decoded arrays get array_mt
	bigIntegers   string // past 2^53: "number", "u64" or "string"
}

var (
	plain = dialect{name: "json", start: config{
		encodeDepth: 1000, decodeDepth: 1000, sparseRatio: 2, sparseSafe: 10, emptyObject: true,
		encodeInvalid: "error", arrayMeta: true, bigIntegers: "u64",
	}}
	cjson = dialect{name: "cjson", raisesDecode: true, start: config{
		encodeDepth: 1000, decodeDepth: 1000, precision: 14, sparseRatio: 2, sparseSafe: 10, emptyObject: true,
		encodeInvalid: "error", decodeInvalid: true, bigIntegers: "number", control: true, slash: true,
	}}
	safe = dialect{name: "cjson.safe", safeEncode: true, start: cjson.start}
)

// An instance is a module with settings of its own: one for each state, and one for each new().
type instance struct {
	dialect *dialect
	config  func(L *lua.LState) *config
}

// shared keeps the settings in the state's registry.
func shared(d *dialect) instance {
	key := "moonwire.json " + d.name
	return instance{d, func(L *lua.LState) *config {
		if ud, ok := L.G.Registry.RawGetString(key).(*lua.LUserData); ok {
			return ud.Value.(*config)
		}
		c := d.start
		L.G.Registry.RawSetString(key, &lua.LUserData{Value: &c})
		return &c
	}}
}

// separate has fresh settings.
func separate(d *dialect) instance {
	c := d.start
	return instance{d, func(*lua.LState) *config { return &c }}
}
