package layers

import (
	"errors"
	"fmt"
	"net/netip"

	"moonwire/host/packet"
)

// addressList writes a list of IP addresses, each in the width of its version. A protocol's own kind says how to read it.
type addressList struct{}

// Type is a list of addresses.
func (addressList) Type() string { return "string[]" }

// Text is the list in Lua's notation.
func (addressList) Text(v packet.Value) string { return packet.TextOf(v) }

// Put writes each address.
func (addressList) Put(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of addresses")
	}
	for _, e := range list {
		a, isAddr := e.(netip.Addr)
		if s, ok := e.(string); ok && !isAddr {
			parsed, err := netip.ParseAddr(s)
			if err != nil {
				return dst, fmt.Errorf("list of IP addresses (%q is none)", s)
			}
			a = parsed
		} else if !isAddr {
			return dst, errors.New("list of IP addresses")
		}
		dst = append(dst, a.AsSlice()...)
	}
	return dst, nil
}
