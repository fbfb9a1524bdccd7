package server4

import (
	"encoding/binary"
	"net"
	"net/netip"
)

// Ports (RFC 2131 section 4.1).
const (
	serverPort = 67
	clientPort = 68
)

const (
	etherHeader = 14
	ipHeader    = 20
	udpHeader   = 8
)

// frame writes a datagram in a frame: from the server's port to the client's, without asking who has the address.
func frame(to []byte, dst, src net.HardwareAddr, from, client netip.Addr, payload []byte) int {
	n := etherHeader + ipHeader + udpHeader + len(payload)
	if n > len(to) {
		return n
	}
	copy(to, dst)
	copy(to[6:], src)
	binary.BigEndian.PutUint16(to[12:], 0x0800)
	ip := to[etherHeader:]
	clear(ip[:ipHeader])
	ip[0], ip[8], ip[9] = 0x45, 64, 17
	binary.BigEndian.PutUint16(ip[2:], uint16(n-etherHeader))
	binary.BigEndian.PutUint16(ip[6:], 0x4000) // don't fragment
	copy(ip[12:], from.AsSlice())
	copy(ip[16:], client.AsSlice())
	binary.BigEndian.PutUint16(ip[10:], checksum(0, ip[:ipHeader]))
	udp := ip[ipHeader:]
	binary.BigEndian.PutUint16(udp, serverPort)
	binary.BigEndian.PutUint16(udp[2:], clientPort)
	binary.BigEndian.PutUint16(udp[4:], uint16(udpHeader+len(payload)))
	udp[6], udp[7] = 0, 0
	copy(udp[udpHeader:], payload)
	udp = udp[:udpHeader+len(payload)]
	pseudo := uint32(17 + len(udp))
	for i := 12; i < 20; i += 2 {
		pseudo += uint32(binary.BigEndian.Uint16(ip[i:]))
	}
	sum := checksum(pseudo, udp)
	if sum == 0 {
		sum = 0xffff // 0 is none (RFC 768)
	}
	binary.BigEndian.PutUint16(udp[6:], sum)
	return n
}

// checksum is RFC 1071's over b, from a sum of other words.
func checksum(sum uint32, b []byte) uint16 {
	for ; len(b) >= 2; b = b[2:] {
		sum += uint32(b[0])<<8 | uint32(b[1])
	}
	if len(b) == 1 {
		sum += uint32(b[0]) << 8
	}
	for sum > 0xffff {
		sum = sum&0xffff + sum>>16
	}
	return ^uint16(sum)
}
