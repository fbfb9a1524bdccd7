package layers

import (
	"errors"
	"fmt"

	"moonwire/host/dhcp/option"
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

// dhcpValueOf says how an option's values are shown: one by one, where Scapy does.
func dhcpValueOf(o *option.Definition) dhcpValue {
	switch form, size := option.FormOf(o.Kind); form {
	case option.Empty:
		return dhcpNothing
	case option.Addresses:
		return dhcpIPs
	case option.Numbers:
		if o.Code == option.MessageType {
			return dhcpUints(size, dhcpTypes)
		}
		return dhcpUints(size, nil)
	case option.DomainNames:
		return dhcpNames
	case option.RouteList:
		return dhcpRoutes
	case option.SuboptionSet:
		return dhcpRelay
	}
	return dhcpText
}

// dhcpTypes names kinds of messages.
var dhcpTypes = packet.Named(func() map[uint64]string {
	names := map[uint64]string{}
	for i, name := range option.MessageTypes {
		names[uint64(i+1)] = name
	}
	return names
}())

// dhcpUints are numbers of so many bytes.
func dhcpUints(size int, names *packet.Enum) dhcpValue {
	return dhcpEach(size, func(b []byte) packet.Value { return bigEndian(b) },
		func(dst []byte, v packet.Value) ([]byte, error) { return appendNumber(dst, v, size, names) })
}

func getRoutes(b []byte) (values []packet.Value, ok bool) {
	list, err := option.Decode(option.Routes, b)
	if err != nil {
		return nil, len(b) == 0
	}
	for _, r := range list.([]packet.Value) {
		r := r.(packet.Record)
		values = append(values, fmt.Sprintf("%s:%s", r.Get("destination"), r.Get("router")))
	}
	return values, true
}

func putRoutes(dst []byte, values []packet.Value) ([]byte, error) {
	if len(values) == 0 {
		return dst, nil
	}
	dst, err := option.Routes.Append(dst, values)
	if err != nil {
		return dst, errors.New(`route as "10.0.0.0/8:10.1.1.1"`)
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
