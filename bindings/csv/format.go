package csv

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// format is csv.format(rows, opts).
func format(L *lua.LState) int {
	const name = "csv.format"
	o := writeDefaults
	decl.Options(L, name, 2, &o)
	list := decl.Check[*lua.LTable](L, name, 1, "rows")
	sep := separator(L, name, o.Separator)
	var out []byte
	if o.Header != nil {
		out = AppendRow(out, o.Header, sep, o.Newline)
	}
	for i := 1; i <= list.Len(); i++ {
		row, ok := list.RawGetInt(i).(*lua.LTable)
		if !ok {
			decl.RaiseArg(L, 1, name, fmt.Sprintf("rows: row %d is a %s, not a table", i, decl.TypeName(list.RawGetInt(i))))
		}
		out = AppendRow(out, fields(L, row, o.Header), sep, o.Newline)
	}
	L.Push(lua.LString(out))
	return 1
}

// fields are a row's values as text: by its keys where there are names.
func fields(L *lua.LState, row *lua.LTable, header []string) []string {
	if header != nil {
		list := make([]string, len(header))
		for i, name := range header {
			list[i] = text(L, row.RawGetString(name))
		}
		return list
	}
	list := make([]string, row.Len())
	for i := range list {
		list[i] = text(L, row.RawGetInt(i+1))
	}
	return list
}

// text is a field's value; nil is an empty field.
func text(L *lua.LState, v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return decl.FormatNumber(float64(v))
	case *lua.LNilType:
		return ""
	}
	return L.ToStringMeta(v).String()
}
