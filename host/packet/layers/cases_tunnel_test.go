package layers_test

// tunnelCases are what carries other packets: GRE, VXLAN, MPLS.
func tunnelCases() []wireCase {
	inner := l("ip", "src", "192.0.2.1", "dst", "192.0.2.2")
	const scapyInner = `IP(src="192.0.2.1",dst="192.0.2.2")/ICMP(id=1,seq=2)/"abcd"`
	echo, data := l("icmp", "id", 1, "seq", 2), b("abcd")
	frame := l("eth", "dst", "02:00:00:00:00:0b", "src", "02:00:00:00:00:0a")
	const scapyFrame = `Ether(dst="02:00:00:00:00:0b",src="02:00:00:00:00:0a")/`
	mpls := `load_contrib("mpls")`
	return []wireCase{
		{name: "gre", stack: over4(l("gre"), inner, echo, data), scapy: scapyIP + `/GRE()/` + scapyInner},
		{name: "gre eth", stack: over4(l("gre"), frame, inner, echo, data), scapy: scapyIP + `/GRE()/` + scapyFrame + scapyInner},
		{name: "gre all", stack: over4(l("gre", "chksum_present", 1, "key_present", 1, "seqnum_present", 1, "key", 0xdeadbeef, "sequence_number", 7), inner, echo, data),
			scapy: scapyIP + `/GRE(chksum_present=1,key_present=1,seqnum_present=1,key=0xdeadbeef,sequence_number=7)/` + scapyInner,
			shown: map[string]string{"gre.checksum.status": "1"}},
		{name: "gre checksum", stack: over4(l("gre", "chksum_present", 1, "offset", 0), inner, echo, b("abc")),
			scapy: scapyIP + `/GRE(chksum_present=1,offset=0)/IP(src="192.0.2.1",dst="192.0.2.2")/ICMP(id=1,seq=2)/"abc"`,
			shown: map[string]string{"gre.checksum.status": "1"}},
		{name: "gre key", stack: over4(l("gre", "key_present", 1, "key", 0xffffffff), inner, echo, data),
			scapy: scapyIP + `/GRE(key_present=1,key=0xffffffff)/` + scapyInner},
		{name: "gre sequence", stack: over4(l("gre", "seqnum_present", 1, "sequence_number", 0xffffffff), inner, echo, data),
			scapy: scapyIP + `/GRE(seqnum_present=1,sequence_number=0xffffffff)/` + scapyInner},
		{name: "gre routing", stack: over4(l("gre", "routing_present", 1, "strict_route_source", 1, "recursion_control", 5, "chksum", 0x1234, "offset", 4,
			"routing", li(re("address_family", 0x800, "SRE_offset", 4, "routing_info", "\x0a\x00\x00\x07\x0a\x00\x00\x08"), re("address_family", 0))), inner, echo, data),
			scapy: scapyIP + `/GRE(routing_present=1,strict_route_source=1,recursion_control=5,chksum=0x1234,offset=4,proto=0x800)` +
				`/GRErouting(address_family=0x800,SRE_offset=4,routing_info=b"\x0a\0\0\x07\x0a\0\0\x08")/GRErouting()/` + scapyInner,
			shown: map[string]string{"gre.routing.src_length": "8,0", "gre.routing.information": "0a0000070a000008"}, expert: true},
		{name: "gre pptp", stack: over4(l("gre", "version", 1, "seqnum_present", 1, "acknum_present", 1, "call_id", 23, "sequence_number", 5, "ack_number", 4), l("hdlc"), l("ppp"), l("lcp", "code", "Configure-Request", "id", 1)),
			scapy: scapyIP + `/GRE_PPTP(seqnum_present=1,acknum_present=1,call_id=23,sequence_number=5,ack_number=4)/HDLC()/PPP()/PPP_LCP_Configure(id=1)`,
			shown: map[string]string{"gre.flags.ack": "1"}},
		{name: "gre pptp ack", stack: over4(l("gre", "version", 1, "acknum_present", 1, "call_id", 65535, "ack_number", 0xffffffff)),
			scapy: scapyIP + `/GRE_PPTP(acknum_present=1,call_id=65535,ack_number=0xffffffff)`},
		{name: "vxlan", stack: over4(l("udp"), l("vxlan", "vni", 0xabcdef), frame, inner, echo, data),
			scapy: scapyIP + `/UDP()/VXLAN(flags=8,vni=0xabcdef)/` + scapyFrame + scapyInner},
		{name: "vxlan group policy", stack: over4(l("udp", "sport", 1024), l("vxlan", "flags", "Instance+G", "gpflags", "A+D", "gpid", 0x1234, "vni", 1, "reserved2", 255), frame, inner, echo, data),
			scapy: scapyIP + `/UDP(sport=1024)/VXLAN(flags="Instance+G",gpflags="A+D",gpid=0x1234,vni=1,reserved2=255)/` + scapyFrame + scapyInner,
			shown: map[string]string{"vxlan.flag_a": "1", "vxlan.flag_d": "1", "vxlan.flag_i": "1"}},
		{name: "vxlan generic ip", stack: over4(l("udp", "sport", 1024, "dport", 4790), l("vxlan", "vni", 5), inner, echo, data),
			scapy: scapyIP + `/UDP(sport=1024,dport=4790)/VXLAN(vni=5)/` + scapyInner, shown: map[string]string{"vxlan.next_proto": "1", "vxlan.vni": "5"}},
		{name: "vxlan generic eth", stack: over4(l("udp", "sport", 1024, "dport", 4790), l("vxlan", "flags", 12, "vni", 5), frame, inner, echo, data),
			scapy: scapyIP + `/UDP(sport=1024,dport=4790)/VXLAN(flags=12,vni=5)/` + scapyFrame + scapyInner, shown: map[string]string{"vxlan.next_proto": "3"}},
		{name: "mpls", stack: []part{ether(), l("mpls", "label", 16, "cos", 5, "ttl", 64), inner, echo, data}, setup: mpls,
			scapy: scapyEther + `/MPLS(label=16,cos=5,ttl=64)/` + scapyInner},
		{name: "mpls stack", stack: []part{ether(), l("mpls", "label", 1048575, "ttl", 255), l("mpls", "label", 17, "cos", 7, "ttl", 1), l("mpls"), inner, echo, data}, setup: mpls,
			scapy: scapyEther + `/MPLS(label=1048575,ttl=255)/MPLS(label=17,cos=7,ttl=1)/MPLS()/` + scapyInner},
		{name: "mpls in ip", stack: over4(l("mpls", "label", 18), inner, echo, data), setup: mpls, scapy: scapyIP + `/MPLS(label=18)/` + scapyInner},
		{name: "mpls in udp", stack: over4(l("udp", "sport", 1024), l("mpls", "label", 18), inner, echo, data), setup: mpls, scapy: scapyIP + `/UDP(sport=1024)/MPLS(label=18)/` + scapyInner},
		{name: "mpls in gre", stack: over4(l("gre"), l("mpls", "label", 18), inner, echo, data), setup: mpls, scapy: scapyIP + `/GRE()/MPLS(label=18)/` + scapyInner},
		{name: "mpls pseudowire", stack: []part{ether(), l("mpls", "label", 18), l("eomcw", "seq", 9), frame, inner, echo, data}, setup: mpls,
			scapy: scapyEther + `/MPLS(label=18)/EoMCW(seq=9)/` + scapyFrame + scapyInner, prefs: []string{"mpls.label==18,pwethcw"}, shown: map[string]string{"pweth.cw.sequence_number": "9"}},
		{name: "mpls eth", stack: []part{ether(), l("mpls", "label", 18), frame, inner, echo, data}, setup: mpls,
			scapy: scapyEther + `/MPLS(label=18)/` + scapyFrame + scapyInner, prefs: []string{"mpls.label==18,pwethnocw"}},
	}
}

// geneveCases are Geneve with and without options.
func geneveCases() []wireCase {
	geneve := `load_contrib("geneve")`
	frame := []part{l("eth", "dst", "02:00:00:00:00:0b", "src", "02:00:00:00:00:0a"), l("ip", "src", "192.0.2.1", "dst", "192.0.2.2"), l("icmp", "id", 1, "seq", 2), b("abcd")}
	const scapyFrame = `Ether(dst="02:00:00:00:00:0b",src="02:00:00:00:00:0a")/IP(src="192.0.2.1",dst="192.0.2.2")/ICMP(id=1,seq=2)/"abcd"`
	with := func(fields ...any) []part {
		return append(over4(l("udp", "sport", 1024), l("geneve", fields...)), frame...)
	}
	return []wireCase{
		{name: "geneve", setup: geneve, stack: with("vni", 0xffffff), scapy: scapyIP + `/UDP(sport=1024)/GENEVE(vni=0xffffff)/` + scapyFrame},
		{name: "geneve options", setup: geneve, stack: with("oam", 1, "critical", 1, "vni", 5, "reserved2", 7, "options", li(
			re("classid", "Linux", "type", 0x81, "data", "abcd"), re("classid", 0xffff, "type", 1), re("classid", 0x102, "type", 2, "data", "12345678"))),
			scapy: scapyIP + `/UDP(sport=1024)/GENEVE(oam=1,critical=1,vni=5,reserved2=7,options=[GeneveOptions(classid=0x100,type=0x81,data="abcd"),GeneveOptions(classid=0xffff,type=1),GeneveOptions(classid=0x102,type=2,data="12345678")])/` + scapyFrame,
			shown: map[string]string{"geneve.option.class": "0x0100,0xffff,0x0102", "geneve.option.type": "0x81,0x01,0x02", "geneve.option.length": "24,8,4,12"}}, // the first one is of all
		{name: "geneve ip", setup: geneve, stack: append(over4(l("udp", "sport", 1024), l("geneve")), frame[1:]...), scapy: scapyIP + `/UDP(sport=1024)/GENEVE()/IP(src="192.0.2.1",dst="192.0.2.2")/ICMP(id=1,seq=2)/"abcd"`},
		{name: "geneve odd option", stack: with("options", li(re("data", "abc"))), shown: map[string]string{"geneve.option.length": "8,8"}}, // Scapy does not pad
	}
}
