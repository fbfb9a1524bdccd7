package layers

import "moonwire/host/packet"

// lcp has the protocols that configure a PPP link and what it carries. They share the header and the codes.
func lcp() layerSet {
	const configures = "code >= 1 && code <= 4"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "lcp", Title: "PPP Link Control Protocol", Source: "RFC 1661 section 5", Aliases: []string{"PPP_LCP"},
			Fields: append(pppControl(5),
				packet.Field{Name: "options", When: configures, Kind: pppOptions(lcpOptions()), Size: "len - 4",
					Doc: `{{type="Maximum-Receive-Unit", max_recv_unit=1492}, {type="Magic-number", magic_number=7}}`},
				packet.Field{Name: "rejected_packet", When: "code == 7", Kind: packet.Bytes, Size: "len - 4", Doc: "the packet of an unknown code"},
				packet.Field{Name: "rejected_protocol", When: "code == 8", Bits: 16, Kind: pppProtocols, Doc: "the unknown protocol", Wireshark: "lcp.rej_proto"},
				packet.Field{Name: "rejected_information", When: "code == 8", Kind: packet.Bytes, Size: "len - 6", Doc: "what came in it"},
				packet.Field{Name: "magic_number", When: "code >= 9 && code <= 11", Bits: 32, Doc: "the sender's, to find loops", Wireshark: "lcp.magic_number"},
				packet.Field{Name: "data", When: "code >= 9 && code <= 11", Kind: packet.Bytes, Size: "len - 8", Doc: "anything"},
				packet.Field{Name: "data", When: "code == 0 || code == 5 || code == 6 || code > 11", Kind: packet.Bytes, Size: "len - 4", Doc: "anything"}),
			End: pppEnd, Summary: inWords("code id="),
		}, {
			Name: "ipcp", Title: "PPP Internet Protocol Control Protocol", Source: "RFC 1332 section 3, RFC 1877", Aliases: []string{"PPP_IPCP"},
			Fields: append(pppControl(1),
				packet.Field{Name: "options", Kind: pppOptions(ipcpOptions()), Size: "len - 4", Doc: `{{type="IP-Address", data="10.0.0.1"}}`}),
			End: pppEnd, Summary: inWords("code id="),
		}},
		bindings: []packet.Binding{
			{Lower: "ppp", Field: "proto", Value: 0xc021, Upper: "lcp"},
			{Lower: "ppp", Field: "proto", Value: 0x8021, Upper: "ipcp"},
		},
	}
}

// pppControl is the header: code, id, length of all.
func pppControl(code uint64) []packet.Field {
	return []packet.Field{
		{Name: "code", Bits: 8, Default: code, Doc: "what the packet is", Wireshark: "ppp.code", Kind: packet.Named(map[uint64]string{
			1: "Configure-Request", 2: "Configure-Ack", 3: "Configure-Nak", 4: "Configure-Reject", 5: "Terminate-Request", 6: "Terminate-Ack",
			7: "Code-Reject", 8: "Protocol-Reject", 9: "Echo-Request", 10: "Echo-Reply", 11: "Discard-Request", 14: "Reset-Request", 15: "Reset-Ack"})},
		{Name: "id", Bits: 8, Kind: packet.Hex, Doc: "joins request and answer", Wireshark: "ppp.identifier"},
		{Name: "len", Bits: 16, Auto: headerBytes, Doc: "length of the packet in bytes", Wireshark: "ppp.length"},
	}
}

func pppEnd(c packet.Context) int { return int(c.Uint("len")) }

// headerBytes is the length of the header alone.
func headerBytes(c packet.Context) uint64 { return uint64(len(c.Header())) }

// pppOptions is a list of options: type, length of all, fields.
func pppOptions(items []*packet.Protocol) *packet.Options {
	return &packet.Options{Items: items, Named: true,
		Other: pppOption(255, "other", packet.Field{Name: "data", Kind: packet.Bytes, Size: "len - 2", Doc: "the value"})}
}

func pppOption(kind uint64, name string, fields ...packet.Field) *packet.Protocol {
	head := []packet.Field{
		{Name: "type", Bits: 8, Default: kind, Doc: "what it is"},
		{Name: "len", Bits: 8, Auto: headerBytes, Doc: "length of the option in bytes"},
	}
	return &packet.Protocol{Name: name, Fields: append(head, fields...)}
}

// lcpOptions are those of RFC 1661 section 6, RFC 1662 section 7 and RFC 1570.
func lcpOptions() []*packet.Protocol {
	return []*packet.Protocol{
		pppOption(1, "Maximum-Receive-Unit", packet.Field{Name: "max_recv_unit", Bits: 16, Default: uint64(1500), Doc: "bytes of information in a frame"}),
		pppOption(2, "Async-Control-Character-Map", packet.Field{Name: "accm", Bits: 32, Doc: "control characters to escape, a bit each"}),
		pppOption(3, "Authentication-protocol",
			packet.Field{Name: "auth_protocol", Bits: 16, Default: uint64(0xc023), Kind: pppProtocols, Doc: "PAP, CHAP or EAP"},
			packet.Field{Name: "algorithm", Bits: 8, When: "auth_protocol == 0xc223", Default: uint64(5), Doc: "CHAP's hash",
				Kind: packet.Named(map[uint64]string{5: "MD5", 6: "SHA1", 128: "MS-CHAP", 129: "MS-CHAP-v2"})},
			packet.Field{Name: "data", When: "auth_protocol != 0xc223", Kind: packet.Bytes, Size: "len - 4", Doc: "what the protocol needs"}),
		pppOption(4, "Quality-protocol",
			packet.Field{Name: "quality_protocol", Bits: 16, Default: uint64(0xc025), Kind: pppProtocols, Doc: "Link Quality Report"},
			packet.Field{Name: "data", Kind: packet.Bytes, Size: "len - 4", Doc: "what the protocol needs"}),
		pppOption(5, "Magic-number", packet.Field{Name: "magic_number", Bits: 32, Doc: "random, to find loops"}),
		pppOption(7, "Protocol-Field-Compression"),
		pppOption(8, "Address-and-Control-Field-Compression"),
		pppOption(13, "Callback",
			packet.Field{Name: "operation", Bits: 8, Doc: "what message is", Kind: packet.Named(map[uint64]string{0: "Location determined by user authentication",
				1: "Dialing string", 2: "Location identifier", 3: "E.164 number", 4: "Distinguished name"})},
			packet.Field{Name: "message", Kind: packet.Bytes, Size: "len - 3", Doc: "whom to call"}),
	}
}

// ipcpOptions are those of RFC 1332 and RFC 1877.
func ipcpOptions() []*packet.Protocol {
	address := func(kind uint64, name string) *packet.Protocol {
		return pppOption(kind, name, packet.Field{Name: "data", Bits: 32, Kind: packet.IPv4, Default: "0.0.0.0", Doc: "the address; 0.0.0.0 asks for one"})
	}
	return []*packet.Protocol{
		pppOption(2, "IP-Compression-Protocol", packet.Field{Name: "data", Kind: packet.Bytes, Size: "len - 2", Doc: "protocol number and its parameters"}),
		address(3, "IP-Address"), address(4, "Mobile-IPv4"), address(129, "Primary-DNS-Address"), address(130, "Primary-NBNS-Address"),
		address(131, "Secondary-DNS-Address"), address(132, "Secondary-NBNS-Address"),
	}
}
