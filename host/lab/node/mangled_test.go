package node_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node"
)

// TestMangled sends packets of all protocols with bytes changed and checksums right, as a script can craft them. The
// stack must survive them all. MOONWIRE_MANGLED says how many, when it isn't a few.
func TestMangled(t *testing.T) {
	t.Parallel()
	n, err := strconv.Atoi(os.Getenv("MOONWIRE_MANGLED"))
	if err != nil {
		n = 3000
	}
	c := newCrossing(t, 1300)
	c.listen()
	r := rand.New(rand.NewPCG(uint64(n), 5))
	nd := func(kind byte, target string, options ...byte) []byte {
		b := append([]byte{kind, 0, 0, 0, 0, 0, 0, 0}, ip6(target, target, 0, 0, nil)[8:24]...)
		return append(b, options...)
	}
	seeds := [][]byte{
		ip4(nearAddr, "10.0.1.254", 6, append(syn(), 2, 4, 5, 0xb4, 1, 3, 3, 7, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 4, 2)),
		ip4(nearAddr, "10.0.1.254", 1, append([]byte{3, 4, 0, 0, 0, 0, 2, 0}, ip4("10.0.1.254", nearAddr, 6, syn())...)),
		ip4(nearAddr, "10.0.1.254", 1, append([]byte{11, 0, 0, 0, 0, 0, 0, 0}, ip4("10.0.1.254", nearAddr, 17, udp(9, 9))...)),
		ip4(nearAddr, "10.0.1.254", 17, udp(7, 9), flags(header.IPv4FlagMoreFragments, 8)),
		withOptions(ip4(nearAddr, "10.0.1.254", 1, []byte{8, 0, 0, 0, 0, 1, 0, 1}), 7, 7, 4, 0, 0, 0, 0, 68, 8, 5, 0, 0, 0, 0, 0, 148, 4, 0, 0),
		withOptions(ip4(nearAddr, farAddr, 17, udp(9, 1400)), 7, 7, 4, 0, 0, 0, 0, 68, 8, 5, 0, 0, 0, 0, 0),
		ip4(nearAddr, "224.0.0.1", 2, []byte{0x11, 100, 0, 0, 0, 0, 0, 0, 2, 20, 0, 0}),
		ip6(nearAddr6, "fd01::ff", 58, 255, nd(135, "fd01::ff", 1, 1, 2, 0, 0, 0, 0, 1)),
		ip6(nearAddr6, "fd01::ff", 58, 255, nd(136, nearAddr6, 2, 1, 2, 0, 0, 0, 0, 1)),
		ip6("fe80::9", "ff02::1", 58, 255, append([]byte{134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 64, 0xc0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, make([]byte, 16)...)),
		ip6("fe80::9", "ff02::1", 58, 1, append([]byte{130, 0, 0, 0, 0, 9, 0, 0}, make([]byte, 20)...)),
		ip6(nearAddr6, "fd01::ff", 58, 64, append([]byte{2, 0, 0, 0, 0, 0, 5, 0}, ip6("fd01::ff", nearAddr6, 6, 64, syn())...)),
		ip6(nearAddr6, "fd01::ff", 0, 64, options6(44, []byte{1, 4}, []byte{58, 0, 0, 1, 0, 0, 0, 1, 128, 0, 0, 0, 0, 0, 0, 0})),
		ip6(nearAddr6, "fd01::ff", 43, 64, append([]byte{6, 2, 0, 0, 0, 0, 0, 0}, syn()...)),
	}
	for i := range n {
		p := append([]byte{}, seeds[r.IntN(len(seeds))]...)
		for range 1 + r.IntN(4) {
			p[1+r.IntN(len(p)-1)] = byte(r.Uint32())
		}
		if r.IntN(4) == 0 {
			p = p[:min(len(p), max(40, r.IntN(len(p))))]
		}
		mend(p)
		c.frame(mac("R1", 0), p)
		if i%64 == 0 {
			c.pass(time.Duration(r.IntN(3000)) * time.Millisecond)
			c.near.take()
		}
	}
	c.pass(time.Hour)
	c.far.take()
	if c.send(ip4(nearAddr, farAddr, 17, udp(9, 9))); len(c.far.take()) == 0 || c.router.Drops()[node.Fault] > 0 {
		t.Errorf("the router is dead, or the stack panicked: %v", c.router.Drops())
	}
}

// mend makes lengths and checksums of a packet right.
func mend(p []byte) {
	proto, at, pseudo := p[9], min(int(p[0]&15)*4, len(p)), uint16(0)
	if p[0]>>4 == 6 {
		binary.BigEndian.PutUint16(p[4:], uint16(len(p)-40))
		proto, at = p[6], 40
		pseudo = header.PseudoHeaderChecksum(tcpip.TransportProtocolNumber(proto), tcpip.AddrFrom16([16]byte(p[8:24])), tcpip.AddrFrom16([16]byte(p[24:40])), uint16(len(p)-40))
	} else {
		binary.BigEndian.PutUint16(p[2:], uint16(len(p)))
		pseudo = header.PseudoHeaderChecksum(tcpip.TransportProtocolNumber(proto), tcpip.AddrFrom4([4]byte(p[12:16])), tcpip.AddrFrom4([4]byte(p[16:20])), uint16(len(p)-at))
	}
	body := p[at:]
	where := map[byte]int{1: 2, 2: 2, 6: 16, 17: 6, 58: 2}[proto]
	if where > 0 && len(body) >= where+2 {
		if proto == 1 || proto == 2 {
			pseudo = 0
		}
		binary.BigEndian.PutUint16(body[where:], 0)
		binary.BigEndian.PutUint16(body[where:], ^checksum.Checksum(body, pseudo))
	}
	if p[0]>>4 == 4 && at >= 20 {
		binary.BigEndian.PutUint16(p[10:], 0)
		binary.BigEndian.PutUint16(p[10:], ^checksum.Checksum(p[:at], 0))
	}
}
