package layers

import "moonwire/host/packet"

func eap() layerSet {
	const (
		typed   = "code != 3 && code != 4"
		md5     = "type == 4"
		leap    = "type == 17"
		tunnels = "type == 13 || type == 21 || type == 25 || type == 43" // TLS, TTLS, PEAP, FAST
	)
	bytes := func(name, when, size, doc, display string) packet.Field {
		return packet.Field{Name: name, When: when, Kind: packet.Bytes, Size: size, Doc: doc, Wireshark: display}
	}
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "eap", Title: "Extensible Authentication Protocol", Source: "RFC 3748 section 4", Aliases: []string{"EAP"},
			Fields: []packet.Field{
				{Name: "code", Bits: 8, Default: uint64(4), Doc: "what the packet is", Wireshark: "eap.code",
					Kind: packet.Named(map[uint64]string{1: "Request", 2: "Response", 3: "Success", 4: "Failure", 5: "Initiate", 6: "Finish"})},
				{Name: "id", Bits: 8, Doc: "joins request and response", Wireshark: "eap.id"},
				{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "length of the packet in bytes", Wireshark: "eap.len"},
				{Name: "type", Bits: 8, When: typed, Kind: eapTypes, Doc: "the method", Wireshark: "eap.type"},
				{Name: "desired_auth_types", When: "type == 3 && code == 2", Kind: packet.Array{Bits: 8, Kind: eapTypes}, Size: "len - 5",
					Doc: "methods that the peer would take"},
				bytes("identity", "type == 1 && code != 1", "len - 5", "who it is", "eap.identity"),
				bytes("message", "type == 1 && code == 1", "len - 5", "for people", ""),
				{Name: "value_size", Bits: 8, When: md5, Auto: packet.FieldLen("value"), Doc: "bytes of value", Wireshark: "eap.md5.value_size"},
				bytes("value", md5, "value_size", "the challenge, or the hash", "eap.md5.value"),
				bytes("optional_name", md5, "len - 6 - value_size", "who sends it", "eap.md5.extra_data"),
				{Name: "L", Bits: 1, When: tunnels, Doc: "1: the length of the whole message is there"},
				{Name: "M", Bits: 1, When: tunnels, Doc: "1: more fragments follow"},
				{Name: "S", Bits: 1, When: tunnels, Doc: "1: start"},
				{Name: "reserved", Bits: 5, When: "type == 13", Doc: "zeros"},
				{Name: "reserved", Bits: 3, When: "type == 25", Doc: "zeros"},
				{Name: "reserved", Bits: 2, When: "type == 21 || type == 43", Doc: "zeros"},
				{Name: "version", Bits: 2, When: "type == 25", Default: uint64(1), Doc: "of the method"},
				{Name: "version", Bits: 3, When: "type == 21 || type == 43", Doc: "of the method"},
				{Name: "tls_message_len", Bits: 32, When: "L && (type == 13 || type == 25)", Doc: "bytes of the whole message"},
				{Name: "message_len", Bits: 32, When: "L && (type == 21 || type == 43)", Doc: "bytes of the whole message"},
				bytes("tls_data", "type == 13 || type == 25", "len - 6 - 4 * L", "this fragment of the message", ""),
				{Name: "version", Bits: 8, When: leap, Default: uint64(1), Doc: "of the method"},
				{Name: "unused", Bits: 8, When: leap, Doc: "zero"},
				{Name: "count", Bits: 8, When: leap, Auto: packet.FieldLen("challenge_response"), Doc: "bytes of challenge_response"},
				bytes("challenge_response", leap, "count", "the challenge, or the response", ""),
				bytes("username", leap, "len - 8 - count", "who it is", ""),
				bytes("data", "type == 21 || type == 43", "len - 6 - 4 * L", "this fragment of the message", ""),
				bytes("data", typed+" && type != 1 && !(type == 3 && code == 2) && !("+md5+") && !("+leap+") && !("+tunnels+")", "len - 5", "of other methods", ""),
			},
			End: pppEnd, Summary: inWords("code id= type identity"),
		}},
		bindings: []packet.Binding{{Lower: "ppp", Field: "proto", Value: 0xc227, Upper: "eap"}},
	}
}

// eapTypes names methods (IANA, EAP Method Types).
var eapTypes = packet.Named(map[uint64]string{
	1: "Identity", 2: "Notification", 3: "Legacy Nak", 4: "MD5-Challenge", 5: "One-Time Password (OTP)", 6: "Generic Token Card (GTC)",
	13: "EAP-TLS", 17: "EAP-Cisco Wireless", 18: "EAP-SIM", 21: "EAP-TTLS", 23: "EAP-AKA", 25: "PEAP", 26: "MS-EAP-Authentication",
	29: "EAP-MSCHAP-V2", 43: "EAP-FAST", 46: "EAP-PAX", 47: "EAP-PSK", 48: "EAP-SAKE", 49: "EAP-IKEv2", 50: "EAP-AKA'", 51: "EAP-GPSK",
	52: "EAP-pwd", 55: "TEAP", 254: "Expanded", 255: "Experimental",
})
