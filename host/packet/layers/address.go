package layers

import (
	"net/netip"
	"strings"

	"moonwire/host/packet"
)

// hardware is an address of a length that another field tells: text of six bytes, else bytes.
type hardware struct{}

// network is a protocol address of a length that another field tells: text of IPv4 and IPv6, else bytes.
type network struct{}

func (hardware) Type() string               { return "string" }
func (network) Type() string                { return "string" }
func (hardware) Text(v packet.Value) string { return addressText(v) }
func (network) Text(v packet.Value) string  { return addressText(v) }

func (hardware) Get(_, b []byte) packet.Value { return packet.Ether.Get(nil, b) }

func (network) Get(_, b []byte) packet.Value {
	if len(b) == 16 {
		return packet.IPv6.Get(nil, b)
	}
	return packet.IPv4.Get(nil, b)
}

// Put takes an Ethernet address, or bytes of any other number.
func (hardware) Put(dst []byte, v packet.Value) ([]byte, error) {
	out, err := packet.Ether.Put(dst, v)
	if s, ok := v.(string); err != nil && ok && inBinary(s) {
		return append(dst, s...), nil
	}
	return out, err
}

// inBinary says whether s is bytes and not a misspelt address.
func inBinary(s string) bool {
	return s == "" || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// Put takes an address, or its bytes.
func (network) Put(dst []byte, v packet.Value) ([]byte, error) {
	switch v := v.(type) {
	case string:
		if a, err := netip.ParseAddr(v); err == nil {
			return append(dst, a.AsSlice()...), nil
		}
		if inBinary(v) {
			return append(dst, v...), nil
		}
	case netip.Addr:
		return append(dst, v.AsSlice()...), nil
	}
	return packet.IPv4.Put(dst, v)
}

func addressText(v packet.Value) string {
	switch v := v.(type) {
	case netip.Addr:
		return v.String()
	case packet.MAC:
		return v.String()
	}
	return packet.TextOf(v)
}
