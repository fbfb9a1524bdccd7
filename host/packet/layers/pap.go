package layers

import "moonwire/host/packet"

// pap has PPP's ways to authenticate by a password: in clear, and by the hash of a challenge.
func pap() layerSet {
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "pap", Title: "PPP Password Authentication Protocol", Source: "RFC 1334 section 2.2", Aliases: []string{"PPP_PAP"},
			Fields: []packet.Field{
				{Name: "code", Bits: 8, Default: uint64(1), Doc: "what the packet is", Wireshark: "pap.code",
					Kind: packet.Named(map[uint64]string{1: "Authenticate-Request", 2: "Authenticate-Ack", 3: "Authenticate-Nak"})},
				{Name: "id", Bits: 8, Kind: packet.Hex, Doc: "joins request and answer", Wireshark: "pap.identifier"},
				{Name: "len", Bits: 16, Auto: headerBytes, Doc: "length of the packet in bytes", Wireshark: "pap.length"},
				{Name: "username_len", Bits: 8, When: "code == 1", Auto: packet.FieldLen("username"), Doc: "bytes of username", Wireshark: "pap.peer_id.length"},
				{Name: "username", When: "code == 1", Kind: packet.Bytes, Size: "username_len", Doc: "who it is", Wireshark: "pap.peer_id"},
				{Name: "passwd_len", Bits: 8, When: "code == 1", Auto: packet.FieldLen("password"), Doc: "bytes of password", Wireshark: "pap.password.length"},
				{Name: "password", When: "code == 1", Kind: packet.Bytes, Size: "passwd_len", Doc: "the password", Wireshark: "pap.password"},
				{Name: "msg_len", Bits: 8, When: "code == 2 || code == 3", Auto: packet.FieldLen("message"), Doc: "bytes of message", Wireshark: "pap.message.length"},
				{Name: "message", When: "code == 2 || code == 3", Kind: packet.Bytes, Size: "msg_len", Doc: "for people", Wireshark: "pap.message"},
				{Name: "data", When: "code == 0 || code > 3", Kind: packet.Bytes, Size: "len - 4", Doc: "of an unknown code"},
			},
			End: pppEnd, Summary: fieldsOf("code id username optional_name"),
		}, {
			Name: "chap", Title: "PPP Challenge Handshake Authentication Protocol", Source: "RFC 1994 section 4", Aliases: []string{"PPP_CHAP"},
			Fields: []packet.Field{
				{Name: "code", Bits: 8, Default: uint64(1), Doc: "what the packet is", Wireshark: "chap.code",
					Kind: packet.Named(map[uint64]string{1: "Challenge", 2: "Response", 3: "Success", 4: "Failure"})},
				{Name: "id", Bits: 8, Kind: packet.Hex, Doc: "joins challenge and response", Wireshark: "chap.identifier"},
				{Name: "len", Bits: 16, Auto: headerBytes, Doc: "length of the packet in bytes", Wireshark: "chap.length"},
				{Name: "value_size", Bits: 8, When: "code == 1 || code == 2", Auto: packet.FieldLen("value"), Doc: "bytes of value", Wireshark: "chap.value_size"},
				{Name: "value", When: "code == 1 || code == 2", Kind: packet.Bytes, Size: "value_size", Default: "\x00\x00\x00\x00\x00\x00\x00\x00",
					Doc: "the challenge, or the hash of id, secret and challenge"},
				{Name: "optional_name", When: "code == 1 || code == 2", Kind: packet.Bytes, Size: "len - value_size - 5", Doc: "who sends it", Wireshark: "chap.name"},
				{Name: "data", When: "code == 0 || code > 2", Kind: packet.Bytes, Size: "len - 4", Doc: "for people", Wireshark: "chap.message"},
			},
			End: pppEnd, Summary: fieldsOf("code id username optional_name"),
		}},
		bindings: []packet.Binding{
			{Lower: "ppp", Field: "proto", Value: 0xc023, Upper: "pap"},
			{Lower: "ppp", Field: "proto", Value: 0xc223, Upper: "chap"},
		},
	}
}
