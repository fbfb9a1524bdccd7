package cli

import (
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// vlanTag is how long a tag is that the system took out.
const vlanTag = 4

// whole is a frame with its VLAN tag back in place.
func whole(f *network.Frame) []byte {
	const addresses = 12
	if f.VLAN.TPID == 0 || len(f.Data) < addresses {
		return f.Data
	}
	b := make([]byte, 0, len(f.Data)+vlanTag)
	b = append(b, f.Data[:addresses]...)
	b = append(b, byte(f.VLAN.TPID>>8), byte(f.VLAN.TPID), byte(f.VLAN.TCI>>8), byte(f.VLAN.TCI))
	return append(b, f.Data[addresses:]...)
}

// flagsOf is a frame's direction as pcapng has it.
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
