package permit

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// FuzzFrames reads frames that may leave with another decoder: what that sees of addresses, protocol and port must lie in
// the grant, in each packet of the packet.
func FuzzFrames(f *testing.F) {
	for _, tt := range frameTests {
		f.Add(unhex(f, tt.frame))
	}
	var policies []*Frames
	for _, text := range []string{"raw on eth0 to 10.0.0.0/24:53/udp; raw on eth0 to fd00::/64:53/udp", "raw on eth0 to 10.0.0.0/24; raw on eth0 to fd00::/64"} {
		policies = append(policies, (&Policy{Allow: grants(f, text)}).Frames("eth0", table))
	}
	denied := (&Policy{All: true, Deny: grants(f, "net 11.0.0.0/8; net 2001:db8::/32")}).Frames("eth0", table)
	f.Fuzz(func(t *testing.T, frame []byte) {
		var seen gopacket.Packet
		decode := func() gopacket.Packet {
			if seen == nil {
				seen = gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.DecodeOptions{NoCopy: true})
			}
			return seen
		}
		for i, frames := range policies {
			if frames.Check(frame) == nil {
				judge(t, decode(), i == 0)
			}
		}
		if denied.Check(frame) == nil {
			judgeDenied(t, decode())
		}
	})
}

// judgeDenied looks for destinations that nobody may reach.
func judgeDenied(t *testing.T, p gopacket.Packet) {
	far := []netip.Prefix{netip.MustParsePrefix("11.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")}
	for _, l := range p.Layers() {
		var dst []byte
		switch l := l.(type) {
		case *layers.GTPv1U:
			if l.Version != 1 || l.ProtocolType != 1 || l.MessageType != 255 {
				return
			}
		case *layers.IPv4:
			dst = l.DstIP.To4()
		case *layers.IPv6:
			dst = l.DstIP.To16()
		}
		if a, ok := netip.AddrFromSlice(dst); ok && (far[0].Contains(a) || far[1].Contains(a)) {
			t.Errorf("destination %s was let through", a)
		}
	}
}

// judge looks at each layer that gopacket sees. Where ports are bounded, DNS by UDP is all that may be there.
func judge(t *testing.T, p gopacket.Packet, ports bool) {
	near := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("fd00::/64")}
	own := []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("fd00::1"), netip.MustParseAddr("fe80::1"),
		netip.IPv4Unspecified(), netip.IPv6Unspecified()}
	towards := func(what string, b []byte) {
		a, ok := netip.AddrFromSlice(b)
		if !ok || !near[0].Contains(a) && !near[1].Contains(a) {
			t.Errorf("%s %s was let through", what, a)
		}
	}
	from := func(b []byte) {
		a, _ := netip.AddrFromSlice(b)
		for _, o := range own {
			if a == o {
				return
			}
		}
		t.Errorf("source %s was let through", a)
	}
	discovers, later := false, false
	for _, l := range p.Layers() {
		if m, ok := l.(*layers.ICMPv6); ok && m.TypeCode.Type() == layers.ICMPv6TypeNeighborSolicitation {
			discovers = true // its destination follows from whom it asks for, which is looked at below
		}
	}
	for _, l := range p.Layers() {
		switch l := l.(type) {
		case *layers.GTPv1U:
			if l.Version != 1 || l.ProtocolType != 1 || l.MessageType != 255 {
				return // which carries no packet, whatever gopacket makes of it
			}
		case *layers.Ethernet:
			if src := l.SrcMAC.String(); src != "02:00:00:00:00:01" && src != "00:00:00:00:00:00" && p.Layers()[0] == gopacket.Layer(l) {
				t.Errorf("hardware address %s was let through", src)
			}
		case *layers.IPv4:
			from(l.SrcIP.To4())
			towards("destination", l.DstIP.To4())
			later = l.FragOffset != 0
		case *layers.IPv6:
			from(l.SrcIP.To16())
			if !discovers && p.ErrorLayer() == nil {
				towards("destination", l.DstIP.To16())
			}
		case *layers.IPv6Fragment:
			later = l.FragmentOffset != 0
		case *layers.IPv6Routing:
			for _, a := range l.SourceRoutingIPs {
				towards("station", a.To16())
			}
		case *layers.ARP:
			from(l.SourceProtAddress)
			towards("question", l.DstProtAddress)
		case *layers.ICMPv6NeighborSolicitation:
			towards("question", l.TargetAddress.To16())
		case *layers.ICMPv6NeighborAdvertisement:
			from(l.TargetAddress.To16())
		case *layers.UDP:
			if b := l.LayerContents(); ports && !later && len(b) >= 4 && binary.BigEndian.Uint16(b[2:]) != 53 {
				t.Errorf("port %d was let through", l.DstPort)
			}
		case *layers.TCP, *layers.SCTP, *layers.ICMPv4, *layers.UDPLite:
			if ports && !later {
				t.Errorf("%s was let through", l.LayerType())
			}
		}
	}
}
