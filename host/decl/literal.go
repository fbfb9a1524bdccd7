package decl

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Literal is a Go value as Lua source: how documents print a default.
func Literal(v any) string {
	switch v := v.(type) {
	case time.Duration:
		return FormatNumber(v.Seconds())
	case []byte:
		return strconv.Quote(string(v))
	case fmt.Stringer:
		return strconv.Quote(v.String())
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.String:
		return strconv.Quote(rv.String())
	case reflect.Float32, reflect.Float64:
		return FormatNumber(rv.Float())
	case reflect.Pointer:
		return Literal(rv.Elem().Interface())
	case reflect.Slice:
		items := make([]string, rv.Len())
		for i := range items {
			items[i] = Literal(rv.Index(i).Interface())
		}
		return "{" + strings.Join(items, ", ") + "}"
	}
	return fmt.Sprint(v)
}
