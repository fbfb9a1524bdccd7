package dhcp6

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strings"

	"moonwire/host/packet"
)

// A Kind reads and writes one field of an option's data. Values are those of package packet.
type Kind interface {
	// Read reads a value at the front of b and says how many bytes it took.
	Read(b []byte) (v packet.Value, n int, err error)
	// Append writes a value behind dst. Its error says what was expected.
	Append(dst []byte, v packet.Value) ([]byte, error)
	// Type is what Lua sees, in LuaLS notation.
	Type() string
}

var errShort = errors.New("cut short")

// expected is the error of a value that a kind can't write.
func expected(what string, v packet.Value) error {
	return fmt.Errorf("%s expected, got %s", what, packet.TextOf(v))
}

// Uint is an unsigned number of Size bytes, some of which may have names.
type Uint struct {
	Size  int
	Names *Names
}

func (k Uint) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, k.Size)
	if err != nil {
		return nil, 0, err
	}
	if name := k.Names.name(n); name != "" {
		return name, k.Size, nil
	}
	if k.Size > 6 {
		return packet.U64(n), k.Size, nil
	}
	return n, k.Size, nil
}

func (k Uint) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := k.Names.number(v, k.Size)
	switch {
	case ok:
		return appendUint(dst, n, k.Size), nil
	case k.Names != nil:
		return dst, expected("number or name of one", v)
	}
	return dst, expected(fmt.Sprintf("number of 0 to %d", uint64(1)<<(8*k.Size)-1), v)
}

func (k Uint) Type() string {
	if k.Names != nil {
		return "string|integer"
	}
	return "integer"
}

func readUint(b []byte, size int) (n uint64, err error) {
	if len(b) < size {
		return 0, errShort
	}
	for _, c := range b[:size] {
		n = n<<8 | uint64(c)
	}
	return n, nil
}

func appendUint(dst []byte, n uint64, size int) []byte {
	for i := size - 1; i >= 0; i-- {
		dst = append(dst, byte(n>>(8*i)))
	}
	return dst
}

// Seconds is a time of four bytes in seconds. The largest number stands for no end (RFC 8415 section 7.7).
type Seconds struct{}

// Infinity is the lifetime without end.
const Infinity = math.MaxUint32

func (Seconds) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, 4)
	if n == Infinity {
		return math.Inf(1), 4, err
	}
	return n, 4, err
}

func (Seconds) Append(dst []byte, v packet.Value) ([]byte, error) {
	if f, ok := v.(float64); ok && math.IsInf(f, 1) {
		return appendUint(dst, Infinity, 4), nil
	}
	if n, ok := wholeNumber(v); ok && n <= Infinity {
		return appendUint(dst, n, 4), nil
	}
	return dst, expected("whole seconds", v)
}

func (Seconds) Type() string { return "number" }

// Fraction is a time of Size bytes in parts of a second.
type Fraction struct {
	Size      int
	PerSecond float64
}

func (k Fraction) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, k.Size)
	return float64(n) / k.PerSecond, k.Size, err
}

func (k Fraction) Append(dst []byte, v packet.Value) ([]byte, error) {
	n, ok := wholeNumber(v)
	f := float64(n)
	if !ok {
		f, ok = v.(float64)
	}
	if f = math.Round(f * k.PerSecond); !ok || f < 0 || f >= math.Exp2(float64(8*k.Size)) {
		return dst, expected(fmt.Sprintf("seconds up to %g", (math.Exp2(float64(8*k.Size))-1)/k.PerSecond), v)
	}
	return appendUint(dst, uint64(f), k.Size), nil
}

func (Fraction) Type() string { return "number" }

// Flags are bits of one byte, a letter for each, the lowest first. A byte with further bits is a number.
type Flags struct{ Letters string }

func (k Flags) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, 1)
	if err != nil || n>>len(k.Letters) != 0 {
		return n, 1, err
	}
	set := ""
	for i := range len(k.Letters) {
		if n>>i&1 == 1 {
			set += k.Letters[i : i+1]
		}
	}
	return set, 1, nil
}

func (k Flags) Append(dst []byte, v packet.Value) ([]byte, error) {
	if n, ok := wholeNumber(v); ok && n <= 0xff {
		return append(dst, byte(n)), nil
	}
	s, ok := v.(string)
	n := byte(0)
	for _, c := range strings.ToUpper(s) {
		i := strings.IndexRune(k.Letters, c)
		if i < 0 {
			return dst, expected("some of the letters "+k.Letters, v)
		}
		n |= 1 << i
	}
	if !ok && v != nil {
		return dst, expected("some of the letters "+k.Letters, v)
	}
	return append(dst, n), nil
}

func (Flags) Type() string { return "string" }

// IPv6 is an address of 16 bytes, IPv4 one of four.
type (
	IPv6 struct{}
	IPv4 struct{}
)

func (IPv6) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 16 {
		return nil, 0, errShort
	}
	return netip.AddrFrom16([16]byte(b)), 16, nil
}

func (IPv6) Append(dst []byte, v packet.Value) ([]byte, error) {
	a, ok := addrOf(v)
	if !ok || a.Is4() {
		return dst, expected("IPv6 address", v)
	}
	return append(dst, a.AsSlice()...), nil
}

func (IPv6) Type() string { return "string" }

func (IPv4) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 4 {
		return nil, 0, errShort
	}
	return netip.AddrFrom4([4]byte(b)), 4, nil
}

func (IPv4) Append(dst []byte, v packet.Value) ([]byte, error) {
	a, ok := addrOf(v)
	if !ok || !a.Is4() {
		return dst, expected("IPv4 address", v)
	}
	return append(dst, a.AsSlice()...), nil
}

func (IPv4) Type() string { return "string" }

// addrOf is an address, or the text of one.
func addrOf(v packet.Value) (netip.Addr, bool) {
	switch v := v.(type) {
	case netip.Addr:
		return v, v.IsValid() && v.Zone() == ""
	case string:
		a, err := netip.ParseAddr(v)
		return a, err == nil && a.Zone() == ""
	}
	return netip.Addr{}, false
}
