package layers_test

// pppCases are PPPoE and what configures a PPP link.
func pppCases() []wireCase {
	session := func(parts ...part) []part {
		return append([]part{ether(), l("pppoe", "sessionid", 0x1234), l("ppp")}, parts...)
	}
	const scapySession = scapyEther + `/PPPoE(sessionid=0x1234)/PPP()/`
	inner := []part{l("ip", "src", "192.0.2.1", "dst", "192.0.2.2"), l("icmp", "id", 1, "seq", 2), b("abcd")}
	const scapyInner = `IP(src="192.0.2.1",dst="192.0.2.2")/ICMP(id=1,seq=2)/"abcd"`
	return []wireCase{
		{name: "padi", stack: []part{ether(), l("pppoed", "tag_list", li(re("tag_type", "Service-Name"), re("tag_type", "Host-Uniq", "tag_value", "\x01\x02"),
			re("tag_type", "PPP-Max-Payload", "tag_value", "\x05\xdc")))},
			scapy: scapyEther + `/PPPoED()/PPPoED_Tags(tag_list=[PPPoETag(tag_type="Service-Name"),PPPoETag(tag_type="Host-Uniq",tag_value=b"\1\2"),PPPoETag(tag_type="PPP-Max-Payload",tag_value=b"\5\xdc")])`,
			shown: map[string]string{"pppoed.tags.host_uniq": "0102", "pppoed.tags.max_payload": "05dc"}},
		{name: "pado", stack: []part{ether(), l("pppoed", "code", "PADO", "tag_list", li(re("tag_type", "AC-Name", "tag_value", "bras"), re("tag_type", "AC-Cookie", "tag_value", "\xaa\xbb\xcc"), re("tag_type", 0)))},
			scapy: scapyEther + `/PPPoED(code=7)/PPPoED_Tags(tag_list=[PPPoETag(tag_type="AC-Name",tag_value="bras"),PPPoETag(tag_type="AC-Cookie",tag_value=b"\xaa\xbb\xcc"),PPPoETag(tag_type=0)])`,
			shown: map[string]string{"pppoed.tags.ac_name": "bras", "pppoed.tags.ac_cookie": "aabbcc"}},
		{name: "padt", stack: []part{ether(), l("pppoed", "code", "PADT", "sessionid", 0xffff, "tag_list", li(re("tag_type", "Generic-Error", "tag_value", "bye")))},
			scapy: scapyEther + `/PPPoED(code=0xa7,sessionid=0xffff)/PPPoED_Tags(tag_list=[PPPoETag(tag_type="Generic-Error",tag_value="bye")])`,
			shown: map[string]string{"pppoed.tags.generic_error": "bye"}},
		{name: "pppoe ip", stack: session(inner...), scapy: scapySession + scapyInner},
		{name: "pppoe ip uncompressed", stack: append([]part{ether(), l("pppoe", "sessionid", 1), l("ppp", "lead", "\x00")}, inner...),
			scapy: scapyEther + `/PPPoE(sessionid=1)/Raw(b"\0")/PPP(proto=0x21)/` + scapyInner},
		{name: "pppoe ipv6", stack: session(l("ipv6", "src", "fd00::1", "dst", "fd00::2"), l("icmp6")), scapy: scapySession + `IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest()`},
		{name: "lcp request", stack: session(l("lcp", "code", "Configure-Request", "id", 7, "options", li(re("type", "Maximum-Receive-Unit", "max_recv_unit", 1492),
			re("type", "Async-Control-Character-Map", "accm", 0xa0000), re("type", "Authentication-protocol", "auth_protocol", 0xc223, "algorithm", "MD5"),
			re("type", "Quality-protocol"), re("type", "Magic-number", "magic_number", 0xdeadbeef),
			re("type", "Protocol-Field-Compression"), re("type", "Address-and-Control-Field-Compression"), re("type", "Callback", "operation", "E.164 number", "message", "123")))),
			scapy: scapySession + `PPP_LCP_Configure(id=7,options=[PPP_LCP_MRU_Option(max_recv_unit=1492),PPP_LCP_ACCM_Option(accm=0xa0000),PPP_LCP_Auth_Protocol_Option(auth_protocol=0xc223),` +
				`PPP_LCP_Quality_Protocol_Option(),PPP_LCP_Magic_Number_Option(magic_number=0xdeadbeef),PPP_LCP_Option(type=7,data=""),PPP_LCP_Option(type=8,data=""),PPP_LCP_Callback_Option(operation=3,message="123")])`,
			shown: map[string]string{"lcp.opt.mru": "1492", "lcp.opt.asyncmap": "0x000a0000", "lcp.opt.auth_protocol": "0xc223", "lcp.opt.algorithm": "5",
				"lcp.opt.quality_protocol": "0xc025", "lcp.opt.magic_number": "0xdeadbeef", "lcp.opt.operation": "3"}},
		{name: "lcp quality", stack: session(l("lcp", "code", "Configure-Request", "options", li(re("type", "Quality-protocol", "data", "\x00\x00\x03\xe8")))),
			scapy: scapySession + `PPP_LCP_Configure(options=[PPP_LCP_Quality_Protocol_Option(data=b"\0\0\3\xe8")])`, expert: true}, // tshark 4.0 stumbles over any reporting period
		{name: "lcp ack", stack: session(l("lcp", "code", "Configure-Ack", "options", li(re("type", "Authentication-protocol"), re("type", 17, "data", "\x05\xdc")))),
			scapy: scapySession + `PPP_LCP_Configure(code=2,options=[PPP_LCP_Auth_Protocol_Option(),PPP_LCP_Option(type=17,data=b"\5\xdc")])`,
			shown: map[string]string{"lcp.opt.auth_protocol": "0xc023", "lcp.opt.mrru": "1500"}},
		{name: "lcp default", stack: session(l("lcp")), scapy: scapySession + `PPP_LCP()`},
		{name: "lcp terminate ack", stack: session(l("lcp", "code", 6, "id", 255, "data", "bye")), scapy: scapySession + `PPP_LCP_Terminate(code=6,id=255,data="bye")`},
		{name: "lcp code reject", stack: session(l("lcp", "code", "Code-Reject", "rejected_packet", "\x63\x01\x00\x04")),
			scapy: scapySession + `PPP_LCP_Code_Reject(rejected_packet=PPP_LCP(code=99,id=1))`},
		{name: "lcp protocol reject", stack: session(l("lcp", "code", "Protocol-Reject", "rejected_protocol", 0x8057, "rejected_information", "\x01\x01\x00\x04")),
			scapy: scapySession + `PPP_LCP_Protocol_Reject(rejected_protocol=0x8057,rejected_information=Raw(b"\1\1\0\4"))`,
			shown: map[string]string{"ppp.code": "8,1", "ppp.identifier": "0,1", "ppp.length": "10,4"}}, // tshark reads on in the rejected packet
		{name: "lcp echo", stack: session(l("lcp", "code", "Echo-Request", "id", 3, "magic_number", 0xffffffff, "data", "probe")), scapy: scapySession + `PPP_LCP_Echo(id=3,magic_number=0xffffffff,data="probe")`},
		{name: "lcp echo reply", stack: session(l("lcp", "code", "Echo-Reply", "id", 3, "magic_number", 1)), scapy: scapySession + `PPP_LCP_Echo(code=10,id=3,magic_number=1)`},
		{name: "lcp discard", stack: session(l("lcp", "code", "Discard-Request", "magic_number", 1, "data", "x")), scapy: scapySession + `PPP_LCP_Discard_Request(magic_number=1,data="x")`},
		{name: "ipcp", stack: session(l("ipcp", "id", 9, "options", li(re("type", "IP-Address", "data", "10.0.0.7"), re("type", "Primary-DNS-Address"), re("type", "Secondary-DNS-Address", "data", "10.0.0.8"),
			re("type", "Primary-NBNS-Address", "data", "10.0.0.9"), re("type", "Secondary-NBNS-Address", "data", "255.255.255.255"), re("type", "IP-Compression-Protocol", "data", "\x00\x2d\x0f\x01")))),
			scapy: scapySession + `PPP_IPCP(id=9,options=[PPP_IPCP_Option_IPAddress(data="10.0.0.7"),PPP_IPCP_Option_DNS1(),PPP_IPCP_Option_DNS2(data="10.0.0.8"),PPP_IPCP_Option_NBNS1(data="10.0.0.9"),PPP_IPCP_Option_NBNS2(data="255.255.255.255"),PPP_IPCP_Option(type=2,data=b"\0\x2d\x0f\1")])`,
			shown: map[string]string{"ipcp.opt.ip_address": "10.0.0.7", "ipcp.opt.pri_dns_address": "0.0.0.0", "ipcp.opt.sec_dns_address": "10.0.0.8", "ipcp.opt.max_slot_id": "15"}},
		{name: "pap", stack: session(l("pap", "id", 1, "username", "user", "password", "secret")), scapy: scapySession + `PPP_PAP_Request(id=1,username="user",password="secret")`},
		{name: "pap ack", stack: session(l("pap", "code", "Authenticate-Ack", "message", "welcome")), scapy: scapySession + `PPP_PAP_Response(message="welcome")`},
		{name: "pap nak", stack: session(l("pap", "code", "Authenticate-Nak")), scapy: scapySession + `PPP_PAP_Response(code=3)`},
		{name: "chap challenge", stack: session(l("chap", "id", 5, "value", "0123456789abcdef", "optional_name", "bras")),
			scapy: scapySession + `PPP_CHAP_ChallengeResponse(id=5,value="0123456789abcdef",optional_name="bras")`, shown: map[string]string{"chap.value": "30313233343536373839616263646566"}},
		{name: "chap response", stack: session(l("chap", "code", "Response")), scapy: scapySession + `PPP_CHAP_ChallengeResponse(code=2)`},
		{name: "chap success", stack: session(l("chap", "code", "Success", "data", "S=ok")), scapy: scapySession + `PPP_CHAP(code=3,data="S=ok")`},
		{name: "gre pptp lcp", stack: over4(l("gre", "version", 1, "call_id", 1), l("hdlc"), l("ppp"), l("lcp", "code", 9, "magic_number", 5)),
			scapy: scapyIP + `/GRE_PPTP(call_id=1)/HDLC()/PPP()/PPP_LCP_Echo(magic_number=5)`},
	}
}
