package dhcp6

import (
	"fmt"
	"net"

	"moonwire/host/packet"
)

// Bytes is everything to the end. Text is the same, of what people read.
type (
	Bytes struct{}
	Text  struct{}
)

func (Bytes) Read(b []byte) (packet.Value, int, error) { return string(b), len(b), nil }

func (Bytes) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok && v != nil {
		return dst, expected("string", v)
	}
	return append(dst, s...), nil
}

func (Bytes) Type() string { return "string" }

func (Text) Read(b []byte) (packet.Value, int, error) { return Bytes{}.Read(b) }

func (Text) Append(dst []byte, v packet.Value) ([]byte, error) { return Bytes{}.Append(dst, v) }

func (Text) Type() string { return "string" }

// Fixed is so many bytes.
type Fixed struct{ Size int }

func (k Fixed) Read(b []byte) (packet.Value, int, error) {
	if len(b) < k.Size {
		return nil, 0, errShort
	}
	return string(b[:k.Size]), k.Size, nil
}

func (k Fixed) Append(dst []byte, v packet.Value) ([]byte, error) {
	if v == nil {
		return append(dst, make([]byte, k.Size)...), nil
	}
	if s, ok := v.(string); ok && len(s) == k.Size {
		return append(dst, s...), nil
	}
	return dst, expected(fmt.Sprintf("string of %d bytes", k.Size), v)
}

func (Fixed) Type() string { return "string" }

// Counted is bytes behind their number, which has Size bytes.
type Counted struct{ Size int }

func (k Counted) Read(b []byte) (packet.Value, int, error) {
	n, err := readUint(b, k.Size)
	if err != nil || len(b)-k.Size < int(n) {
		return nil, 0, errShort
	}
	return string(b[k.Size : k.Size+int(n)]), k.Size + int(n), nil
}

func (k Counted) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok && v != nil || len(s)>>(8*k.Size) != 0 {
		return dst, expected(fmt.Sprintf("string of at most %d bytes", 1<<(8*k.Size)-1), v)
	}
	return append(appendUint(dst, uint64(len(s)), k.Size), s...), nil
}

func (Counted) Type() string { return "string" }

// Hardware is a link-layer address of any length, to the end, as text.
type Hardware struct{}

func (Hardware) Read(b []byte) (packet.Value, int, error) {
	return net.HardwareAddr(b).String(), len(b), nil
}

func (Hardware) Append(dst []byte, v packet.Value) ([]byte, error) {
	b, ok := hardwareOf(v)
	if !ok {
		return dst, expected("hardware address", v)
	}
	return append(dst, b...), nil
}

func (Hardware) Type() string { return "string" }

func hardwareOf(v packet.Value) ([]byte, bool) {
	switch v := v.(type) {
	case packet.MAC:
		return v[:], true
	case string:
		return hexBytes(v)
	}
	return nil, false
}

// List is values of one kind, to the end. One alone may be written without a list.
type List struct{ Of Kind }

func (k List) Read(b []byte) (packet.Value, int, error) {
	list, at := []packet.Value{}, 0
	for at < len(b) {
		v, n, err := k.Of.Read(b[at:])
		if err != nil {
			return nil, 0, err
		}
		if n == 0 {
			return nil, 0, errShort
		}
		list, at = append(list, v), at+n
	}
	return list, at, nil
}

func (k List) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	list, ok := v.([]packet.Value)
	if !ok && v != nil {
		list = []packet.Value{v}
	}
	for _, one := range list {
		if dst, err = k.Of.Append(dst, one); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func (k List) Type() string { return k.Of.Type() + "[]" }
