package decl

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// A checker converts a Lua value into dst, or says what was expected.
type checker func(L *lua.LState, v lua.LValue, dst reflect.Value) error

// checkerOf is the conversion that parameters of type t get.
func checkerOf(t reflect.Type) checker {
	if c, ok := specialCheckers[t]; ok {
		return c
	}
	if t.Implements(luaValue) {
		return checkLua
	}
	switch t.Kind() {
	case reflect.Bool:
		return checkBool
	case reflect.String:
		return checkString
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return checkInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return checkUint
	case reflect.Uint64:
		return checkU64
	case reflect.Float32, reflect.Float64:
		return checkFloat
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return checkBytes
		}
		return sliceChecker(t)
	case reflect.Map:
		return mapChecker(t)
	case reflect.Pointer:
		if isOptionalPointer(t) {
			return pointerChecker(t)
		}
	case reflect.Struct:
		if isTable(t) {
			return structChecker(t)
		}
	}
	return classChecker(t)
}

func checkBool(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	b, ok := v.(lua.LBool)
	if !ok {
		return expected("boolean", v)
	}
	dst.SetBool(bool(b))
	return nil
}

// checkString takes numbers too, as Lua's own functions do.
func checkString(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	switch v := v.(type) {
	case lua.LString:
		dst.SetString(string(v))
		return nil
	case lua.LNumber:
		dst.SetString(FormatNumber(float64(v)))
		return nil
	}
	return expected("string", v)
}

func checkBytes(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	switch v := v.(type) {
	case lua.LString:
		dst.SetBytes([]byte(v))
		return nil
	case lua.LNumber:
		dst.SetBytes([]byte(FormatNumber(float64(v))))
		return nil
	}
	return expected("string", v)
}

func checkFloat(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	n, ok := ToNumber(v)
	if !ok {
		return expected("number", v)
	}
	dst.SetFloat(n)
	return nil
}

func checkInt(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	n, err := toInteger(v)
	if err != nil {
		return err
	}
	limit := math.Ldexp(1, dst.Type().Bits()-1)
	if n < -limit || n >= limit {
		return fmt.Errorf("%s is out of range", FormatNumber(n))
	}
	dst.SetInt(int64(n))
	return nil
}

func checkUint(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	n, err := toInteger(v)
	if err != nil {
		return err
	}
	limit := math.Ldexp(1, dst.Type().Bits())
	if n < 0 || n >= limit {
		return fmt.Errorf("0 to %.0f expected, got %s", limit-1, FormatNumber(n))
	}
	dst.SetUint(uint64(n))
	return nil
}

// checkU64 takes u64 values, and numbers as far as they count exactly.
func checkU64(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	if ud, ok := v.(*lua.LUserData); ok {
		if u, ok := ud.Value.(uint64); ok {
			dst.SetUint(u)
			return nil
		}
		return expected("u64 or number", v)
	}
	n, err := toInteger(v)
	if err != nil {
		return err
	}
	if n < 0 || n > 1<<53 {
		return fmt.Errorf("0 to 2^53 expected (above, write u64 \"...\"), got %s", FormatNumber(n))
	}
	dst.SetUint(uint64(n))
	return nil
}

func checkLua(_ *lua.LState, v lua.LValue, dst reflect.Value) error {
	rv := reflect.ValueOf(v)
	if !rv.Type().AssignableTo(dst.Type()) {
		return expected(luaType(dst.Type()), v)
	}
	dst.Set(rv)
	return nil
}

// toInteger is v as a number without fraction.
func toInteger(v lua.LValue) (float64, error) {
	n, ok := ToNumber(v)
	if !ok {
		return 0, expected("number", v)
	}
	if n != math.Trunc(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("integer expected, got %s", FormatNumber(n))
	}
	return n, nil
}

// ToNumber is v as a number, and whether Lua takes it for one: numbers and strings that hold a numeral.
func ToNumber(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return parseNumeral(strings.TrimSpace(string(v)))
	}
	return 0, false
}

func parseNumeral(s string) (float64, bool) {
	if strings.ContainsAny(s, "_nNpP") { // Go's underscores, names and binary exponents are no Lua
		return 0, false
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xX") {
		return n, true
	}
	unsigned, negative := strings.CutPrefix(strings.ToLower(s), "-")
	digits, hex := strings.CutPrefix(unsigned, "0x")
	n, err := strconv.ParseUint(digits, 16, 64)
	if negative {
		return -float64(n), hex && err == nil
	}
	return float64(n), hex && err == nil
}

// FormatNumber is a number as Lua prints it.
func FormatNumber(n float64) string {
	switch {
	case n == math.Trunc(n) && math.Abs(n) < 1e14:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case math.IsNaN(n):
		return "nan"
	case math.IsInf(n, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(n, 'g', -1, 64), "+"))
	}
	return fmt.Sprintf("%.14g", n)
}

// oneOf narrows a check to the words of an enumeration.
func oneOf(check checker, words []string) checker {
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		if err := check(L, v, dst); err != nil {
			return err
		}
		got := dst.String()
		for _, w := range words {
			if got == w {
				return nil
			}
		}
		return notOneOf(got, words)
	}
}

func notOneOf(got string, words []string) error {
	list := "one of: " + strings.Join(words, ", ")
	if near := Nearest(got, words); near != "" {
		return fmt.Errorf("invalid choice '%s': did you mean '%s'? %s", got, near, list)
	}
	return fmt.Errorf("invalid choice '%s': %s", got, list)
}

// within narrows a check to bounds written "low..high", either of which may be missing.
func within(check checker, bounds string) checker {
	lo, hi, _ := strings.Cut(bounds, "..")
	low, high := bound(lo, math.Inf(-1)), bound(hi, math.Inf(1))
	return func(L *lua.LState, v lua.LValue, dst reflect.Value) error {
		if err := check(L, v, dst); err != nil {
			return err
		}
		n, ok := ToNumber(v)
		if ok && !(low <= n && n <= high) {
			return fmt.Errorf("%s expected, got %s", rangeText(bounds), FormatNumber(n))
		}
		return nil
	}
}

func bound(s string, none float64) float64 {
	if s == "" {
		return none
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("decl: bad range tag: " + err.Error())
	}
	return n
}

// rangeText is what messages and documents say of bounds.
func rangeText(bounds string) string {
	lo, hi, _ := strings.Cut(bounds, "..")
	switch {
	case lo == "":
		return "at most " + hi
	case hi == "":
		return "at least " + lo
	}
	return lo + " to " + hi
}
