package foreign

import (
	"errors"
	"fmt"
	"reflect"

	"moonwire/host/packet"
)

// shown is the Kind of a field that gopacket gives: of a Go type, read only.
type shown struct{ of reflect.Type }

// Type is the Lua type that a value of the Go type becomes.
func (k shown) Type() string {
	t := k.of
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Uint64:
		return "u64"
	case reflect.String, reflect.Float32, reflect.Float64:
		return "string"
	case reflect.Slice, reflect.Array:
		if t.Elem() == byteType {
			return "string"
		}
		return "table"
	case reflect.Struct, reflect.Map, reflect.Interface:
		return "table"
	}
	return "integer"
}

// Get is not how these fields are read: Protocol.Foreign is.
func (k shown) Get(_, b []byte) packet.Value { return string(b) }

// Put refuses: what only gopacket reads can't be written.
func (k shown) Put(dst []byte, _ packet.Value) ([]byte, error) {
	return dst, errors.New("nothing, for it can only be read,")
}

// Text is v for people, with the name that gopacket has for the number.
func (k shown) Text(v packet.Value) string {
	if _, address := v.(fmt.Stringer); address {
		return fmt.Sprint(v)
	}
	text := packet.TextOf(v)
	if name := k.name(v); name != "" && name != text {
		return name + " (" + text + ")"
	}
	return text
}

// name is what the Go type's String says of a number. It may panic on numbers that no packet should have.
func (k shown) name(v packet.Value) (name string) {
	defer func() {
		if recover() != nil {
			name = ""
		}
	}()
	n := reflect.ValueOf(v)
	if !k.of.Implements(stringer) || !n.IsValid() || !n.CanInt() && !n.CanUint() || !n.CanConvert(k.of) {
		return ""
	}
	return n.Convert(k.of).Interface().(fmt.Stringer).String()
}

var stringer = reflect.TypeFor[fmt.Stringer]()
