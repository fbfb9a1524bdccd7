package node

import (
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// lockTime is how long what is known of a neighbour stands against another answer (Linux's neigh.default.locktime).
const lockTime = time.Second

// receiveARP hands an ARP packet to the stack (RFC 826), but for what Linux sees differently: nobody answers for a
// broadcast address, and an answer that nobody asked for replaces what is known, unless that is new.
func (d *device) receiveARP(frame []byte, to network.Direction) {
	a := header.ARP(frame[link:])
	if a.IsValid() {
		asked := netip.AddrFrom4([4]byte(a.ProtocolAddressTarget()))
		if l, ours := d.node.local(asked); ours && l.broadcast {
			return
		}
		if a.Op() == header.ARPReply && d.replaces(a) {
			d.replace(a, to == network.ToHost)
			return
		}
	}
	d.deliver(header.ARPProtocolNumber, frame)
}

// replaces says whether an answer is other than what is known.
func (d *device) replaces(a header.ARP) bool {
	known, err := d.node.stack.Neighbors(tcpip.NICID(d.index), header.IPv4ProtocolNumber)
	if err != nil {
		return false
	}
	who, mac := tcpip.AddrFrom4Slice(a.ProtocolAddressSender()), tcpip.LinkAddress(a.HardwareAddressSender())
	for _, e := range known {
		if e.Addr == who && e.State != stack.Static {
			return e.LinkAddr != "" && e.LinkAddr != mac && d.node.stack.Clock().NowMonotonic().Sub(e.UpdatedAt) > lockTime
		}
	}
	return false
}

// replace makes the table say what an answer does. Only an answer to this host shows that the neighbour is there.
func (d *device) replace(a header.ARP, reachable bool) {
	e, err := d.node.stack.GetNetworkEndpoint(tcpip.NICID(d.index), header.IPv4ProtocolNumber)
	if err != nil {
		return
	}
	e.(*endpoint4).nic.HandleNeighborConfirmation(header.IPv4ProtocolNumber, tcpip.AddrFrom4Slice(a.ProtocolAddressSender()),
		tcpip.LinkAddress(a.HardwareAddressSender()), stack.ReachabilityConfirmationFlags{Solicited: reachable, Override: true})
}
