package link

import (
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// Captured is what a capture file says of the packet, and of the interface it came by. Module pcap's writers take it.
func (m *Meta) Captured() (pcap.Packet, pcap.Interface) {
	p := pcap.Packet{Len: int(m.len), Sec: m.sec, Nsec: m.nsec}
	p.Options.AddFlags(flagsOf(m.direction))
	i := m.link.iface
	linkType, known := pcap.LinkTypeNamed(i.LinkType)
	if !known {
		linkType = pcap.Ethernet
	}
	return p, pcap.Interface{LinkType: linkType, Name: i.Name, Addrs: i.Addrs, MAC: i.MAC, Resolution: pcap.Nanoseconds, FCS: -1}
}

// flagsOf is a direction as pcapng has it.
func flagsOf(d network.Direction) pcap.Flags {
	switch d {
	case network.Outgoing:
		return pcap.FlagsOf(pcap.Outbound, pcap.ReceptionUnknown)
	case network.ToBroadcast:
		return pcap.FlagsOf(pcap.Inbound, pcap.Broadcast)
	case network.ToMulticast:
		return pcap.FlagsOf(pcap.Inbound, pcap.Multicast)
	case network.ToOther:
		return pcap.FlagsOf(pcap.Inbound, pcap.Promiscuous)
	}
	return pcap.FlagsOf(pcap.Inbound, pcap.Unicast)
}
