package option

import (
	"fmt"

	"moonwire/host/packet"
)

// A Kind turns bytes into values and values into bytes. Values are those of package packet: numbers, strings, addresses,
// lists and records.
type Kind interface {
	// Type is the type of the values in LuaLS notation.
	Type() string
	// Size is how many bytes a value takes; 0 when that differs from value to value.
	Size() int
	// Read reads the value at the start of b and says how many bytes it took. With an error v is what could be read of it,
	// nil when that is nothing.
	Read(b []byte) (v packet.Value, n int, err error)
	// Append writes the value behind dst. Its errors say what was expected.
	Append(dst []byte, v packet.Value) ([]byte, error)
}

// Decode reads the value that data are as a whole. With an error it is what could be read, nil when that is nothing.
func Decode(k Kind, data []byte) (packet.Value, error) {
	v, n, err := k.Read(data)
	if err == nil && n < len(data) {
		err = fmt.Errorf("%s left behind the value", bytesText(len(data)-n))
	}
	return v, err
}

// Encode writes a value as data.
func Encode(k Kind, v packet.Value) ([]byte, error) { return k.Append([]byte{}, v) }

// unexpected is the error for a value that is not what a kind takes.
func unexpected(want string, got packet.Value) error {
	return fmt.Errorf("%s expected, got %s", want, describe(got))
}

// describe is a value as an error message shows it.
func describe(v packet.Value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		if len(v) > 40 {
			return fmt.Sprintf("a string of %d bytes", len(v))
		}
		return fmt.Sprintf("%q", v)
	case []packet.Value:
		if len(v) == 0 {
			return "an empty table"
		}
		return "a table"
	case packet.Record:
		return "a table"
	}
	return fmt.Sprint(v)
}

// bytesText is a number of bytes in words.
func bytesText(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// tooShort is the error for bytes that end before a value does.
func tooShort(what string, want, got int) error {
	return fmt.Errorf("%s is %s, not %d", what, bytesText(want), got)
}
