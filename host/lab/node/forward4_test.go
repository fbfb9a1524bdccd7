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

// TestForward4 sends a packet through a router, which changes its TTL and checksum only (RFC 1812 section 5.2).
func TestForward4(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1500)
	for id := range uint16(300) { // checksums of all kinds
		sent := ip4(nearAddr, farAddr, 17, udp(9, 30), func(h header.IPv4) { h.SetID(id * 251) })
		c.send(append(sent, 0, 0, 0)) // padded by the link
		got := c.far.take()
		if len(got) != 1 {
			t.Fatalf("%d packets came out", len(got))
		}
		sound4(t, got[0])
		want := bytes.Clone(sent)
		want[8]--
		copy(want[10:12], got[0][10:12])
		if !bytes.Equal(got[0], want) {
			t.Fatalf("got % x, want % x", got[0], want)
		}
	}
	if got := c.near.take(); len(got) != 0 {
		t.Errorf("the sender was told: % x", got)
	}
}

// TestErrors4 makes packets that get no further, and reads what their sender is told.
func TestErrors4(t *testing.T) {
	t.Parallel()
	long := ip4(nearAddr, farAddr, 17, udp(9, 1400), flags(header.IPv4FlagDontFragment, 0))
	for _, tt := range []struct {
		name   string
		packet []byte
		typ    byte
		code   byte
		rest   uint32
		from   string
		drop   node.Drop
	}{
		{"TTL 1", ip4(nearAddr, farAddr, 17, udp(9, 9), ttl(1)), 11, 0, 0, "10.0.1.254", node.TTLExpired},
		{"TTL 0", ip4(nearAddr, farAddr, 17, udp(9, 9), ttl(0)), 11, 0, 0, "10.0.1.254", node.TTLExpired},
		{"no route", ip4(nearAddr, "192.0.2.1", 17, udp(9, 9)), 3, 0, 0, "10.0.1.254", node.NoRoute},
		{"too big", long, 3, 4, 1300, "10.0.1.254", node.TooBig},
		{"a port of the router", ip4(nearAddr, "10.0.1.254", 17, udp(9, 900)), 3, 3, 0, "10.0.1.254", -1},
		{"a port of its far side", ip4(nearAddr, "10.0.2.254", 17, udp(9, 9)), 3, 3, 0, "10.0.2.254", -1},
		{"a protocol of the router", ip4(nearAddr, "10.0.1.254", 253, make([]byte, 20)), 3, 2, 0, "10.0.1.254", -1},
		{"half an option", withOptions(ip4(nearAddr, farAddr, 17, udp(9, 9)), 7, 200, 4, 0), 12, 0, 20 << 24, "10.0.1.254", node.BadOption},
	} {
		c := newCrossing(t, 1300)
		c.send(tt.packet)
		got := c.near.take()
		if len(got) != 1 || len(c.far.take()) != 0 {
			t.Errorf("%s: the sender got %d packets", tt.name, len(got))
			continue
		}
		sound4(t, got[0])
		h := header.IPv4(got[0])
		body := got[0][20:]
		if body[0] != tt.typ || body[1] != tt.code || binary.BigEndian.Uint32(body[4:]) != tt.rest {
			t.Errorf("%s: got type %d code %d rest %#x", tt.name, body[0], body[1], body[4:8])
		}
		if checksum.Checksum(body, 0) != 0xffff || h.Protocol() != 1 || len(got[0]) > 576 {
			t.Errorf("%s: the message is unsound: % x", tt.name, got[0])
		}
		if tos, _ := h.TOS(); tos != 0xc0 {
			t.Errorf("%s: the message's precedence is %#x (RFC 1812 section 4.3.2.5)", tt.name, tos)
		}
		if a := netip.AddrFrom4(h.SourceAddress().As4()); a.String() != tt.from {
			t.Errorf("%s: the message is from %v, not %s", tt.name, a, tt.from)
		}
		if want := tt.packet[:min(len(tt.packet), 548)]; !bytes.Equal(body[8:], want) {
			t.Errorf("%s: quoted % x, want % x", tt.name, body[8:], want)
		}
		if tt.drop >= 0 && c.router.Drops()[tt.drop] != 1 {
			t.Errorf("%s: drops are %v", tt.name, c.router.Drops())
		}
	}
}

// TestSilence4 makes packets that get no further and whose sender must not be told (RFC 1812 section 4.3.2.7).
func TestSilence4(t *testing.T) {
	t.Parallel()
	errorMessage := append([]byte{3, 1, 0, 0, 0, 0, 0, 0}, ip4(farAddr, nearAddr, 17, udp(9, 0))...)
	broadcast := []byte{255, 255, 255, 255, 255, 255}
	for _, tt := range []struct {
		name   string
		packet []byte
		frame  []byte
		drop   node.Drop
	}{
		{"an error", ip4(nearAddr, farAddr, 1, errorMessage, ttl(1)), nil, node.TTLExpired},
		{"an unknown ICMP type", ip4(nearAddr, farAddr, 1, []byte{99, 0, 0, 0, 0, 0, 0, 0}, ttl(1)), nil, node.TTLExpired},
		{"a later fragment", ip4(nearAddr, farAddr, 17, udp(9, 8), ttl(1), flags(0, 64)), nil, node.TTLExpired},
		{"a broadcast frame", ip4(nearAddr, farAddr, 17, udp(9, 8), ttl(1)), broadcast, node.LinkBroadcast},
		{"no source", ip4("0.0.0.0", farAddr, 17, udp(9, 8), ttl(1)), nil, node.Martian},
		{"source a group", ip4("224.0.0.5", farAddr, 17, udp(9, 8), ttl(1)), nil, node.Martian},
		{"source loopback", ip4("127.0.0.1", farAddr, 17, udp(9, 8)), nil, node.Martian},
		{"source the router", ip4("10.0.1.254", farAddr, 17, udp(9, 8)), nil, node.Martian},
		{"source a broadcast", ip4("10.0.1.255", farAddr, 17, udp(9, 8), ttl(1)), nil, node.TTLExpired},
		{"to loopback", ip4(nearAddr, "127.0.0.1", 17, udp(9, 8)), nil, node.Martian},
		{"to class E", ip4(nearAddr, "240.0.0.1", 17, udp(9, 8)), nil, node.Martian},
		{"link-local", ip4("169.254.1.1", farAddr, 17, udp(9, 8)), nil, node.LinkLocal},
		{"source route", withOptions(ip4(nearAddr, farAddr, 17, udp(9, 8)), 131, 7, 4, 10, 0, 2, 1, 0), nil, node.SourceRouted},
		{"wrong checksum", spoil(ip4(nearAddr, farAddr, 17, udp(9, 8)), 10), nil, node.BadHeader},
		{"wrong version", spoil(ip4(nearAddr, farAddr, 17, udp(9, 8)), 0), nil, node.BadHeader},
		{"shorter than it says", ip4(nearAddr, farAddr, 17, udp(9, 8), func(h header.IPv4) { h.SetTotalLength(99) }), nil, node.BadHeader},
		{"a group that nobody joined", ip4(nearAddr, "239.1.2.3", 17, udp(9, 8)), []byte{1, 0, 0x5e, 1, 2, 3}, -1},
		{"a broadcast of the far link", ip4(nearAddr, "10.0.2.255", 17, udp(9, 8)), nil, -1},
		{"everybody", ip4(nearAddr, "255.255.255.255", 17, udp(9, 8)), broadcast, -1},
		{"an echo request to the near link", ip4(nearAddr, "10.0.1.255", 1, []byte{8, 0, 0xf7, 0xff, 0, 0, 0, 0}), broadcast, -1},
		{"an echo request to all", ip4(nearAddr, "224.0.0.1", 1, []byte{8, 0, 0xf7, 0xff, 0, 0, 0, 0}), []byte{1, 0, 0x5e, 0, 0, 1}, -1},
		{"another host's frame", ip4(nearAddr, farAddr, 17, udp(9, 8)), mac("other", 1), node.NotForUs},
	} {
		c := newCrossing(t, 1500)
		if tt.frame == nil {
			tt.frame = mac("R1", 0)
		}
		c.frame(tt.frame, tt.packet)
		c.pass(5 * time.Second)
		if near, far := c.near.take(), c.far.take(); len(near)+len(far) != 0 {
			t.Errorf("%s: the sender got % x, the receiver % x", tt.name, near, far)
		}
		if tt.drop >= 0 && c.router.Drops()[tt.drop] != 1 {
			t.Errorf("%s: drops are %v", tt.name, c.router.Drops())
		}
	}
}

// spoil changes one byte.
func spoil(b []byte, at int) []byte { b[at] ^= 0x55; return b }

// withOptions puts options into a packet's header.
func withOptions(b []byte, options ...byte) []byte {
	for len(options)%4 != 0 {
		options = append(options, 0)
	}
	out := append(append(bytes.Clone(b[:20]), options...), b[20:]...)
	h := header.IPv4(out)
	h.SetHeaderLength(uint8(20 + len(options)))
	h.SetTotalLength(uint16(len(out)))
	h.SetChecksum(0)
	h.SetChecksum(^h.CalculateChecksum())
	return out
}

// TestRecordRoute looks at what a router writes into options.
func TestRecordRoute(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1500)
	c.send(withOptions(ip4(nearAddr, farAddr, 17, udp(9, 8)), 7, 7, 4, 0, 0, 0, 0, 0))
	got := c.far.take()
	if len(got) != 1 {
		t.Fatal("the packet got lost")
	}
	sound4(t, got[0])
	if want := []byte{7, 7, 8, 10, 0, 2, 254, 0}; !bytes.Equal(got[0][20:28], want) {
		t.Errorf("options are % x, want % x", got[0][20:28], want)
	}
}

// TestHostUnreachable asks for a neighbour that isn't there: three times, a second apart, and then the senders are told.
func TestHostUnreachable(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1500)
	var asked []time.Time
	c.far.port.Handle(func(f []byte) {
		if header.Ethernet(f).Type() == header.ARPProtocolNumber {
			asked = append(asked, c.clock.Now())
		}
	})
	begin := c.clock.Now()
	for range 2 {
		c.send(ip4(nearAddr, "10.0.2.77", 17, udp(9, 8)))
	}
	c.pass(10 * time.Second)
	got := c.near.take()
	if len(got) != 2 || got[0][20] != 3 || got[0][21] != 1 {
		t.Fatalf("the sender was told % x", got)
	}
	if len(asked) != 3 || asked[1].Sub(asked[0]) != time.Second || asked[2].Sub(begin) > 2100*time.Millisecond {
		t.Errorf("asked at %v", asked)
	}
	if d := c.router.Drops(); d[node.NoNeighbor] != 2 {
		t.Errorf("drops are %v", d)
	}
}

// TestRate counts the errors a router sends to one host: six at once, then one a second (Linux's icmp_ratelimit); about
// packets that were too big as many as there are.
func TestRate(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1300)
	for range 20 {
		c.frame(mac("R1", 0), ip4(nearAddr, farAddr, 17, udp(9, 9), ttl(1)))
	}
	c.pass(10 * time.Millisecond)
	if got := len(c.near.take()); got != 6 {
		t.Errorf("%d errors at once", got)
	}
	c.pass(time.Second)
	for range 5 {
		c.frame(mac("R1", 0), ip4(nearAddr, farAddr, 17, udp(9, 9), ttl(1)))
	}
	c.pass(10 * time.Millisecond)
	if got := len(c.near.take()); got != 1 {
		t.Errorf("%d errors after a second", got)
	}
	for range 20 {
		c.frame(mac("R1", 0), ip4(nearAddr, farAddr, 17, udp(9, 1400), flags(header.IPv4FlagDontFragment, 0)))
	}
	c.pass(10 * time.Millisecond)
	if got := len(c.near.take()); got != 20 {
		t.Errorf("%d times too big", got)
	}
}

// TestMute has a router that tells nobody.
func TestMute(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1300)
	c.router.SetMute(true)
	c.send(ip4(nearAddr, farAddr, 17, udp(9, 9), ttl(1)))
	c.send(ip4(nearAddr, farAddr, 17, udp(9, 1400), flags(header.IPv4FlagDontFragment, 0)))
	c.send(ip4(nearAddr, "10.0.1.254", 17, udp(9, 9)))
	c.send(ip6(nearAddr6, "fd01::ff", 253, 64, make([]byte, 8)))
	c.pass(time.Second)
	if got := c.near.take(); len(got) != 0 {
		t.Errorf("the sender was told % x", got)
	}
}

// TestForwardingOff has a router that is none any more.
func TestForwardingOff(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, 1500)
	c.must(c.router.SetForwarding(false))
	c.send(ip4(nearAddr, farAddr, 17, udp(9, 9)))
	c.send(ip6(nearAddr6, farAddr6, 17, 64, udp(9, 9)))
	if near, far := c.near.take(), c.far.take(); len(near)+len(far) != 0 {
		t.Errorf("the sender got % x, the receiver % x", near, far)
	}
	if d := c.router.Drops(); d[node.NotForwarding] != 2 {
		t.Errorf("drops are %v", d)
	}
}
