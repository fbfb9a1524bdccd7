package layers

import (
	"errors"
	"strings"

	"moonwire/host/packet"
)

// domains is a list of domain names as DNS writes them, without compression (RFC 8106 section 5.2).
type domains struct{}

func (domains) Type() string               { return "string[]" }
func (domains) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads names up to the first byte that is no more than padding.
func (domains) Get(_, b []byte) packet.Value {
	list, labels := []packet.Value{}, []string(nil)
	for len(b) > 0 {
		switch n := int(b[0]); {
		case n == 0 && labels == nil:
			return list
		case n == 0:
			list, labels, b = append(list, strings.Join(labels, ".")), nil, b[1:]
		case n > 63 || n >= len(b):
			return append(list, string(b))
		default:
			labels, b = append(labels, string(b[1:n+1])), b[n+1:]
		}
	}
	return list
}

// Put writes the names.
func (domains) Put(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return dst, errors.New("list of domain names")
	}
	for _, e := range list {
		name, _ := e.(string)
		for _, label := range strings.Split(strings.TrimSuffix(name, "."), ".") {
			if label == "" || len(label) > 63 {
				return dst, errors.New("list of domain names of labels of 1 to 63 bytes")
			}
			dst = append(append(dst, byte(len(label))), label...)
		}
		dst = append(dst, 0)
	}
	return dst, nil
}

// prefix64 is the first half of an IPv6 address, the rest of which is zeros (RFC 4191 section 2.3).
type prefix64 struct{}

func (prefix64) Type() string               { return "string" }
func (prefix64) Text(v packet.Value) string { return addressText(v) }

func (prefix64) Get(_, b []byte) packet.Value {
	var whole [16]byte
	copy(whole[:], b)
	return packet.IPv6.Get(nil, whole[:])
}

func (prefix64) Put(dst []byte, v packet.Value) ([]byte, error) {
	b, err := packet.IPv6.Put(nil, v)
	if err != nil {
		return dst, err
	}
	return append(dst, b[:8]...), nil
}
