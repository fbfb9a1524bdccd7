package layers

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// The kinds of fields of protocols that are no row of fields, whose values Protocol.Foreign reads and Protocol.Write writes.

// plainKind is values of a type in LuaLS notation.
type plainKind string

func (k plainKind) Type() string               { return string(k) }
func (k plainKind) Text(v packet.Value) string { return packet.TextOf(v) }

// Get is not how such a field is read.
func (plainKind) Get(_, b []byte) packet.Value { return string(b) }

// Put is not how such a field is written.
func (plainKind) Put(dst []byte, _ packet.Value) ([]byte, error) {
	return dst, errors.New("a field that stands in bytes of its own")
}

// namedKind is numbers that have names.
type namedKind struct {
	plainKind
	enum *packet.Enum
}

// numbersNamed makes a namedKind.
func numbersNamed(names map[uint64]string) namedKind {
	return namedKind{"integer|string", packet.Named(names)}
}

// Text is the name and the number.
func (k namedKind) Text(v packet.Value) string {
	n, ok := v.(uint64)
	if name := k.enum.Names[n]; ok && name != "" {
		return fmt.Sprintf("%s (%d)", name, n)
	}
	return packet.TextOf(v)
}
