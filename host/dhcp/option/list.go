package option

import (
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// List is values of a kind one after another to the end of the bytes. Written, it may be one value that is no list.
func List(of Kind) Kind { return list{of, 1} }

// ListOrNone is a List that may be empty.
func ListOrNone(of Kind) Kind { return list{of, 0} }

type list struct {
	of  Kind
	min int
}

func (k list) Type() string { return listType(k.of) }
func (list) Size() int      { return 0 }

// listType is the type of a list of values of a kind.
func listType(of Kind) string {
	t := of.Type()
	if strings.Contains(t, "|") && !strings.HasPrefix(t, "{") {
		t = "(" + t + ")"
	}
	return t + "[]"
}

func (k list) Read(b []byte) (packet.Value, int, error) {
	values, at := make([]packet.Value, 0, k.room(b)), 0
	for at < len(b) {
		v, n, err := k.of.Read(b[at:])
		if err != nil {
			if n == 0 {
				return atLeastOne(values), at, elementError(len(values), err)
			}
			return append(values, v), at + n, elementError(len(values), err)
		}
		values = append(values, v)
		if at += n; n == 0 {
			break
		}
	}
	if len(values) < k.min {
		return nil, at, fmt.Errorf("a list of %d or more is empty", k.min)
	}
	return values, at, nil
}

// room is how many values of a fixed size the bytes have.
func (k list) room(b []byte) int {
	if n := k.of.Size(); n > 0 {
		return len(b) / n
	}
	return 1
}

// atLeastOne is a list that could be read in part; nil when nothing could.
func atLeastOne(values []packet.Value) packet.Value {
	if len(values) == 0 {
		return nil
	}
	return values
}

// elementError says which value of a list an error is about.
func elementError(i int, err error) error { return fmt.Errorf("[%d]: %w", i+1, err) }

func (k list) Append(dst []byte, v packet.Value) (_ []byte, err error) {
	values, ok := v.([]packet.Value)
	if !ok {
		return k.of.Append(dst, v)
	}
	if len(values) < k.min {
		return dst, unexpected("a list of one value or more", v)
	}
	for i, e := range values {
		if dst, err = k.of.Append(dst, e); err != nil {
			return dst, elementError(i, err)
		}
	}
	return dst, nil
}

// Counted is a value with its length before it, in so many bytes.
func Counted(size int, of Kind) Kind { return counted{size, of} }

type counted struct {
	size int
	of   Kind
}

func (k counted) Type() string { return k.of.Type() }
func (counted) Size() int      { return 0 }

func (k counted) Read(b []byte) (packet.Value, int, error) {
	if len(b) < k.size {
		return nil, 0, tooShort("a length", k.size, len(b))
	}
	n := bigEndian(b[:k.size])
	if uint64(len(b)-k.size) < n {
		return nil, 0, fmt.Errorf("a length of %d, but %s follow", n, bytesText(len(b)-k.size))
	}
	v, err := Decode(k.of, b[k.size:k.size+int(n)])
	return v, k.size + int(n), err
}

func (k counted) Append(dst []byte, v packet.Value) ([]byte, error) {
	start := len(dst)
	dst = appendUint(dst, 0, k.size)
	dst, err := k.of.Append(dst, v)
	if err != nil {
		return dst[:start], err
	}
	n := len(dst) - start - k.size
	if n >= 1<<(8*k.size) {
		return dst[:start], fmt.Errorf("value of at most %d bytes expected, got %d", 1<<(8*k.size)-1, n)
	}
	appendUint(dst[:start], uint64(n), k.size)
	return dst, nil
}

// Nothing is no bytes: the option says all by being there.
var Nothing Kind = nothing{}

type nothing struct{}

func (nothing) Type() string { return "boolean" }
func (nothing) Size() int    { return 0 }

func (nothing) Read(b []byte) (packet.Value, int, error) { return true, 0, nil }

func (nothing) Append(dst []byte, v packet.Value) ([]byte, error) {
	if v != true && v != "" {
		return dst, unexpected("true", v)
	}
	return dst, nil
}
