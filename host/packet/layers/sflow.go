package layers

import "moonwire/host/packet"

// sflowFormats names kinds of samples, the enterprise's number in the upper twenty bits left out.
var sflowFormats = packet.Named(map[uint64]string{1: "flow", 2: "counters", 3: "expanded flow", 4: "expanded counters"})

// sflow is what switches tell of the packets and the counters that they sampled.
func sflow() layerSet {
	const v4, v6 = "address_type == 1", "address_type == 2"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "sflow", Title: "sFlow version 5", Source: "sflow.org, sFlow Version 5",
			DecodeOnly: "Scapy 2.5 has no sFlow",
			Fields: []packet.Field{
				{Name: "version", Bits: 32, Default: uint64(5), Doc: "5", Wireshark: "sflow_245.version"},
				{Name: "address_type", Bits: 32, Kind: packet.Named(map[uint64]string{1: "IPv4", 2: "IPv6"}), Default: uint64(1), Doc: "kind of the agent's address"},
				{Name: "agent", Bits: 32, Kind: packet.IPv4, When: v4, Doc: "address of the agent", Wireshark: "sflow_245.agent"},
				{Name: "agent", Bits: 128, Kind: packet.IPv6, When: v6, Doc: "address of the agent", Wireshark: "sflow_245.agent.v6"},
				{Name: "sub_agent_id", Bits: 32, Doc: "which of the agent's sources of datagrams", Wireshark: "sflow_245.sub_agent_id"},
				{Name: "sequence", Bits: 32, Doc: "number of the datagram", Wireshark: "sflow_245.sequence_number"},
				{Name: "uptime", Bits: 32, Doc: "milliseconds since the agent started", Wireshark: "sflow_245.sysuptime"},
				{Name: "count", Bits: 32, Auto: packet.CountOf("samples"), Doc: "number of samples", Wireshark: "sflow_245.numsamples"},
				{Name: "samples", Kind: &packet.ListOf{Item: sflowSample, Count: "count"}, Default: []packet.Value{}, Doc: "samples, each with records"},
			},
		}},
		bindings: []packet.Binding{{Lower: "udp", Field: "dport", Value: 6343, Upper: "sflow"}},
	}
}

// sflowSample is one sample: of a packet, or of counters.
var sflowSample = &packet.Protocol{Name: "sample", Fields: []packet.Field{
	{Name: "enterprise", Bits: 20, Doc: "whose format"},
	{Name: "format", Bits: 12, Kind: sflowFormats, Default: uint64(1), Doc: "kind of sample"},
	{Name: "len", Bits: 32, Auto: bytesBehind, Doc: "bytes of the sample behind this field"},
	{Name: "sequence", Bits: 32, When: sflowKnown, Doc: "number of the sample"},
	{Name: "source", Bits: 32, Kind: packet.Hex, When: sflowShort, Doc: "what was sampled: kind (8 bits) and index (24)"},
	{Name: "source_type", Bits: 32, When: sflowLong, Doc: "kind of what was sampled"},
	{Name: "source", Bits: 32, When: sflowLong, Doc: "index of what was sampled"},
	{Name: "rate", Bits: 32, When: sflowPackets, Doc: "one of so many packets is sampled"},
	{Name: "pool", Bits: 32, When: sflowPackets, Doc: "packets that could have been sampled"},
	{Name: "drops", Bits: 32, When: sflowPackets, Doc: "samples lost for want of resources"},
	{Name: "input_format", Bits: 32, When: sflowPackets + " && format == 3", Doc: "kind of the next field"},
	{Name: "input", Bits: 32, When: sflowPackets, Doc: "interface that the packet came by"},
	{Name: "output_format", Bits: 32, When: sflowPackets + " && format == 3", Doc: "kind of the next field"},
	{Name: "output", Bits: 32, When: sflowPackets, Doc: "interface that the packet left by"},
	{Name: "count", Bits: 32, Auto: packet.CountOf("records"), When: sflowKnown, Doc: "number of records"},
	{Name: "records", Kind: &packet.ListOf{Item: sflowRecord, Count: "count"}, Default: []packet.Value{}, When: sflowKnown, Doc: "records"},
	{Name: "data", Kind: packet.Bytes, Size: "len", When: "!(" + sflowKnown + ")", Doc: "a sample of another kind"},
}}

// Which fields a sample has.
const (
	sflowKnown   = "enterprise == 0 && format >= 1 && format <= 4"
	sflowShort   = "enterprise == 0 && (format == 1 || format == 2)"
	sflowLong    = "enterprise == 0 && (format == 3 || format == 4)"
	sflowPackets = "enterprise == 0 && (format == 1 || format == 3)"
)

// sflowRecord is a record of a sample; 1 of a flow is the head of the packet.
var sflowRecord = &packet.Protocol{Name: "record", Fields: []packet.Field{
	{Name: "enterprise", Bits: 20, Doc: "whose format"},
	{Name: "format", Bits: 12, Doc: "kind of record"},
	{Name: "len", Bits: 32, Auto: bytesBehind, Doc: "bytes of the record behind this field"},
	{Name: "data", Kind: packet.Bytes, Size: "len", Doc: "what the record says"},
}}

// bytesBehind is the length of what follows the eight bytes of kind and length.
func bytesBehind(c packet.Context) uint64 { return uint64(len(c.Header()) - 8) }
