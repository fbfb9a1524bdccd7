package option

import (
	"net"
	"net/netip"

	"moonwire/host/packet"
)

// The kinds of addresses.
var (
	IPv4 Kind = ip4{}
	IPv6 Kind = ip6{}
)

type ip4 struct{}

func (ip4) Type() string { return "string" }
func (ip4) Size() int    { return 4 }

func (ip4) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 4 {
		return nil, 0, tooShort("an IPv4 address", 4, len(b))
	}
	return netip.AddrFrom4([4]byte(b)), 4, nil
}

func (ip4) Append(dst []byte, v packet.Value) ([]byte, error) {
	a, ok := asAddr(v)
	if a = a.Unmap(); !ok || !a.Is4() {
		return dst, unexpected("IPv4 address", v)
	}
	b := a.As4()
	return append(dst, b[:]...), nil
}

type ip6 struct{}

func (ip6) Type() string { return "string" }
func (ip6) Size() int    { return 16 }

func (ip6) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 16 {
		return nil, 0, tooShort("an IPv6 address", 16, len(b))
	}
	return netip.AddrFrom16([16]byte(b)), 16, nil
}

func (ip6) Append(dst []byte, v packet.Value) ([]byte, error) {
	a, ok := asAddr(v)
	if !ok || !a.Is6() || a.Zone() != "" {
		return dst, unexpected("IPv6 address", v)
	}
	b := a.As16()
	return append(dst, b[:]...), nil
}

// asAddr is v as an address.
func asAddr(v packet.Value) (netip.Addr, bool) {
	switch v := v.(type) {
	case netip.Addr:
		return v, v.IsValid()
	case string:
		a, err := netip.ParseAddr(v)
		return a, err == nil
	}
	return netip.Addr{}, false
}

// MAC is a hardware address of any length, as text with colons. It takes all the bytes there are.
var MAC Kind = hardware{}

type hardware struct{}

func (hardware) Type() string { return "string" }
func (hardware) Size() int    { return 0 }

func (hardware) Read(b []byte) (packet.Value, int, error) {
	return net.HardwareAddr(b).String(), len(b), nil
}

func (hardware) Append(dst []byte, v packet.Value) ([]byte, error) {
	switch v := v.(type) {
	case packet.MAC:
		return append(dst, v[:]...), nil
	case string:
		if b, ok := ParseHex(v); ok {
			return append(dst, b...), nil
		}
	}
	return dst, unexpected("hardware address", v)
}
