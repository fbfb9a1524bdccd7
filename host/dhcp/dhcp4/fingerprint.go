package dhcp4

import (
	"strings"

	"moonwire/host/dhcp/option"
)

// A Fingerprint is what tells implementations apart: what they put into a message, and in which order.
type Fingerprint struct {
	Type        Type
	Order       []uint8 // codes of the options as they stand, without pads and end
	Request     []uint8 // option 55
	VendorClass string  // option 60
	HostName    string  // option 12
	MaxSize     uint16  // option 57; 0 when there is none
	HasEnd      bool
}

// Fingerprint reads what tells the sender's implementation.
func (m *Message) Fingerprint() Fingerprint {
	f := Fingerprint{Type: m.Type(), VendorClass: m.Text(option.VendorClass), HostName: m.Text(option.HostName)}
	for i := range m.Options {
		switch code := m.Options[i].Code; code {
		case option.Pad:
		case option.End:
			f.HasEnd = true
		default:
			f.Order = append(f.Order, code)
		}
	}
	f.Request, _ = m.Get(option.ParameterRequestList)
	f.MaxSize, _ = m.Uint16(option.MaxMessageSize)
	return f
}

// Codes writes codes of options as fingerprints do: "1,3,6,15".
func Codes(list []uint8) string {
	var b strings.Builder
	for i, c := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(itoa(c))
	}
	return b.String()
}

// String is order, list 55 and class 60, parted by semicolons.
func (f Fingerprint) String() string {
	return Codes(f.Order) + ";" + Codes(f.Request) + ";" + f.VendorClass
}
