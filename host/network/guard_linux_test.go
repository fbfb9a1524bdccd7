package network_test

import (
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestGuardPort(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPair(t)
	server, err := p.Right.Network.Listen(t.Context(), "tcp", "10.0.11.2:7", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if !answers(t, p, "tcp", 40001, true) {
		t.Error("a handshake that nobody guards is reset")
	}
	if !answers(t, p, "udp", 40002, true) {
		t.Error("a port that nobody guards is unreachable")
	}
	for i, network := range []string{"tcp", "udp"} {
		local := netip.AddrPortFrom(netip.MustParseAddr("10.0.11.1"), uint16(40010+i))
		g, err := p.Left.Network.GuardPort(t.Context(), network, local)
		if err != nil {
			t.Fatal(err)
		}
		if g.Addr() != local {
			t.Error(g.Addr())
		}
		if answers(t, p, network, local.Port(), false) {
			t.Errorf("the kernel answered on the guarded port of %s", network)
		}
		g.Close()
		if !answers(t, p, network, local.Port(), true) {
			t.Errorf("the kernel is still silent on %s", network)
		}
	}
	testGuard6(t, p)
	testGuardAddresses(t, p)
}

// testGuard6 guards an IPv6 address against the reset that a stray SYN-ACK earns.
func testGuard6(t *testing.T, p nettest.Pair) {
	local := netip.MustParseAddrPort("[fd00:11::1]:40020")
	if !resets6(t, p, local.Port(), true) {
		t.Error("a stray SYN-ACK is reset")
	}
	g, err := p.Left.Network.GuardPort(t.Context(), "tcp", local)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if resets6(t, p, local.Port(), false) {
		t.Error("the kernel answered on the guarded port")
	}
}

// resets6 sends the left node a SYN-ACK that it never asked for, and reports as answers does whether it resets that.
func resets6(t *testing.T, p nettest.Pair, port uint16, wanted bool) bool {
	t.Helper()
	left, right := openLink(t, p.Left, "right", nil), openLink(t, p.Right, "left", &network.LinkOpts{Promiscuous: true})
	segment := syn(7, port)
	segment[13] = 0x12
	src, dst := netip.MustParseAddr("fd00:11::2"), netip.MustParseAddr("fd00:11::1")
	addresses := append(src.AsSlice(), dst.AsSlice()...)
	binary.BigEndian.PutUint16(segment[16:], checksum(append(append(append([]byte{}, addresses...), 0, 0, 0, 20, 0, 0, 0, 6), segment...)))
	frame := append(append([]byte{}, left.Interface().MAC...), right.Interface().MAC...)
	frame = append(append(frame, 0x86, 0xdd, 0x60, 0, 0, 0, 0, 20, 6, 64), addresses...)
	send(t, right, append(frame, segment...))
	if !wanted {
		time.Sleep(20 * time.Millisecond)
		send(t, left, numbered(1))
	}
	for {
		f := read(t, right, 1)[0]
		switch typ := binary.BigEndian.Uint16(f.Data[12:]); {
		case typ == testType:
			return false
		case typ == 0x86dd && f.Direction != network.Outgoing && f.Data[14+6] == 6:
			return f.Data[14+40+13]&4 != 0
		}
	}
}

func testGuardAddresses(t *testing.T, p nettest.Pair) {
	for _, local := range []string{"10.0.11.1:0", "[fd00:11::1]:0", "0.0.0.0:0", "192.0.2.1:0"} {
		g, err := p.Left.Network.GuardPort(t.Context(), "tcp", netip.MustParseAddrPort(local))
		if err != nil {
			t.Error(err)
			continue
		}
		if g.Addr().Port() == 0 || g.Addr().Addr() != netip.MustParseAddrPort(local).Addr() {
			t.Error(g.Addr())
		}
		if _, err := p.Left.Network.GuardPort(t.Context(), "tcp", g.Addr()); err == nil {
			t.Error("taken twice:", g.Addr())
		}
		g.Close()
	}
	if _, err := p.Left.Network.GuardPort(t.Context(), "sctp", netip.MustParseAddrPort("10.0.11.1:1")); err == nil {
		t.Error("only tcp and udp")
	}
}

// answers provokes the left kernel with a packet to a port of it: the answer to a crafted SYN, or a datagram. It reports
// whether the right node got anything back before a marker frame that follows; where an answer is wanted it is waited for.
func answers(t *testing.T, p nettest.Pair, kind string, port uint16, wanted bool) bool {
	t.Helper()
	left, right := openLink(t, p.Left, "right", nil), openLink(t, p.Right, "left", &network.LinkOpts{Promiscuous: true})
	if kind == "tcp" {
		send(t, left, crafted(left.Interface().MAC, right.Interface().MAC, [4]byte{10, 0, 11, 1}, [4]byte{10, 0, 11, 2}, 6, syn(port, 7)))
	} else {
		send(t, right, crafted(right.Interface().MAC, left.Interface().MAC, [4]byte{10, 0, 11, 2}, [4]byte{10, 0, 11, 1}, 17,
			binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, 7), port), []byte{0, 8, 0, 0}))
	}
	if !wanted {
		time.Sleep(20 * time.Millisecond)
		send(t, left, numbered(1))
	}
	for {
		f := read(t, right, 1)[0]
		switch typ := binary.BigEndian.Uint16(f.Data[12:]); {
		case typ == testType:
			return false
		case typ != 0x0800 || f.Direction == network.Outgoing || f.Data[14+9] == 17:
		case f.Data[14+9] == 6 && f.Data[14+20+13] == 2: // our SYN
		default: // a reset, or an ICMP message
			return true
		}
	}
}

// crafted is an IPv4 packet in an Ethernet frame.
func crafted(from, to net.HardwareAddr, src, dst [4]byte, proto byte, parts ...[]byte) []byte {
	var payload []byte
	for _, p := range parts {
		payload = append(payload, p...)
	}
	ip := []byte{0x45, 0, 0, byte(20 + len(payload)), 0, 1, 0, 0, 64, proto, 0, 0, src[0], src[1], src[2], src[3], dst[0], dst[1], dst[2], dst[3]}
	binary.BigEndian.PutUint16(ip[10:], checksum(ip))
	if proto == 6 {
		pseudo := append(append([]byte{}, ip[12:20]...), 0, 6, 0, byte(len(payload)))
		binary.BigEndian.PutUint16(payload[16:], checksum(append(pseudo, payload...)))
	}
	frame := append(append([]byte{}, to...), from...)
	return append(append(append(frame, 8, 0), ip...), payload...)
}

// syn is a TCP header that asks for a connection.
func syn(sport, dport uint16) []byte {
	b := make([]byte, 20)
	binary.BigEndian.PutUint16(b, sport)
	binary.BigEndian.PutUint16(b[2:], dport)
	binary.BigEndian.PutUint32(b[4:], 1000)
	b[12], b[13], b[14] = 5<<4, 2, 0xff
	return b
}

// checksum is RFC 1071's.
func checksum(b []byte) uint16 {
	sum := uint32(0)
	for i := 0; i+1 < len(b); i += 2 {
		sum += uint32(b[i])<<8 | uint32(b[i+1])
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}
