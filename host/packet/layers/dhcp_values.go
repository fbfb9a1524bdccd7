package layers

import (
	"errors"
	"fmt"
	"net/netip"

	"moonwire/host/packet"
)

// A dhcpValue says how an option's bytes are values. get answers nil with ok false for bytes that aren't such values.
type dhcpValue struct {
	get func(b []byte) (values []packet.Value, ok bool)
	put func(dst []byte, values []packet.Value) ([]byte, error)
}

// dhcpEach makes a dhcpValue of one value of a fixed size, as often as there is room.
func dhcpEach(size int, get func(b []byte) packet.Value, put func(dst []byte, v packet.Value) ([]byte, error)) dhcpValue {
	return dhcpValue{
		func(b []byte) (values []packet.Value, ok bool) {
			for ; len(b) >= size; b = b[size:] {
				values = append(values, get(b[:size]))
			}
			return values, len(b) == 0
		},
		func(dst []byte, values []packet.Value) (_ []byte, err error) {
			for _, v := range values {
				if dst, err = put(dst, v); err != nil {
					return dst, err
				}
			}
			return dst, nil
		},
	}
}

var (
	// dhcpIPs are IPv4 addresses.
	dhcpIPs = dhcpEach(4, func(b []byte) packet.Value { return packet.IPv4.Get(nil, b) }, packet.IPv4.Put)

	// dhcpText is one string of bytes.
	dhcpText = dhcpValue{
		func(b []byte) ([]packet.Value, bool) { return []packet.Value{string(b)}, true },
		func(dst []byte, values []packet.Value) (_ []byte, err error) {
			for _, v := range values {
				if dst, err = packet.Bytes.Put(dst, v); err != nil {
					return dst, err
				}
			}
			return dst, nil
		},
	}

	// dhcpNothing is no value.
	dhcpNothing = dhcpValue{
		func(b []byte) ([]packet.Value, bool) { return nil, len(b) == 0 },
		func(dst []byte, values []packet.Value) ([]byte, error) {
			if len(values) > 0 {
				return dst, errors.New("nothing")
			}
			return dst, nil
		},
	}

	// dhcpNames are names, which may be compressed within the option (RFC 3397).
	dhcpNames = dhcpValue{
		func(b []byte) (values []packet.Value, ok bool) {
			for at := 0; at < len(b); {
				name, next, err := dnsName(b, at)
				if err != nil {
					return nil, false
				}
				values, at = append(values, name), next
			}
			return values, true
		},
		func(dst []byte, values []packet.Value) (_ []byte, err error) {
			for _, v := range values {
				if dst, err = putName(dst, v); err != nil {
					return dst, err
				}
			}
			return dst, nil
		},
	}

	// dhcpRoutes are as "10.0.0.0/8:10.1.1.1", net and router (RFC 3442).
	dhcpRoutes = dhcpValue{getRoutes, putRoutes}

	// dhcpRelay are as {1, "port 3"}, {2, "switch"}, the circuit and the remote side (RFC 3046).
	dhcpRelay = dhcpValue{getSuboptions, putSuboptions}
)

// dhcpUints are numbers of so many bytes.
func dhcpUints(size int, names *packet.Enum) dhcpValue {
	return dhcpEach(size, func(b []byte) packet.Value { return bigEndian(b) },
		func(dst []byte, v packet.Value) ([]byte, error) { return appendNumber(dst, v, size, names) })
}

func getRoutes(b []byte) (values []packet.Value, ok bool) {
	for len(b) > 0 {
		size := int(b[0]+7) / 8
		if b[0] > 32 || len(b) < 5+size {
			return nil, false
		}
		var net [4]byte
		copy(net[:], b[1:1+size])
		router := netip.AddrFrom4([4]byte(b[1+size : 5+size]))
		values = append(values, fmt.Sprintf("%s/%d:%s", netip.AddrFrom4(net), b[0], router))
		b = b[5+size:]
	}
	return values, true
}

func putRoutes(dst []byte, values []packet.Value) ([]byte, error) {
	for _, v := range values {
		s, _ := v.(string)
		at := len(s)
		for i := range s {
			if s[i] == ':' {
				at = i
				break
			}
		}
		net, err := netip.ParsePrefix(s[:at])
		if err != nil || at == len(s) || !net.Addr().Is4() {
			return dst, errors.New(`route as "10.0.0.0/8:10.1.1.1"`)
		}
		router, err := netip.ParseAddr(s[at+1:])
		if err != nil || !router.Is4() {
			return dst, errors.New(`route as "10.0.0.0/8:10.1.1.1"`)
		}
		dst = append(append(dst, byte(net.Bits())), net.Addr().AsSlice()[:(net.Bits()+7)/8]...)
		dst = append(dst, router.AsSlice()...)
	}
	return dst, nil
}

func getSuboptions(b []byte) (values []packet.Value, ok bool) {
	for len(b) > 0 {
		if len(b) < 2 || len(b) < 2+int(b[1]) {
			return nil, false
		}
		values = append(values, []packet.Value{uint64(b[0]), string(b[2 : 2+int(b[1])])})
		b = b[2+int(b[1]):]
	}
	return values, true
}

func putSuboptions(dst []byte, values []packet.Value) (_ []byte, err error) {
	for _, v := range values {
		if s, ok := v.(string); ok {
			dst = append(dst, s...)
			continue
		}
		pair, _ := v.([]packet.Value)
		if len(pair) != 2 {
			return dst, errors.New(`sub-option as {1, "circuit"}`)
		}
		if dst, err = appendNumber(dst, pair[0], 1, nil); err != nil {
			return dst, err
		}
		if dst, err = appendCounted(dst, pair[1], 1); err != nil {
			return dst, err
		}
	}
	return dst, nil
}
