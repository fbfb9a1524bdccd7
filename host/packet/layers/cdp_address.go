package layers

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"

	"moonwire/host/packet"
)

// The heads of an address: type and length of the protocol, the protocol, the length of the address.
var (
	cdpHead4 = []byte{1, 1, 0xcc, 0, 4}
	cdpHead6 = []byte{2, 8, 0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd, 0, 16}
)

// cdpAddresses is a list of IP addresses; those of other protocols are the bytes of their records.
type cdpAddresses struct{}

// Type is a list of addresses.
func (cdpAddresses) Type() string { return "string[]" }

// Text is the list in Lua's notation.
func (cdpAddresses) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads record by record.
func (cdpAddresses) Get(_, b []byte) packet.Value {
	list := []packet.Value{}
	for len(b) > 0 {
		n := cdpRecord(b)
		one := b[:n]
		if body, ok := bytes.CutPrefix(one, cdpHead4); ok && len(body) == 4 {
			list = append(list, netip.AddrFrom4([4]byte(body)))
		} else if body, ok := bytes.CutPrefix(one, cdpHead6); ok && len(body) == 16 {
			list = append(list, netip.AddrFrom16([16]byte(body)))
		} else {
			list = append(list, string(one))
		}
		b = b[n:]
	}
	return list
}

// cdpRecord is the length of the record at the start of b; all of it when that is cut short.
func cdpRecord(b []byte) int {
	if len(b) < 2 || len(b) < 4+int(b[1]) {
		return len(b)
	}
	at := 2 + int(b[1])
	return min(at+2+int(b[at])<<8+int(b[at+1]), len(b))
}

// Put writes the records.
func (cdpAddresses) Put(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of addresses")
	}
	for _, e := range list {
		a, err := cdpAddress(e)
		switch s, text := e.(string); {
		case err != nil && text && inBinary(s):
			dst = append(dst, s...)
		case err != nil:
			return dst, err
		case a.Is4():
			dst = append(append(dst, cdpHead4...), a.AsSlice()...)
		default:
			dst = append(append(dst, cdpHead6...), a.AsSlice()...)
		}
	}
	return dst, nil
}

func cdpAddress(v packet.Value) (netip.Addr, error) {
	switch v := v.(type) {
	case netip.Addr:
		return v, nil
	case string:
		if a, err := netip.ParseAddr(v); err == nil {
			return a, nil
		}
	}
	return netip.Addr{}, errors.New("list of IP addresses")
}

// cdpPrefixes is a list of IPv4 networks as "10.0.0.0/8", or one address.
type cdpPrefixes struct{}

// Type is a list of networks.
func (cdpPrefixes) Type() string { return "string[]" }

// Text is the list in Lua's notation.
func (cdpPrefixes) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads an address, or networks of five bytes each.
func (cdpPrefixes) Get(_, b []byte) packet.Value {
	list := []packet.Value{}
	if len(b) == 4 {
		return append(list, netip.AddrFrom4([4]byte(b)).String())
	}
	for len(b) >= 5 && b[4] <= 32 {
		list, b = append(list, fmt.Sprintf("%v/%d", netip.AddrFrom4([4]byte(b[:4])), b[4])), b[5:]
	}
	if len(b) > 0 {
		list = append(list, string(b))
	}
	return list
}

// Put writes them.
func (cdpPrefixes) Put(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of IPv4 networks")
	}
	for _, e := range list {
		s, _ := e.(string)
		if p, err := netip.ParsePrefix(s); err == nil && p.Addr().Is4() {
			dst = append(append(dst, p.Addr().AsSlice()...), byte(p.Bits()))
		} else if a, err := cdpAddress(e); err == nil && a.Is4() {
			dst = append(dst, a.AsSlice()...)
		} else if s != "" && inBinary(s) {
			dst = append(dst, s...)
		} else {
			return dst, errors.New("list of IPv4 networks")
		}
	}
	return dst, nil
}
