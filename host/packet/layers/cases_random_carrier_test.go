package layers_test

// randomCarriers are tunnels, PPP, EAP, routing, SCTP and RADIUS with random fields.
func randomCarriers() []randomLayer {
	plain := over4()
	mpls, geneve, ospf, wpa, cdp := `load_contrib("mpls")`, `load_contrib("geneve")`, `load_contrib("ospf")`, `load_contrib("wpa_eapol")`, `load_contrib("cdp")`
	greBits := "chksum_present routing_present key_present seqnum_present acknum_present flags version"
	return []randomLayer{
		{layer: "mpls", class: "MPLS", setup: mpls},
		{layer: "eomcw", class: "EoMCW", setup: mpls},
		{layer: "gre", class: "GRE", skip: greBits, under: plain, scapy: scapyIP, part: l("gre", "chksum_present", 1, "key_present", 1, "seqnum_present", 1),
			fixed: "chksum_present=1,key_present=1,seqnum_present=1,"},
		{layer: "gre", class: "GRE_PPTP", skip: greBits + " proto", under: plain, scapy: scapyIP, part: l("gre", "version", 1, "proto", 0x880b, "seqnum_present", 1, "acknum_present", 1),
			fixed: "seqnum_present=1,acknum_present=1,"},
		{layer: "vxlan", class: "VXLAN", skip: "flags", part: l("vxlan", "flags", 8), fixed: "flags=8,"},
		{layer: "vxlan", class: "VXLAN", skip: "flags", part: l("vxlan", "flags", 0x88), fixed: "flags=0x88,"},
		{layer: "vxlan", class: "VXLAN", skip: "flags", part: l("vxlan", "flags", 12), fixed: "flags=12,"},
		{layer: "geneve", class: "GENEVE", setup: geneve, skip: "optionlen"},
		{layer: "pppoe", class: "PPPoE"},
		{layer: "pppoed", class: "PPPoED", skip: "tag_list"},
		{layer: "hdlc", class: "HDLC"},
		{layer: "lcp", class: "PPP_LCP_Echo", skip: "code data", part: l("lcp", "code", 9)},
		{layer: "pap", class: "PPP_PAP_Request", skip: "code username password", part: l("pap", "username", "u", "password", "p"), fixed: `username="u",password="p",`},
		{layer: "eapol", class: "EAPOL", skip: "len"},
		{layer: "eap", class: "EAP", skip: "code type", part: l("eap", "code", 3), fixed: "code=3,"},
		{layer: "eap", class: "EAP_PEAP", skip: "code type L len", part: l("eap", "code", 1, "type", 25, "L", 1), fixed: "L=1,"},
		{layer: "eapol_key", class: "WPA_key", setup: wpa, skip: "descriptor_type replay_counter wpa_key_length", part: l("eapol_key", "wpa_key_length", 0), fixed: "descriptor_type=2,wpa_key_length=0,"},
		{layer: "cdp", class: "CDPv2_HDR", setup: cdp, skip: "cksum"},
		{layer: "vrrp", class: "VRRP", skip: "version ipcount", under: plain, scapy: scapyIP, part: l("vrrp", "addrlist", li("10.0.0.254")), fixed: `addrlist=["10.0.0.254"],`},
		{layer: "vrrp", class: "VRRPv3", skip: "version ipcount", under: over6(), scapy: scapyIP6, part: l("vrrp", "version", 3, "addrlist", li("fe80::1")), fixed: `addrlist=["fe80::1"],`},
		{layer: "ospf", class: "OSPF_Hdr", setup: ospf, skip: "authtype", part: l("ospf", "authtype", 0)},
		{layer: "ospf", class: "OSPF_Hdr", setup: ospf, skip: "authtype authdatalen", part: l("ospf", "authtype", 2), fixed: "authtype=2,"},
		{layer: "ospf_hello", class: "OSPF_Hello", setup: ospf},
		{layer: "ospf_dbdesc", class: "OSPF_DBDesc", setup: ospf},
		{layer: "sctp", class: "SCTP", under: plain, scapy: scapyIP},
		{layer: "sctp_data", class: "SCTPChunkData"},
		{layer: "sctp_init", class: "SCTPChunkInit"},
		{layer: "sctp_sack", class: "SCTPChunkSACK", skip: "n_gap_ack n_dup_tsn"},
		{layer: "sctp_shutdown", class: "SCTPChunkShutdown"},
		{layer: "sctp_auth", class: "SCTPChunkAuthentication"},
		{layer: "sctp_asconf", class: "SCTPChunkAddressConf"},
		{layer: "radius", class: "Radius", under: append(plain, l("udp")), scapy: scapyIP + "/UDP()"},
	}
}
