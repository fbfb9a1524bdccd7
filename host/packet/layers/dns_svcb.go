package layers

import (
	"errors"

	"moonwire/host/packet"
)

// svcKeys names the parameters of SVCB and HTTPS records (RFC 9460 section 14.3.2).
var svcKeys = packet.Named(map[uint64]string{
	0: "mandatory", 1: "alpn", 2: "no-default-alpn", 3: "port", 4: "ipv4hint", 5: "ech", 6: "ipv6hint", 7: "dohpath",
})

// svcNumber is a parameter's key.
var svcNumber = uintPart("key", 2, 0, svcKeys)

// svcValues says how the values of the parameters are written: one after the other to the end.
var svcValues = map[uint64]part{
	0: uintPart("mandatory", 2, 0, svcKeys),
	1: stringPart("alpn"),
	3: uintPart("port", 2, 0, nil),
	4: kindPart("ipv4hint", 4, packet.IPv4, nil),
	6: kindPart("ipv6hint", 16, packet.IPv6, nil),
}

// paramsPart is the parameters of an SVCB record (RFC 9460 section 2.2): {"alpn", "h2", "h3"}, {"port", 443}.
func paramsPart(name string) part {
	return part{name, []packet.Value{},
		func(in cut) (packet.Value, int, error) {
			list := []packet.Value{}
			for in.at < in.end {
				key, at, err := svcNumber.get(in)
				if err != nil {
					return nil, 0, err
				}
				_, next, err := counted(cut{in.msg, at, in.end, 0}, 2)
				if err != nil {
					return nil, 0, err
				}
				n := key.(uint64)
				list = append(list, append([]packet.Value{svcKey(n)}, svcParam(n, in.msg[at+2:next])...))
				in.at = next
			}
			return list, in.at, nil
		},
		putParams,
	}
}

// svcKey is a parameter's name, or its number.
func svcKey(key uint64) packet.Value {
	if name, ok := svcKeys.Names[key]; ok {
		return name
	}
	return key
}

// svcParam reads a parameter's values; as one string when they aren't what the key says.
func svcParam(key uint64, b []byte) []packet.Value {
	whole := []packet.Value{string(b)}
	one, ok := svcValues[key]
	if len(b) == 0 {
		return nil
	}
	if !ok {
		return whole
	}
	var values []packet.Value
	for at := 0; at < len(b); {
		v, next, err := one.get(cut{b, at, len(b), 0})
		if err != nil {
			return whole
		}
		values, at = append(values, v), next
	}
	if _, err := exact(values, b, func(dst []byte, _ packet.Value) ([]byte, error) { return putSvcValues(dst, key, values) }); err != nil {
		return whole
	}
	return values
}

// putSvcValues writes the values of a parameter; what isn't one of its values stands as the bytes it is.
func putSvcValues(dst []byte, key uint64, values []packet.Value) ([]byte, error) {
	one, ok := svcValues[key]
	for _, v := range values {
		b, err := []byte(nil), errors.New("")
		if ok {
			b, err = one.put(nil, v)
		}
		if s, isText := v.(string); err != nil && isText {
			b, err = []byte(s), nil
		}
		if err != nil {
			return dst, err
		}
		dst = append(dst, b...)
	}
	return dst, nil
}

func putParams(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return packet.Bytes.Put(dst, v)
	}
	want := errors.New(`list of parameters, as {"port", 443}`)
	for _, e := range list {
		param, ok := e.([]packet.Value)
		if !ok || len(param) == 0 {
			return dst, want
		}
		key, ok := svcKeys.Number(param[0], 16)
		if !ok || key > 0xffff {
			return dst, want
		}
		b, err := putSvcValues(nil, key, param[1:])
		if err != nil || len(b) > 0xffff {
			return dst, want
		}
		dst = append(append(dst, byte(key>>8), byte(key), byte(len(b)>>8), byte(len(b))), b...)
	}
	return dst, nil
}
