package option

import "moonwire/host/packet"

// UserClasses is a list of classes, each with its length (RFC 3004), or as many clients write it, the bare text of one class.
var UserClasses Kind = userClass{List(Counted(1, Text))}

type userClass struct{ Kind }

func (userClass) Type() string { return "string[]|string" }

func (k userClass) Read(b []byte) (packet.Value, int, error) {
	if v, n, err := k.Kind.Read(b); err == nil {
		return v, n, nil
	}
	return Text.Read(b)
}

func (k userClass) Append(dst []byte, v packet.Value) ([]byte, error) {
	if _, ok := v.([]packet.Value); ok {
		return k.Kind.Append(dst, v)
	}
	return Text.Append(dst, v)
}
