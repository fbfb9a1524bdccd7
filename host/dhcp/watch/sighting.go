package watch

import (
	"net"
	"net/netip"
	"time"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcp6"
)

// A Sighting is one message as it passed a link. One of V4 and V6 is there.
type Sighting struct {
	Time     time.Time
	SrcMAC   net.HardwareAddr // of the frame; nil where it has none
	DstMAC   net.HardwareAddr
	Src, Dst netip.AddrPort // of the datagram; zero where they aren't known
	V4       *dhcp4.Message
	V6       *dhcp6.Message
}

// Type is the kind of the message, as "discover". Of one from a relay agent it is that of the message inside.
func (s *Sighting) Type() string {
	switch {
	case s.V4 != nil:
		return s.V4.Type().String()
	case s.V6 != nil:
		inner, _ := unwrap(s.V6)
		return inner.Type.String()
	}
	return ""
}

// A Claim is a host that says an address is its own, by ARP or neighbour discovery.
type Claim struct {
	Time    time.Time
	MAC     net.HardwareAddr
	Address netip.Addr
}
