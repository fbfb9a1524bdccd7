package link

import "moonwire/host/pcap"

// Captured is what a capture file says of the packet, and of the interface it came by. Module pcap's writers take it.
func (m *Meta) Captured() (pcap.Packet, pcap.Interface) {
	p := pcap.Packet{Len: int(m.len), Sec: m.sec, Nsec: m.nsec}
	p.Options.AddFlags(pcap.DirectionFlags(m.direction))
	i := m.link.iface
	linkType, known := pcap.LinkTypeNamed(i.LinkType)
	if !known {
		linkType = pcap.Ethernet
	}
	return p, pcap.Interface{LinkType: linkType, Name: i.Name, Addrs: i.Addrs, MAC: i.MAC, Resolution: pcap.Nanoseconds, FCS: -1}
}
