package json

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// unwritable is the error for what has no JSON, in lua-cjson's words.
func unwritable(format string, args ...any) error {
	return fmt.Errorf("%s%s", "Cannot serialise", fmt.Sprintf(format, args...))
}

// An encoder writes one Lua value as JSON.
type encoder struct {
	*config
	layout
	L     *lua.LState
	out   []byte
	depth int
	count int
}

// layout is how the text looks.
type layout struct {
	Indent int  `lua:"indent?" range:"0..16" doc:"spaces for each level; 0 writes one line"`
	Sort   bool `lua:"sort?" doc:"write keys in alphabetical order"`
}

func encode(L *lua.LState, c *config, l layout, v lua.LValue) (string, error) {
	e := &encoder{config: c, layout: l, L: L}
	if err := e.value(v); err != nil {
		return "", err
	}
	return string(e.out), nil
}

func (e *encoder) write(s string) { e.out = append(e.out, s...) }

// newline begins a line of the current depth, if the text has lines.
func (e *encoder) newline() {
	if e.Indent > 0 {
		e.write("\n" + strings.Repeat(" ", e.Indent*e.depth))
	}
}

func (e *encoder) value(v lua.LValue) error {
	if e.count++; e.count%4096 == 0 {
		decl.HostOf(e.L).Poll(e.L)
	}
	switch v := v.(type) {
	case *lua.LNilType:
		e.write("null")
	case lua.LBool:
		e.out = strconv.AppendBool(e.out, bool(v))
	case lua.LString:
		e.string(string(v))
	case lua.LNumber:
		return e.number(float64(v))
	case *lua.LTable:
		return e.nested(v)
	case *lua.LUserData:
		return e.userdata(v)
	default:
		return unwritable(" %s: type not supported", v.Type())
	}
	return nil
}

func (e *encoder) userdata(ud *lua.LUserData) error {
	switch v := ud.Value.(type) {
	case marker:
		e.write(string(v))
	case uint64:
		e.out = strconv.AppendUint(e.out, v, 10)
	case fmt.Stringer: // addresses and the like, that Lua writes as text
		e.string(v.String())
	default:
		return unwritable(" %s: type not supported", decl.TypeName(ud))
	}
	return nil
}

func (e *encoder) number(n float64) error {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0):
		return e.invalid(n)
	case n == math.Trunc(n) && math.Abs(n) <= 1<<53:
		e.out = strconv.AppendInt(e.out, int64(n), 10)
	case e.precision > 0:
		e.out = fmt.Appendf(e.out, "%.*g", e.precision, n)
	case math.Abs(n) < 1e-6 || math.Abs(n) >= exact:
		e.out = strconv.AppendFloat(e.out, n, 'e', -1, 64)
	default:
		e.out = strconv.AppendFloat(e.out, n, 'f', -1, 64)
	}
	return nil
}

// invalid writes what JSON has no number for.
func (e *encoder) invalid(n float64) error {
	switch e.encodeInvalid {
	case "null":
		e.write("null")
		return nil
	case "number":
		switch {
		case math.IsNaN(n):
			e.write("NaN")
		case n > 0:
			e.write("Infinity")
		default:
			e.write("-Infinity")
		}
		return nil
	}
	return unwritable(" number: must not be NaN or Inf")
}

const hexDigits = "0123456789abcdef"

// string writes s between quotes. Bytes from 0x80 on go as they are: s should be UTF-8.
func (e *encoder) string(s string) {
	e.out = append(e.out, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\' || c == '/' && e.slash:
			e.out = append(e.out, '\\', c)
		case c >= ' ' && c != 0x7f:
			e.out = append(e.out, c)
		default:
			if j := strings.IndexByte(escaped, c); j >= 0 {
				e.out = append(e.out, '\\', escapes[j])
			} else {
				e.out = append(e.out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
		}
	}
	e.out = append(e.out, '"')
}

func (e *encoder) nested(t *lua.LTable) error {
	if e.depth++; e.depth > e.encodeDepth {
		return unwritable(", excessive nesting (%d)", e.depth)
	}
	length, err := e.arrayLength(t)
	switch {
	case err != nil:
	case length >= 0:
		err = e.array(t, length)
	default:
		err = e.object(t)
	}
	e.depth--
	return err
}

// arrayLength is the length of a table that is an array, -1 for an object.
func (e *encoder) arrayLength(t *lua.LTable) (int, error) {
	if t.Metatable == arrayMeta(e.L) {
		return t.Len(), nil
	}
	most, count, array := 0, 0, true
	decl.Each(t, func(k, _ lua.LValue) {
		n, ok := k.(lua.LNumber)
		if !ok || n < 1 || float64(n) != math.Trunc(float64(n)) || n > 1<<31 {
			array = false
			return
		}
		most, count = max(most, int(n)), count+1
	})
	switch {
	case !array, count == 0 && e.emptyObject:
		return -1, nil
	case e.sparseRatio > 0 && most > count*e.sparseRatio && most > e.sparseSafe:
		if e.sparseConvert {
			return -1, nil
		}
		return 0, unwritable(" table: excessively sparse array")
	}
	return most, nil
}

func (e *encoder) array(t *lua.LTable, length int) error {
	if length == 0 {
		e.write("[]")
		return nil
	}
	e.write("[")
	for i := 1; i <= length; i++ {
		if i > 1 {
			e.write(",")
		}
		e.newline()
		if err := e.value(t.RawGetInt(i)); err != nil {
			return err
		}
	}
	e.depth--
	e.newline()
	e.depth++
	e.write("]")
	return nil
}

// A member is one key of an object with its value.
type member struct {
	key   string
	value lua.LValue
}

func (e *encoder) object(t *lua.LTable) error {
	members, err := e.members(t)
	if err != nil {
		return err
	}
	if len(members) == 0 {
		e.write("{}")
		return nil
	}
	e.write("{")
	for i, m := range members {
		if i > 0 {
			e.write(",")
		}
		e.newline()
		e.string(m.key)
		e.write(":")
		if e.Indent > 0 {
			e.write(" ")
		}
		if err := e.value(m.value); err != nil {
			return err
		}
	}
	e.depth--
	e.newline()
	e.depth++
	e.write("}")
	return nil
}

// members lists a table's entries; keys that are numbers become text.
func (e *encoder) members(t *lua.LTable) (members []member, err error) {
	decl.Each(t, func(k, v lua.LValue) {
		switch k := k.(type) {
		case lua.LString:
			members = append(members, member{string(k), v})
		case lua.LNumber:
			members = append(members, member{decl.FormatNumber(float64(k)), v})
		default:
			err = unwritable(" %s: table key must be a number or string", k.Type())
		}
	})
	if e.Sort {
		slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	}
	return members, err
}
