package node_test

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node"
)

// TestForward6 sends a packet through a router, which changes its hop limit only (RFC 8200 section 3).
func TestForward6(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1500)
	sent := ip6(nearAddr6, farAddr6, 17, 64, udp(9, 30))
	c.send(sent)
	got := c.far.take()
	want := bytes.Clone(sent)
	want[7]--
	if len(got) != 1 || !bytes.Equal(got[0], want) {
		t.Errorf("got % x, want % x", got, want)
	}
}

// options6 is a header of hop-by-hop options before a payload.
func options6(next byte, options []byte, payload []byte) []byte {
	b := append([]byte{next, 0}, options...)
	for len(b)%8 != 0 {
		b = append(b, 0)
	}
	b[1] = byte(len(b)/8 - 1)
	return append(b, payload...)
}

// TestErrors6 makes packets that get no further, and reads what their sender is told (RFC 4443).
func TestErrors6(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		packet []byte
		typ    byte
		code   byte
		rest   uint32
		from   string
		drop   node.Drop
	}{
		{"hop limit 1", ip6(nearAddr6, farAddr6, 17, 1, udp(9, 9)), 3, 0, 0, "fd01::ff", node.TTLExpired},
		{"no route", ip6(nearAddr6, "2001:db8::1", 17, 64, udp(9, 9)), 1, 0, 0, "fd01::ff", node.NoRoute},
		{"too big", ip6(nearAddr6, farAddr6, 17, 64, udp(9, 1400)), 2, 0, 1300, "fd01::ff", node.TooBig},
		{"a port of the router", sum6(ip6(nearAddr6, "fd01::ff", 17, 64, udp(9, 9))), 1, 4, 0, "fd01::ff", -1},
		{"a header of the router", ip6(nearAddr6, "fd01::ff", 200, 64, make([]byte, 20)), 4, 1, 6, "fd01::ff", -1},
		{"unknown option", ip6(nearAddr6, farAddr6, 0, 64, options6(17, []byte{0x9e, 0}, udp(9, 9))), 4, 2, 42, "fd01::ff", node.BadOption},
		{"from a link-local address", ip6("fe80::9", farAddr6, 17, 64, udp(9, 9)), 1, 2, 0, "", node.LinkLocal},
	} {
		c := newCrossing(t, 1300)
		c.must(c.router.AddNeighbor("eth0", netip.MustParseAddr("fe80::9"), mac("eth0", 9)))
		c.send(tt.packet)
		got := c.near.take()
		if len(got) != 1 || len(c.far.take()) != 0 {
			t.Errorf("%s: the sender got %d packets", tt.name, len(got))
			continue
		}
		body := got[0][40:]
		if body[0] != tt.typ || body[1] != tt.code || binary.BigEndian.Uint32(body[4:]) != tt.rest {
			t.Errorf("%s: got type %d code %d rest %#x", tt.name, body[0], body[1], body[4:8])
		}
		h := header.IPv6(got[0])
		pseudo := header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, h.SourceAddress(), h.DestinationAddress(), uint16(len(body)))
		if checksum.Checksum(body, pseudo) != 0xffff || len(got[0]) > 1280 {
			t.Errorf("%s: the message is unsound: % x", tt.name, got[0])
		}
		if a := netip.AddrFrom16(h.SourceAddress().As16()); tt.from != "" && a.String() != tt.from {
			t.Errorf("%s: the message is from %v, not %s", tt.name, a, tt.from)
		}
		if want := tt.packet[:min(len(tt.packet), 1232)]; !bytes.Equal(body[8:], want) {
			t.Errorf("%s: quoted % x, want % x", tt.name, body[8:], want)
		}
		if tt.drop >= 0 && c.router.Drops()[tt.drop] != 1 {
			t.Errorf("%s: drops are %v", tt.name, c.router.Drops())
		}
	}
}

// sum6 gives a UDP datagram over IPv6 its checksum.
func sum6(b []byte) []byte {
	h := header.IPv6(b)
	sum := header.PseudoHeaderChecksum(header.UDPProtocolNumber, h.SourceAddress(), h.DestinationAddress(), uint16(len(b)-40))
	binary.BigEndian.PutUint16(b[46:], ^checksum.Checksum(b[40:], sum))
	return b
}

// TestSilence6 makes packets that get no further and whose sender must not be told (RFC 4443 section 2.4).
func TestSilence6(t *testing.T) {
	t.Parallel()
	errorMessage := append([]byte{1, 3, 0, 0, 0, 0, 0, 0}, ip6(farAddr6, nearAddr6, 17, 64, udp(9, 0))...)
	later := append([]byte{17, 0, 1, 0, 0, 0, 0, 7}, udp(9, 8)...)
	for _, tt := range []struct {
		name   string
		packet []byte
		drop   node.Drop
	}{
		{"an error", ip6(nearAddr6, farAddr6, 58, 1, errorMessage), node.TTLExpired},
		{"a redirect", ip6(nearAddr6, farAddr6, 58, 1, []byte{137, 0, 0, 0, 0, 0, 0, 0}), node.TTLExpired},
		{"a later fragment", ip6(nearAddr6, farAddr6, 44, 1, later), node.TTLExpired},
		{"no source", ip6("::", farAddr6, 17, 1, udp(9, 8)), node.Martian},
		{"source a group", ip6("ff02::1", farAddr6, 17, 1, udp(9, 8)), node.Martian},
		{"to loopback", ip6(nearAddr6, "::1", 17, 1, udp(9, 8)), node.Martian},
		{"an option to be dropped for", ip6(nearAddr6, farAddr6, 0, 64, options6(17, []byte{0x5e, 0}, udp(9, 8))), node.BadOption},
		{"shorter than it says", ip6(nearAddr6, farAddr6, 17, 64, udp(9, 8))[:50], node.BadHeader},
	} {
		c := newCrossing(t, 1500)
		c.send(tt.packet)
		c.pass(5 * time.Second)
		if near, far := c.near.take(), c.far.take(); len(near)+len(far) != 0 {
			t.Errorf("%s: the sender got % x, the receiver % x", tt.name, near, far)
		}
		if c.router.Drops()[tt.drop] != 1 {
			t.Errorf("%s: drops are %v", tt.name, c.router.Drops())
		}
	}
}
