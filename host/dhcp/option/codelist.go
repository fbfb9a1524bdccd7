package option

import (
	"fmt"

	"moonwire/host/packet"
)

// codeOf is the code of an option, by its name where it has one.
type codeOf struct{}

func (codeOf) Type() string { return "string|integer" }
func (codeOf) Size() int    { return 1 }

func (codeOf) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 1 {
		return nil, 0, tooShort("a code", 1, 0)
	}
	if o := ByCode(b[0]); o != nil {
		return o.Name, 1, nil
	}
	return uint64(b[0]), 1, nil
}

func (codeOf) Append(dst []byte, v packet.Value) ([]byte, error) {
	code, err := Code(v)
	if err != nil {
		return dst, err
	}
	return append(dst, code), nil
}

// Code is the code that a name or a number stands for.
func Code(v packet.Value) (uint8, error) {
	if s, ok := v.(string); ok {
		if o := ByName(s); o != nil {
			return o.Code, nil
		}
	}
	if n, ok := asUint(v); ok && n <= 255 {
		return uint8(n), nil
	}
	if s, ok := v.(string); ok {
		return 0, Unknown(s)
	}
	return 0, unexpected("name or code of an option", v)
}

// Unknown is the error for a name that no option has.
func Unknown(name string) error {
	if near := Nearest(name); near != "" {
		return fmt.Errorf("there is no option '%s' (did you mean '%s'?)", name, near)
	}
	return fmt.Errorf("there is no option '%s'", name)
}
