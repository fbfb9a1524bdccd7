package packet

import (
	"fmt"
	"net"
	"net/netip"
)

type ip4Kind struct{}
type ip6Kind struct{}
type macKind struct{}

// The kinds of addresses.
var (
	IPv4  Kind = ip4Kind{} // 32 bits
	IPv6  Kind = ip6Kind{} // 128 bits
	Ether Kind = macKind{} // 48 bits
)

func (ip4Kind) Type() string { return "string" }
func (ip6Kind) Type() string { return "string" }
func (macKind) Type() string { return "string" }

func (ip4Kind) Text(v Value) string { return fmt.Sprint(v) }
func (ip6Kind) Text(v Value) string { return fmt.Sprint(v) }
func (macKind) Text(v Value) string { return fmt.Sprint(v) }

func (ip4Kind) Get(_, b []byte) Value {
	if len(b) != 4 {
		return string(b)
	}
	return netip.AddrFrom4([4]byte(b))
}

func (ip6Kind) Get(_, b []byte) Value {
	if len(b) != 16 {
		return string(b)
	}
	return netip.AddrFrom16([16]byte(b))
}

func (macKind) Get(_, b []byte) Value {
	if len(b) != 6 {
		return string(b)
	}
	return MAC(b)
}

// address reads an address from a value: one, its text, or its bytes.
func address(v Value, size int) (netip.Addr, bool) {
	switch v := v.(type) {
	case netip.Addr:
		return v, true
	case string:
		if a, err := netip.ParseAddr(v); err == nil {
			return a, true
		}
		if len(v) == size {
			return netip.AddrFromSlice([]byte(v))
		}
	}
	return netip.Addr{}, false
}

func (ip4Kind) Put(dst []byte, v Value) ([]byte, error) {
	a, ok := address(v, 4)
	if !ok || !a.Unmap().Is4() {
		return dst, fmt.Errorf("IPv4 address")
	}
	b := a.Unmap().As4()
	return append(dst, b[:]...), nil
}

func (ip6Kind) Put(dst []byte, v Value) ([]byte, error) {
	a, ok := address(v, 16)
	if !ok || !a.Is6() {
		return dst, fmt.Errorf("IPv6 address")
	}
	b := a.As16()
	return append(dst, b[:]...), nil
}

func (macKind) Put(dst []byte, v Value) ([]byte, error) {
	switch v := v.(type) {
	case MAC:
		return append(dst, v[:]...), nil
	case string:
		if m, ok := parseMAC(v); ok {
			return append(dst, m[:]...), nil
		}
		if len(v) == 6 {
			return append(dst, v...), nil
		}
		if m, err := net.ParseMAC(v); err == nil && len(m) == 6 {
			return append(dst, m...), nil
		}
	}
	return dst, fmt.Errorf("MAC address of six bytes")
}

// parseMAC reads 02:00:00:00:00:01, the usual form, without allocating.
func parseMAC(s string) (m MAC, ok bool) {
	if len(s) != 17 {
		return m, false
	}
	for i := range m {
		hi, lo := nibble(s[3*i]), nibble(s[3*i+1])
		if hi|lo > 15 || i < 5 && s[3*i+2] != ':' {
			return m, false
		}
		m[i] = hi<<4 | lo
	}
	return m, true
}

func nibble(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 0xff
}
