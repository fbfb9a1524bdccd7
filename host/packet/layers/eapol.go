package layers

import "moonwire/host/packet"

// eapol is what a station and an access point say before they are connected: EAP, and the keys that follow from it.
func eapol() layerSet {
	const wpa, rc4 = "descriptor_type != 1", "descriptor_type == 1"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "eapol", Title: "EAP over LAN", Source: "IEEE 802.1X clause 11.3", Aliases: []string{"EAPOL"}, Particular: true,
			Fields: []packet.Field{
				{Name: "version", Bits: 8, Default: uint64(1), Doc: "of the standard", Wireshark: "eapol.version",
					Kind: packet.Named(map[uint64]string{1: "802.1X-2001", 2: "802.1X-2004", 3: "802.1X-2010"})},
				{Name: "type", Bits: 8, Doc: "what follows", Wireshark: "eapol.type", Auto: packet.Bound("type"),
					Kind: packet.Named(map[uint64]string{0: "EAP-Packet", 1: "EAPOL-Start", 2: "EAPOL-Logoff", 3: "EAPOL-Key",
						4: "EAPOL-Encapsulated-ASF-Alert", 5: "EAPOL-MKA", 6: "EAPOL-Announcement (Generic)",
						7: "EAPOL-Announcement (Specific)", 8: "EAPOL-Announcement-Req"})},
				{Name: "len", Bits: 16, Auto: packet.PayloadLen, Doc: "length of what follows in bytes", Wireshark: "eapol.len"},
			},
			Select: []string{"type"}, Summary: inWords("type"),
			End: func(c packet.Context) int { return 4 + int(c.Uint("len")) },
		}, {
			Name: "eapol_key", Title: "EAPOL key frame", Source: "IEEE 802.11 clause 12.7.2, IEEE 802.1X-2004 clause 7.6", Aliases: []string{"WPA_key"},
			Fields: []packet.Field{
				{Name: "descriptor_type", Bits: 8, Default: uint64(2), Doc: "of the frame", Wireshark: "eapol.keydes.type",
					Kind: packet.Named(map[uint64]string{1: "RC4", 2: "RSN", 254: "WPA"})},
				{Name: "key_info", Bits: 16, Kind: packet.Hex, When: wpa, Doc: "version (3 bits), pairwise, index (2), install, ack, MIC, secure, error, request, encrypted",
					Wireshark: "wlan_rsna_eapol.keydes.key_info"},
				{Name: "len", Bits: 16, Doc: "length of the key in bytes", Wireshark: "eapol.keydes.key_len"},
				{Name: "replay_counter", Bits: 64, Doc: "grows with each frame", Wireshark: "eapol.keydes.replay_counter"},
				{Name: "nonce", Bits: 256, Kind: packet.Bytes, When: wpa, Doc: "random", Wireshark: "wlan_rsna_eapol.keydes.nonce"},
				{Name: "key_iv", Bits: 128, Kind: packet.Bytes, Doc: "for the encryption of the key", Wireshark: "eapol.keydes.key_iv"},
				{Name: "wpa_key_rsc", Bits: 64, Kind: packet.Bytes, When: wpa, Doc: "receive sequence counter", Wireshark: "wlan_rsna_eapol.keydes.rsc"},
				{Name: "wpa_key_id", Bits: 64, Kind: packet.Bytes, When: wpa, Doc: "reserved", Wireshark: "wlan_rsna_eapol.keydes.id"},
				{Name: "wpa_key_mic", Bits: 128, Kind: packet.Bytes, When: wpa, Doc: "integrity code of the frame", Wireshark: "wlan_rsna_eapol.keydes.mic"},
				{Name: "wpa_key_length", Bits: 16, When: wpa, Auto: packet.FieldLen("wpa_key"), Doc: "bytes of wpa_key", Wireshark: "wlan_rsna_eapol.keydes.data_len"},
				{Name: "wpa_key", Kind: packet.Bytes, When: wpa, Size: "wpa_key_length", Doc: "key data", Wireshark: "wlan_rsna_eapol.keydes.data"},
				{Name: "unicast", Bits: 1, When: rc4, Doc: "1: of this station alone", Wireshark: "eapol.keydes.key_index.type"},
				{Name: "key_index", Bits: 7, When: rc4, Doc: "number of the key", Wireshark: "eapol.keydes.key_index.number"},
				{Name: "key_signature", Bits: 128, Kind: packet.Bytes, When: rc4, Doc: "of the frame", Wireshark: "eapol.keydes.key_signature"},
				{Name: "key", Kind: packet.Bytes, When: rc4, Size: "rest", Doc: "encrypted", Wireshark: "eapol.keydes.key"},
			},
			Summary: inWords("descriptor_type key_info="),
		}},
		bindings: append(etherUppers(0x888e, "eapol"),
			packet.Binding{Lower: "eapol", Field: "type", Value: 0, Upper: "eap"},
			packet.Binding{Lower: "eapol", Field: "type", Value: 3, Upper: "eapol_key"}),
	}
}
