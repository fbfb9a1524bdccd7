package layers_test

import "strings"

// eapCases are EAPOL frames with EAP and keys.
func eapCases() []wireCase {
	eap := func(fields ...any) []part { return []part{ether(), l("eapol"), l("eap", fields...)} }
	const scapyEAP = scapyEther + `/EAPOL()/`
	key := strings.Repeat("\x5a", 22)
	wpa := `load_contrib("wpa_eapol")`
	return []wireCase{
		{name: "eapol to its group", stack: []part{l("eth", "src", "02:00:00:00:00:01"), l("eapol", "type", "EAPOL-Start")}, scapy: `Ether(src="02:00:00:00:00:01")/EAPOL(type="EAPOL-Start")`},
		{name: "eapol start", stack: []part{ether(), l("eapol", "type", "EAPOL-Start", "version", 2)}, scapy: scapyEther + `/EAPOL(type="EAPOL-Start",version=2)`},
		{name: "eap failure", stack: eap(), scapy: scapyEAP + `EAP()`},
		{name: "eap success", stack: eap("code", "Success", "id", 255), scapy: scapyEAP + `EAP(code=3,id=255)`},
		{name: "eap identity request", stack: eap("code", "Request", "id", 1, "type", "Identity", "message", "who?"), scapy: scapyEAP + `EAP(code=1,id=1,type=1,message="who?")`},
		{name: "eap identity", stack: eap("code", "Response", "id", 1, "type", "Identity", "identity", "bob@example.org"), scapy: scapyEAP + `EAP(code=2,id=1,type=1,identity="bob@example.org")`},
		{name: "eap nak", stack: eap("code", "Response", "type", "Legacy Nak", "desired_auth_types", li("EAP-TLS", 25, 43)), scapy: scapyEAP + `EAP(code=2,type=3,desired_auth_types=[13,25,43])`,
			shown: map[string]string{"eap.desired_type": "13"}}, // tshark shows the first alone
		{name: "eap md5", stack: eap("code", "Request", "type", "MD5-Challenge", "value", "0123456789abcdef", "optional_name", "ap"),
			scapy: scapyEAP + `EAP_MD5(value="0123456789abcdef",optional_name="ap")`},
		{name: "eap tls start", stack: eap("code", "Request", "id", 2, "type", "EAP-TLS", "S", 1), scapy: scapyEAP + `EAP_TLS(id=2,S=1)`, shown: map[string]string{"eap.tls.flags": "0x20"}},
		{name: "eap tls", stack: eap("code", "Response", "id", 2, "type", "EAP-TLS", "L", 1, "M", 1, "tls_message_len", 1000, "tls_data", "\x16\x03\x01\x03\xe3"),
			scapy: scapyEAP + `EAP_TLS(code=2,id=2,L=1,M=1,tls_message_len=1000,tls_data=b"\x16\3\1\3\xe3")`, shown: map[string]string{"eap.tls.flags": "0xc0", "eap.tls.len": "1000"}},
		{name: "eap ttls", stack: eap("code", "Request", "type", "EAP-TTLS", "S", 1, "version", 0), scapy: scapyEAP + `EAP_TTLS(S=1)`, shown: map[string]string{"eap.tls.flags": "0x20"}},
		{name: "eap peap", stack: eap("code", "Request", "type", "PEAP", "S", 1), scapy: scapyEAP + `EAP_PEAP(S=1)`, shown: map[string]string{"eap.tls.flags": "0x21"}},
		{name: "eap fast", stack: eap("code", "Request", "type", "EAP-FAST", "S", 1, "version", 1, "data", "\x00\x04\x00\x04abcd"), scapy: scapyEAP + `EAP_FAST(S=1,version=1,data=b"\0\4\0\4abcd")`,
			shown: map[string]string{"eap.tls.flags": "0x21", "eap.fast.authority_id_data": "61626364"}},
		{name: "eap leap", stack: eap("code", "Request", "type", 17, "challenge_response", "01234567", "username", "bob"), scapy: scapyEAP + `LEAP(challenge_response="01234567",username="bob")`,
			shown: map[string]string{"eap.leap.version": "1", "eap.leap.count": "8", "eap.leap.peer_challenge": "3031323334353637", "eap.leap.name": "bob"}},
		{name: "eap other", stack: eap("code", "Request", "type", "Notification", "data", "hello"), scapy: scapyEAP + `EAP(code=1,type=2)/Raw("hello")`},
		{name: "eap in ppp", stack: []part{ether(), l("pppoe"), l("ppp"), l("eap", "code", 1, "type", 1)}, scapy: scapyEther + `/PPPoE()/PPP()/EAP(code=1,type=1)`},
		{name: "eapol key", setup: wpa, stack: []part{ether(), l("eapol", "version", 2), l("eapol_key", "key_info", 0x008a, "len", 16, "replay_counter", 1, "nonce", strings.Repeat("n", 32))},
			scapy: scapyEther + `/EAPOL(version=2)/WPA_key(descriptor_type=2,key_info=0x8a,len=16,replay_counter=b"\0\0\0\0\0\0\0\1",nonce="n"*32,wpa_key_length=0)`,
			shown: map[string]string{"wlan_rsna_eapol.keydes.key_info.key_ack": "1", "wlan_rsna_eapol.keydes.msgnr": "1"}},
		{name: "eapol key 3", setup: wpa, stack: []part{ether(), l("eapol"), l("eapol_key", "descriptor_type", 2, "key_info", 0x03ca, "len", 16, "replay_counter", 2, "nonce", strings.Repeat("n", 32),
			"key_iv", strings.Repeat("i", 16), "wpa_key_rsc", "rsc45678", "wpa_key_id", "id345678", "wpa_key_mic", strings.Repeat("m", 16), "wpa_key", "\x30\x14"+key[:20])},
			scapy: scapyEther + `/EAPOL()/WPA_key(descriptor_type=2,key_info=0x3ca,len=16,replay_counter=b"\0\0\0\0\0\0\0\2",nonce="n"*32,key_iv="i"*16,wpa_key_rsc="rsc45678",wpa_key_id="id345678",` +
				`wpa_key_mic="m"*16,wpa_key_length=22,wpa_key=b"\x30\x14"+b"\x5a"*20)`,
			expert: true}, // the element that the key data should be is made up
		{name: "eapol key rc4", stack: []part{ether(), l("eapol", "type", 3), l("eapol_key", "descriptor_type", "RC4", "len", 13, "replay_counter", 7, "key_iv", strings.Repeat("i", 16),
			"unicast", 1, "key_index", 3, "key_signature", strings.Repeat("s", 16), "key", "0123456789abc")}}, // Scapy has the layout of WPA for every descriptor
	}
}
