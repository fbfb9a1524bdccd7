package layers

import (
	"net/netip"

	"moonwire/host/packet"
)

// allOSPFRouters is the group that all routers listen to (RFC 2328 section A.1).
var allOSPFRouters = netip.AddrFrom4([4]byte{224, 0, 0, 5})

// ospf has the header of version 2 and the five packets behind it, a layer each.
func ospf() layerSet {
	const plain, crypto = "authtype != 2", "authtype == 2"
	header := &packet.Protocol{
		Name: "ospf", Title: "Open Shortest Path First, version 2", Source: "RFC 2328 section A.3.1", Aliases: []string{"OSPF_Hdr"}, Particular: true,
		Fields: []packet.Field{
			{Name: "version", Bits: 8, Default: uint64(2), Doc: "2", Wireshark: "ospf.version"},
			{Name: "type", Bits: 8, Default: uint64(1), Auto: packet.Bound("type"), Doc: "which packet follows", Wireshark: "ospf.msg",
				Kind: packet.Named(map[uint64]string{1: "Hello", 2: "DBDesc", 3: "LSReq", 4: "LSUpd", 5: "LSAck"})},
			{Name: "len", Bits: 16, Auto: ospfLen, Doc: "length in bytes, without a digest behind it", Wireshark: "ospf.packet_length"},
			{Name: "src", Bits: 32, Kind: packet.IPv4, Default: "1.1.1.1", Doc: "router id", Wireshark: "ospf.srcrouter"},
			{Name: "area", Bits: 32, Kind: packet.IPv4, Doc: "area id; 0.0.0.0: the backbone", Wireshark: "ospf.area_id"},
			{Name: "chksum", Bits: 16, Kind: packet.Hex, Auto: ospfChecksum, Late: true, Doc: "Internet checksum without the authentication; 0 with a digest",
				Wireshark: "ospf.checksum"},
			{Name: "authtype", Bits: 16, Doc: "how the packet is authenticated", Wireshark: "ospf.auth.type",
				Kind: packet.Named(map[uint64]string{0: "Null", 1: "Simple", 2: "Crypto"})},
			{Name: "authdata", Bits: 64, Kind: packet.Hex, When: plain, Doc: "the password"},
			{Name: "reserved", Bits: 16, Kind: packet.Hex, When: crypto, Doc: "zeros"},
			{Name: "keyid", Bits: 8, When: crypto, Default: uint64(1), Doc: "which key", Wireshark: "ospf.auth.crypt.key_id"},
			{Name: "authdatalen", Bits: 8, When: crypto, Doc: "bytes of the digest behind the packet", Wireshark: "ospf.auth.crypt.data_length"},
			{Name: "seq", Bits: 32, Kind: packet.Hex, When: crypto, Doc: "grows, against replays", Wireshark: "ospf.auth.crypt.seq_nbr"},
		},
		Select: []string{"type"}, Summary: inWords("src area="),
		End: func(c packet.Context) int { return int(c.Uint("len")) },
	}
	set := layerSet{protocols: append([]*packet.Protocol{header}, ospfBodies()...), bindings: ipUppers(89, "ospf")[:1]}
	for i, body := range set.protocols[1:] {
		set.bindings = append(set.bindings, packet.Binding{Lower: "ospf", Field: "type", Value: uint64(i + 1), Upper: body.Name})
	}
	return set
}

// ospfLen leaves out a digest: raw bytes behind the packet, as many as authdatalen says.
func ospfLen(c packet.Context) uint64 {
	total, digest := packet.TotalLen(c), c.Uint("authdatalen")
	body, ok := c.Next()
	if !ok || c.Uint("authtype") != 2 || digest == 0 {
		return total
	}
	if tail, ok := body.Next(); ok && tail.Protocol().Name == "raw" && uint64(len(tail.Whole())) == digest {
		return total - digest
	}
	return total
}

// ospfChecksum leaves out the 64 bits of authentication (RFC 2328 section D.4).
func ospfChecksum(c packet.Context) uint64 {
	if c.Uint("authtype") == 2 {
		return 0
	}
	b := c.Whole()
	return uint64(^packet.Fold(packet.Sum(b[24:], packet.Sum(b[:16], 0))))
}

// ospfOptions names the bits of the options field (RFC 2328 section A.2 and others).
var ospfOptions = packet.Flagged("MT E MC NP L DC O DN")

// ospfBodies are the packets, by type from 1.
func ospfBodies() []*packet.Protocol {
	body := func(name, scapy, title, section string, fields ...packet.Field) *packet.Protocol {
		return &packet.Protocol{Name: name, Title: "OSPF " + title, Source: "RFC 2328 section " + section, Aliases: []string{scapy}, Fields: fields,
			Summary: fieldsOf("router backup ddseq lsacount")}
	}
	options := packet.Field{Name: "options", Bits: 8, Kind: ospfOptions, Doc: "what the router can do"}
	headers := packet.Field{Name: "lsaheaders", Kind: &packet.ListOf{Item: lsaHeader()}, Doc: `headers of LSAs: {{type="router", id="1.1.1.1", adrouter="1.1.1.1"}}`}
	address := func(name, initial, doc, display string) packet.Field {
		return packet.Field{Name: name, Bits: 32, Kind: packet.IPv4, Default: initial, Doc: doc, Wireshark: display}
	}
	return []*packet.Protocol{
		body("ospf_hello", "OSPF_Hello", "hello", "A.3.2",
			address("mask", "255.255.255.0", "the network's mask", "ospf.hello.network_mask"),
			packet.Field{Name: "hellointerval", Bits: 16, Default: uint64(10), Doc: "seconds between hellos", Wireshark: "ospf.hello.hello_interval"},
			options,
			packet.Field{Name: "prio", Bits: 8, Default: uint64(1), Doc: "priority; 0: never designated", Wireshark: "ospf.hello.router_priority"},
			packet.Field{Name: "deadinterval", Bits: 32, Default: uint64(40), Doc: "seconds of silence until the router is dead", Wireshark: "ospf.hello.router_dead_interval"},
			address("router", "0.0.0.0", "designated router", "ospf.hello.designated_router"),
			address("backup", "0.0.0.0", "backup designated router", "ospf.hello.backup_designated_router"),
			packet.Field{Name: "neighbors", Kind: packet.Array{Bits: 32, Kind: packet.IPv4}, Doc: "router ids heard of: {\"2.2.2.2\"}"}),
		body("ospf_dbdesc", "OSPF_DBDesc", "database description", "A.3.3",
			packet.Field{Name: "mtu", Bits: 16, Default: uint64(1500), Doc: "the interface's MTU in bytes", Wireshark: "ospf.db.interface_mtu"},
			options,
			packet.Field{Name: "dbdescr", Bits: 8, Kind: packet.Flagged("MS M I R 4 3 2 1"), Doc: "master, more, initial", Wireshark: "ospf.dbd"},
			packet.Field{Name: "ddseq", Bits: 32, Default: uint64(1), Doc: "number of the description", Wireshark: "ospf.db.dd_sequence"},
			headers),
		body("ospf_lsreq", "OSPF_LSReq", "link state request", "A.3.4",
			packet.Field{Name: "requests", Kind: &packet.ListOf{Item: &packet.Protocol{Name: "request", Fields: []packet.Field{
				{Name: "type", Bits: 32, Default: uint64(1), Kind: lsaTypes, Doc: "of the LSA"},
				address("id", "1.1.1.1", "link state id", ""), address("adrouter", "1.1.1.1", "advertising router", ""),
			}}}, Doc: `{{type="router", id="1.1.1.1", adrouter="1.1.1.1"}}`}),
		body("ospf_lsupd", "OSPF_LSUpd", "link state update", "A.3.5",
			packet.Field{Name: "lsacount", Bits: 32, Auto: packet.CountOf("lsalist"), Doc: "number of LSAs", Wireshark: "ospf.ls.number_of_lsas"},
			packet.Field{Name: "lsalist", Kind: &packet.ListOf{Item: lsa(), Count: "lsacount"}, Doc: `{{type="network", id="10.0.0.1", adrouter="1.1.1.1", routerlist={"1.1.1.1"}}}`}),
		body("ospf_lsack", "OSPF_LSAck", "link state acknowledgement", "A.3.6", headers),
	}
}
