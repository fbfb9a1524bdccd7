package pcap

import "moonwire/host/network"

// DirectionFlags are the flags of a frame that was going there.
func DirectionFlags(d network.Direction) Flags {
	switch d {
	case network.Outgoing:
		return FlagsOf(Outbound, ReceptionUnknown)
	case network.ToBroadcast:
		return FlagsOf(Inbound, Broadcast)
	case network.ToMulticast:
		return FlagsOf(Inbound, Multicast)
	case network.ToOther:
		return FlagsOf(Inbound, Promiscuous)
	}
	return FlagsOf(Inbound, Unicast)
}
