package decl

import (
	"net"
	"net/netip"
	"reflect"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// luaTypes are the Go types that documents call by a name of their own.
var luaTypes = map[reflect.Type]string{
	reflect.TypeFor[[]byte]():           "string",
	reflect.TypeFor[Done]():             "true",
	reflect.TypeFor[time.Duration]():    "number",
	reflect.TypeFor[time.Time]():        "number",
	reflect.TypeFor[netip.Addr]():       "string",
	reflect.TypeFor[netip.AddrPort]():   "string",
	reflect.TypeFor[netip.Prefix]():     "string",
	reflect.TypeFor[net.HardwareAddr](): "string",
	reflect.TypeFor[*lua.LTable]():      "table",
	reflect.TypeFor[*lua.LFunction]():   "function",
	reflect.TypeFor[*lua.LUserData]():   "userdata",
	reflect.TypeFor[lua.LString]():      "string",
	reflect.TypeFor[lua.LNumber]():      "number",
	reflect.TypeFor[lua.LBool]():        "boolean",
	luaValue:                            "any",
}

// luaType is t in LuaLS notation.
func luaType(t reflect.Type) string {
	if name, ok := luaTypes[t]; ok {
		return name
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return "integer"
	case reflect.Uint64:
		return "u64"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Array:
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			return "string"
		}
		return luaType(t.Elem()) + "[]"
	case reflect.Map:
		return "table<" + luaType(t.Key()) + ", " + luaType(t.Elem()) + ">"
	case reflect.Interface:
		return "any"
	case reflect.Pointer:
		return luaType(t.Elem())
	}
	if isTable(t) {
		return "table"
	}
	return strings.ToLower(t.Name())
}

// fieldParams documents the entries of a table, list of tables or optional table.
func fieldParams(t reflect.Type) []Param {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if !isTable(t) {
		return nil
	}
	var ps []Param
	for i := range t.NumField() {
		sf := t.Field(i)
		if tag, ok := sf.Tag.Lookup("lua"); ok {
			name, optional := strings.CutSuffix(tag, "?")
			ps = append(ps, Param{Name: name, Type: luaType(sf.Type), Doc: sf.Tag.Get("doc"), Optional: optional})
		}
	}
	return ps
}
