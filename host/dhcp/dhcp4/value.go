package dhcp4

import (
	"fmt"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// Value is what an option says; nil when there is none. Of data that aren't what the code says it is what could be read, or
// the bytes.
func (m *Message) Value(code uint8) packet.Value {
	data, ok := m.Get(code)
	if !ok {
		return nil
	}
	v, _ := valueOf(code, data)
	return v
}

// Value is what the option says by itself, and why that is less than its data.
func (o *Option) Value() (packet.Value, error) { return valueOf(o.Code, o.Data) }

// valueOf is what data say, and whether they are what the code says.
func valueOf(code uint8, data []byte) (packet.Value, error) {
	v, err := option.Decode(option.KindOf(code), data)
	if v == nil {
		v = string(data)
	}
	return v, err
}

// SetValue sets an option; nil removes it. Its error says what was expected.
func (m *Message) SetValue(code uint8, v packet.Value) error {
	if v == nil {
		m.Set(code, nil)
		return nil
	}
	data, err := DataOf(code, v)
	if err == nil {
		m.Set(code, data)
	}
	return err
}

// DataOf is a value as the data of an option.
func DataOf(code uint8, v packet.Value) ([]byte, error) {
	if code == option.Pad || code == option.End {
		return nil, fmt.Errorf("%s has no value", option.NameOf(code))
	}
	data, err := option.Encode(option.KindOf(code), v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", option.NameOf(code), err)
	}
	return data, nil
}
