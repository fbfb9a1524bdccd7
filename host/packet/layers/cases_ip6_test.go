package layers_test

// ip6Cases are IPv6's fields and extension headers.
func ip6Cases() []wireCase {
	return []wireCase{
		{name: "ip6 fields", stack: []part{ether(), l("ipv6", "src", "fd00::1", "dst", "fd00::2", "tc", 0xb8, "fl", 0xabcde, "hlim", 1), l("icmp6")},
			scapy: scapyEther + `/IPv6(src="fd00::1",dst="fd00::2",tc=0xb8,fl=0xabcde,hlim=1)/ICMPv6EchoRequest()`},
		{name: "ip6 nothing", stack: over6(), scapy: scapyIP6},
		{name: "ip in ip6", stack: over6(l("ip", "src", "10.0.0.1", "dst", "10.0.0.2"), l("icmp")), scapy: scapyIP6 + `/IP(src="10.0.0.1",dst="10.0.0.2")/ICMP()`, silent: []string{"ip.version"}},
		{name: "ip6 in ip6", stack: over6(l("ipv6", "src", "fd00:1::1", "dst", "fd00:1::2"), l("icmp6")), scapy: scapyIP6 + `/IPv6(src="fd00:1::1",dst="fd00:1::2")/ICMPv6EchoRequest()`},
		{name: "hop-by-hop router alert", stack: over6(l("ipv6_hopopts", "options", li(li("router_alert", 0))), l("icmp6", "type", "mld-report", "mladdr", "ff02::1:2")),
			scapy: scapyIP6 + `/IPv6ExtHdrHopByHop(options=[RouterAlert(value=0)])/ICMPv6MLReport(mladdr="ff02::1:2")`, shown: map[string]string{"ipv6.opt.router_alert": "0"}},
		{name: "hop-by-hop empty", stack: over6(l("ipv6_hopopts"), l("udp", "sport", 1, "dport", 2)), scapy: scapyIP6 + `/IPv6ExtHdrHopByHop()/UDP(sport=1,dport=2)`, expert: true, wild: true},
		{name: "jumbo", stack: over6(l("ipv6_hopopts", "options", li(li("jumbo", 70000))), l("udp", "sport", 1, "dport", 2), b("x")),
			scapy: scapyIP6 + `/IPv6ExtHdrHopByHop(options=[Jumbo(jumboplen=70000)])/UDP(sport=1,dport=2)/"x"`, expert: true},
		{name: "home address", stack: over6(l("ipv6_dest", "options", li(li("home_address", "fd00::77"))), l("tcp", "sport", 1024, "dport", 4000)),
			scapy: scapyIP6 + `/IPv6ExtHdrDestOpt(options=[HAO(hoa="fd00::77")])/TCP(sport=1024,dport=4000)`},
		{name: "several options", stack: over6(l("ipv6_dest", "options", li(li("tunnel_limit", 4), li("router_alert", 2), li(0x1e, "abc"))), l("icmp6")),
			scapy: scapyIP6 + `/IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=4,optdata=b"\4"),RouterAlert(value=2),HBHOptUnknown(otype=0x1e,optdata="abc")])/ICMPv6EchoRequest()`, expert: true},
		{name: "padding given", stack: over6(l("ipv6_dest", "options", li(li("pad1"), li("padn", "\x00"), li("pad1"), li("pad1"))), l("icmp6")),
			scapy: scapyIP6 + `/IPv6ExtHdrDestOpt(options=[Pad1(),PadN(optdata=b"\0"),Pad1(),Pad1()])/ICMPv6EchoRequest()`, expert: true, wild: true},
		{name: "routing 0", stack: over6(l("ipv6_routing", "addresses", li("fd00::7", "fd00::8")), l("udp", "sport", 1, "dport", 2), b("abc")),
			scapy: scapyIP6 + `/IPv6ExtHdrRouting(addresses=["fd00::7","fd00::8"])/UDP(sport=1,dport=2)/"abc"`, silent: []string{"data.data"}},
		{name: "routing 0 done", stack: over6(l("ipv6_routing", "segleft", 0, "addresses", li("fd00::7", "fd00::8")), l("udp", "sport", 1, "dport", 2)),
			scapy: scapyIP6 + `/IPv6ExtHdrRouting(segleft=0,addresses=["fd00::7","fd00::8"])/UDP(sport=1,dport=2)`},
		{name: "routing 2", stack: over6(l("ipv6_routing", "type", 2, "segleft", 1, "addresses", li("fd00::7")), l("tcp", "sport", 1024, "dport", 4000)),
			scapy: scapyIP6 + `/IPv6ExtHdrRouting(type=2,segleft=1,addresses=["fd00::7"])/TCP(sport=1024,dport=4000)`},
		{name: "segments", stack: over6(l("ipv6_routing", "type", 4, "tag", 9, "addresses", li("fd00::9", "fd00::8", "fd00::2")), l("icmp6")),
			scapy: scapyIP6 + `/IPv6ExtHdrSegmentRouting(tag=9,addresses=["fd00::9","fd00::8","fd00::2"])/ICMPv6EchoRequest()`},
		{name: "segments default", stack: over6(l("ipv6_routing", "type", 4, "segleft", 0), l("icmp6")), scapy: scapyIP6 + `/IPv6ExtHdrSegmentRouting(segleft=0)/ICMPv6EchoRequest()`},
		{name: "segments with hmac", stack: over6(l("ipv6_routing", "type", 4, "tlv_objects", li(re("type", "hmac", "hmackeyid", 7, "hmac", "0123456789abcdef"))), l("icmp6")),
			scapy: ""}, // Scapy 2.5 gives this object a length of two bytes
		{name: "chain", stack: over6(l("ipv6_hopopts", "options", li(li("router_alert", 0))), l("ipv6_dest", "options", li(li("tunnel_limit", 3))),
			l("ipv6_routing", "addresses", li("fd00::7")), l("ipv6_frag", "id", 99), l("ipv6_dest", "options", li("")), l("udp", "sport", 1, "dport", 2), b("abc")),
			scapy: scapyIP6 + `/IPv6ExtHdrHopByHop(options=[RouterAlert(value=0)])/IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=4,optdata=b"\3")])/IPv6ExtHdrRouting(addresses=["fd00::7"])/` +
				`IPv6ExtHdrFragment(id=99)/IPv6ExtHdrDestOpt()/UDP(sport=1,dport=2)/"abc"`, silent: []string{"data.data"}},
		{name: "fragment header", stack: over6(l("ipv6_frag", "offset", 185, "m", 1, "id", 0xdeadbeef, "nh", "udp"), b("0123456701234567")),
			scapy: scapyIP6 + `/IPv6ExtHdrFragment(offset=185,m=1,id=0xdeadbeef,nh=17)/"0123456701234567"`},
	}
}
