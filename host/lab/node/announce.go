package node

import (
	"encoding/binary"
	"net/netip"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

// announce tells all neighbours of an interface who has an address now.
func (n *Node) announce(d *device, a netip.Addr) {
	if d == n.lo {
		return
	}
	if a = a.Unmap(); a.Is4() {
		d.send(gratuitous(d, a))
		return
	}
	d.send(n.unsolicited(d, a))
}

// gratuitous is an ARP announcement: a request whose sender and target are the same (RFC 5227 section 2.3).
func gratuitous(d *device, a netip.Addr) []byte {
	b := make([]byte, link+header.ARPSize)
	ethernet(b, d, [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, header.ARPProtocolNumber)
	arp := header.ARP(b[link:])
	arp.SetIPv4OverEthernet()
	arp.SetOp(header.ARPRequest)
	copy(arp.HardwareAddressSender(), d.mac)
	copy(arp.ProtocolAddressSender(), a.AsSlice())
	copy(arp.ProtocolAddressTarget(), a.AsSlice())
	return b
}

// allNodes and its MAC address are every IPv6 host of a link.
var (
	allNodes    = netip.MustParseAddr("ff02::1")
	allNodesMAC = [6]byte{0x33, 0x33, 0, 0, 0, 1}
)

// The flags of a neighbour advertisement (RFC 4861 section 4.4).
const (
	routerFlag   = 0x80
	overrideFlag = 0x20
)

// unsolicited is a neighbour advertisement that nobody asked for (RFC 4861 section 7.2.6).
func (n *Node) unsolicited(d *device, a netip.Addr) []byte {
	const neighborAdvertisement, targetLinkLayerAddress = 136, 2
	body := make([]byte, 24, 32)
	body[0], body[4] = neighborAdvertisement, overrideFlag
	if n.forwarding.Load() {
		body[4] |= routerFlag
	}
	copy(body[8:], a.AsSlice())
	body = append(append(body, targetLinkLayerAddress, 1), d.mac...)
	return discovery(d, a, body)
}

// discovery is a message of neighbour discovery to all nodes of a link: its hop limit shows that no router passed it on.
func discovery(d *device, src netip.Addr, body []byte) []byte {
	b := make([]byte, link+header.IPv6MinimumSize, link+header.IPv6MinimumSize+len(body))
	ethernet(b, d, allNodesMAC, header.IPv6ProtocolNumber)
	from, to := toStack(src), toStack(allNodes)
	header.IPv6(b[link:]).Encode(&header.IPv6Fields{
		PayloadLength:     uint16(len(body)),
		TransportProtocol: header.ICMPv6ProtocolNumber,
		HopLimit:          header.NDPHopLimit,
		SrcAddr:           from,
		DstAddr:           to,
	})
	sum := header.PseudoHeaderChecksum(header.ICMPv6ProtocolNumber, from, to, uint16(len(body)))
	binary.BigEndian.PutUint16(body[2:], ^checksum.Checksum(body, sum))
	return append(b, body...)
}

func ethernet(b []byte, d *device, dst [6]byte, proto tcpip.NetworkProtocolNumber) {
	copy(b, dst[:])
	copy(b[6:], d.mac)
	binary.BigEndian.PutUint16(b[12:], uint16(proto))
}
