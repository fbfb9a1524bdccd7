package option

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"moonwire/host/packet"
)

// A number is an unsigned integer of 1 to 8 bytes.
type number struct {
	size     int
	min, max uint64
}

// The kinds of numbers.
var (
	Uint8  Kind = number{1, 0, math.MaxUint8}
	Uint16 Kind = number{2, 0, math.MaxUint16}
	Uint32 Kind = number{4, 0, math.MaxUint32}
	Uint64 Kind = wide{}
)

// Between is a number of so many bytes with bounds, both included.
func Between(size int, min, max uint64) Kind { return number{size, min, max} }

func (number) Type() string { return "integer" }
func (k number) Size() int  { return k.size }

func (k number) Read(b []byte) (packet.Value, int, error) {
	if len(b) < k.size {
		return nil, 0, tooShort("a number", k.size, len(b))
	}
	n := bigEndian(b[:k.size])
	if n < k.min || n > k.max {
		return n, k.size, fmt.Errorf("%d is not in %d to %d", n, k.min, k.max)
	}
	return n, k.size, nil
}

func (k number) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := asUint(v)
	if !ok || n < k.min || n > k.max {
		return dst, unexpected(fmt.Sprintf("integer of %d to %d", k.min, k.max), v)
	}
	return appendUint(dst, n, k.size), nil
}

// bigEndian is the bytes as a number.
func bigEndian(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// appendUint writes a number in so many bytes.
func appendUint(dst []byte, n uint64, size int) []byte {
	for i := size - 1; i >= 0; i-- {
		dst = append(dst, byte(n>>(8*i)))
	}
	return dst
}

// asUint is v as a number that is whole and not negative. As Lua does, it takes a string that is one.
func asUint(v packet.Value) (uint64, bool) {
	switch v := v.(type) {
	case uint64:
		return v, true
	case packet.U64:
		return uint64(v), true
	case int:
		return uint64(v), v >= 0
	case int64:
		return uint64(v), v >= 0
	case float64:
		return uint64(v), v >= 0 && v < 1<<63 && v == math.Trunc(v)
	case string:
		n, err := strconv.ParseUint(v, 0, 64)
		return n, err == nil
	}
	return 0, false
}

// wide is a number of 64 bits.
type wide struct{}

func (wide) Type() string { return "u64" }
func (wide) Size() int    { return 8 }

func (wide) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 8 {
		return nil, 0, tooShort("a number", 8, len(b))
	}
	return packet.U64(bigEndian(b[:8])), 8, nil
}

func (wide) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := asUint(v)
	if !ok {
		return dst, unexpected("integer of 64 bits", v)
	}
	return appendUint(dst, n, 8), nil
}

// Int32 is a number of 32 bits that may be negative.
var Int32 Kind = signed{}

type signed struct{}

func (signed) Type() string { return "integer" }
func (signed) Size() int    { return 4 }

func (signed) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 4 {
		return nil, 0, tooShort("a number", 4, len(b))
	}
	return int64(int32(bigEndian(b[:4]))), 4, nil
}

func (signed) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, negative := v, false
	switch f := v.(type) {
	case float64:
		n, negative = math.Abs(f), f < 0
	case int64:
		negative = f < 0
		n = max(f, -f)
	}
	u, ok := asUint(n)
	most := uint64(math.MaxInt32)
	if negative {
		most++
	}
	if !ok || u > most {
		return dst, unexpected("integer of -2147483648 to 2147483647", v)
	}
	if negative {
		u = -u
	}
	return appendUint(dst, u, 4), nil
}

// Infinite is the time that never ends (RFC 2131 section 3.3).
const Infinite = math.MaxUint32

// Seconds is a time of 32 bits in seconds; "infinite" is 0xffffffff.
var Seconds Kind = seconds{number{4, 0, math.MaxUint32}}

type seconds struct{ number }

func (k seconds) Append(dst []byte, v packet.Value) ([]byte, error) {
	if v == "infinite" || v == math.Inf(1) {
		v = uint64(Infinite)
	}
	n, ok := asUint(v)
	if !ok || n > k.max {
		return dst, unexpected(`integer of 0 to 4294967295 or "infinite"`, v)
	}
	return appendUint(dst, n, k.size), nil
}

// Bool is a byte that is 1 for true and 0 for false.
var Bool Kind = boolean{}

type boolean struct{}

func (boolean) Type() string { return "boolean" }
func (boolean) Size() int    { return 1 }

func (boolean) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 1 {
		return nil, 0, tooShort("a boolean", 1, 0)
	}
	if b[0] > 1 {
		return nil, 0, fmt.Errorf("a boolean is 0 or 1, not %d", b[0])
	}
	return b[0] == 1, 1, nil
}

func (boolean) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := asUint(v)
	if on, isBool := v.(bool); isBool {
		ok = true
		if on {
			n = 1
		}
	}
	if !ok || n > 1 {
		return dst, unexpected("boolean", v)
	}
	return append(dst, byte(n)), nil
}

// Enum is a number whose values have names: names[i] is that of value first+i, "" where there is none.
func Enum(size int, first uint64, names ...string) Kind { return enum{size, first, names, false} }

// OneOf is an Enum without values that have no names.
func OneOf(size int, first uint64, names ...string) Kind { return enum{size, first, names, true} }

type enum struct {
	size   int
	first  uint64
	names  []string
	closed bool
}

func (enum) Type() string { return "string|integer" }
func (k enum) Size() int  { return k.size }

func (k enum) Read(b []byte) (packet.Value, int, error) {
	if len(b) < k.size {
		return nil, 0, tooShort("a number", k.size, len(b))
	}
	n := bigEndian(b[:k.size])
	if i := n - k.first; n >= k.first && i < uint64(len(k.names)) && k.names[i] != "" {
		return k.names[i], k.size, nil
	}
	if k.closed {
		return nil, 0, fmt.Errorf("%d is none of %s", n, joined(k.names))
	}
	return n, k.size, nil
}

func (k enum) Append(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok {
		if i := slices.IndexFunc(k.names, func(name string) bool { return name != "" && Plain(name) == Plain(s) }); i >= 0 {
			return appendUint(dst, k.first+uint64(i), k.size), nil
		}
	}
	n, ok := asUint(v)
	if !ok || n >= 1<<(8*k.size) || k.closed && n-k.first >= uint64(len(k.names)) {
		names := slices.DeleteFunc(slices.Clone(k.names), func(s string) bool { return s == "" })
		return dst, unexpected(fmt.Sprintf("number or one of %s", joined(names)), v)
	}
	return appendUint(dst, n, k.size), nil
}
