package layers

import (
	"net/netip"

	"moonwire/host/packet"
)

func igmp() layerSet {
	const (
		grouped = "type != 34 && type != 48 && type != 49 && type != 50"
		query3  = "type == 17 && rest >= 4" // longer than in version 2 (RFC 3376 section 7.1)
		report3 = "type == 34"
		router  = "type == 48" // multicast router advertisement, RFC 4286
	)
	sources := packet.Array{Kind: packet.IPv4, Bits: 32}
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "igmp", Title: "Internet Group Management Protocol", Source: "RFC 1112, RFC 2236, RFC 3376 section 4", Aliases: []string{"IGMP", "IGMPv3"}, Particular: true,
			Fields: []packet.Field{
				{Name: "type", Bits: 8, Kind: igmpTypes, Default: uint64(17), Doc: "kind of message", Wireshark: "igmp.type"},
				{Name: "mrcode", Bits: 8, When: "type == 34", Doc: "0"},
				{Name: "mrcode", Bits: 8, When: "type != 34", Default: uint64(20), Doc: "longest time before an answer in 1/10 s; from 128 up as RFC 3376 section 4.1.1 says"},
				{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: packet.WholeChecksum, Late: true, Doc: "Internet checksum of the message", Wireshark: "igmp.checksum"},
				{Name: "gaddr", Bits: 32, Kind: packet.IPv4, When: grouped, Doc: "multicast group; 0.0.0.0 in a general query", Wireshark: "igmp.maddr"},
				{Name: "resv", Bits: 4, When: query3, Doc: "0"},
				{Name: "s", Bits: 1, When: query3, Doc: "1: routers shall not restart their timers", Wireshark: "igmp.s"},
				{Name: "qrv", Bits: 3, When: query3, Doc: "querier's robustness", Wireshark: "igmp.qrv"},
				{Name: "qqic", Bits: 8, When: query3, Doc: "querier's interval, coded as mrcode is, in seconds", Wireshark: "igmp.qqic"},
				{Name: "numsrc", Bits: 16, When: query3, Auto: packet.CountOf("srcaddrs"), Doc: "number of sources", Wireshark: "igmp.num_src"},
				{Name: "srcaddrs", Kind: sources, When: query3, Size: "numsrc*4", Doc: "sources asked for; a query that has them is of version 3"},
				{Name: "res2", Bits: 16, When: report3, Doc: "0"},
				{Name: "numgrp", Bits: 16, When: report3, Auto: packet.CountOf("records"), Doc: "number of group records", Wireshark: "igmp.num_grp_recs"},
				{Name: "records", When: report3, Kind: &packet.ListOf{Item: groupRecord, Count: "numgrp"}, Doc: `group records, as {{rtype=4, maddr="239.1.2.3", srcaddrs={}}}`},
				{Name: "qryIntvl", Bits: 16, When: router, Doc: "query interval in seconds"},
				{Name: "robust", Bits: 16, When: router, Doc: "robustness variable"},
			},
			Summary: inWords("type gaddr srcaddrs numgrp="),
		}},
		bindings: []packet.Binding{{Lower: "ip", Field: "proto", Value: 2, Upper: "igmp"}},
	}
}

// groupRecord is an entry of a version 3 report (RFC 3376 section 4.2).
var groupRecord = &packet.Protocol{Name: "group record", Fields: []packet.Field{
	{Name: "rtype", Bits: 8, Kind: recordTypes, Default: uint64(1), Doc: "what the record says"},
	{Name: "auxdlen", Bits: 8, Auto: auxWords, Doc: "length of the auxiliary data in 32-bit words"},
	{Name: "numsrc", Bits: 16, Auto: packet.CountOf("srcaddrs"), Doc: "number of sources"},
	{Name: "maddr", Bits: 32, Kind: packet.IPv4, Doc: "multicast group"},
	{Name: "srcaddrs", Kind: packet.Array{Kind: packet.IPv4, Bits: 32}, Size: "numsrc*4", Doc: "sources"},
	{Name: "auxdata", Kind: packet.Bytes, Size: "auxdlen*4", Doc: "auxiliary data"},
}}

// recordTypes names what a record of a version 3 report says, in IGMP and in MLD.
var recordTypes = packet.Named(map[uint64]string{
	1: "Mode Is Include", 2: "Mode Is Exclude", 3: "Change To Include Mode", 4: "Change To Exclude Mode", 5: "Allow New Sources",
	6: "Block Old Sources",
})

// igmpTypes names type (IANA, IGMP Type Numbers), as Scapy does.
var igmpTypes = packet.Named(map[uint64]string{
	0x11: "Membership Query", 0x12: "Version 1 - Membership Report", 0x16: "Version 2 - Membership Report", 0x17: "Leave Group",
	0x22: "Version 3 Membership Report", 0x30: "Multicast Router Advertisement", 0x31: "Multicast Router Solicitation",
	0x32: "Multicast Router Termination",
})

// auxWords is the length of the auxiliary data in 32-bit words.
func auxWords(c packet.Context) uint64 { return packet.FieldLen("auxdata")(c) / 4 }

// IGMP goes out with a time to live of 1, and version 3 with the precedence of internetwork control, to all version 3
// routers (RFC 3376 section 4). What the IP header does not say is as Scapy has it.

func igmpLife(c packet.Context) packet.Value {
	if igmpAbove(c) != 0 {
		return uint64(1)
	}
	return nil
}

func igmpService(c packet.Context) packet.Value {
	if igmpAbove(c) == 3 {
		return uint64(0xc0)
	}
	return uint64(0)
}

func igmpGroup(c packet.Context) packet.Value {
	if igmpAbove(c) == 3 {
		return allReporters4
	}
	return nil
}

var allReporters4 = netip.AddrFrom4([4]byte{224, 0, 0, 22})

// igmpAbove is the version of IGMP that follows, 0 when something else does.
func igmpAbove(c packet.Context) int {
	next, ok := c.Next()
	switch {
	case !ok || next.Protocol().Name != "igmp":
		return 0
	case next.Has("srcaddrs") || next.Uint("type") >= 34:
		return 3
	}
	return 2
}
