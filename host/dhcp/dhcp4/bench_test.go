package dhcp4_test

import (
	"net/netip"
	"testing"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// request is what a client sends.
func request() []byte {
	m := dhcp4.New(dhcp4.Request, 1, mac)
	m.Set(option.ClientIdentifier, append([]byte{1}, mac...))
	m.SetAddr(option.RequestedAddress, netip.MustParseAddr("10.0.0.5"))
	m.SetAddr(option.ServerIdentifier, netip.MustParseAddr("10.0.0.1"))
	m.SetUint16(option.MaxMessageSize, 1500)
	m.SetText(option.VendorClass, "dhcpcd-9.4.1:Linux")
	m.SetText(option.HostName, "pc")
	m.Set(option.ParameterRequestList, []byte{1, 121, 33, 3, 6, 12, 15, 26, 28, 42, 51, 54, 58, 59, 119})
	b, _ := m.Encode()
	return b
}

func BenchmarkDecode(b *testing.B) {
	wire := request()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dhcp4.Decode(wire); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer is what a server does for a request, its own state aside.
func BenchmarkAnswer(b *testing.B) {
	wire := request()
	mask, router, dns := []byte{255, 255, 255, 0}, []byte{10, 0, 0, 1}, []byte{10, 0, 0, 53, 10, 0, 0, 54}
	out := make([]byte, 0, 600)
	b.ReportAllocs()
	for b.Loop() {
		m, err := dhcp4.Decode(wire)
		if err != nil {
			b.Fatal(err)
		}
		a := m.Answer(dhcp4.Ack)
		a.YIAddr = m.Addr(option.RequestedAddress)
		a.SetAddr(option.ServerIdentifier, m.Addr(option.ServerIdentifier))
		a.SetUint32(option.LeaseTime, 3600)
		a.SetUint32(option.RenewalTime, 1800)
		a.SetUint32(option.RebindingTime, 3150)
		a.Set(option.SubnetMask, mask)
		a.Set(option.Router, router)
		a.Set(option.DomainNameServer, dns)
		if out, err = a.Append(out[:0]); err != nil {
			b.Fatal(err)
		}
	}
}
