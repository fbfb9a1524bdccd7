package layers_test

// ipCases are IPv4's fields and options.
func ipCases() []wireCase {
	with := func(fields ...any) []part {
		return []part{ether(), l("ip", append([]any{"src", "10.0.0.1", "dst", "10.0.0.2"}, fields...)...), l("icmp")}
	}
	scapy := func(fields string) string {
		return scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2",` + fields + `)/ICMP()`
	}
	options := func(list ...any) []part { return with("options", li(list...)) }
	return []wireCase{
		{name: "ip fields", stack: with("tos", 0xb8, "id", 0xbeef, "flags", "DF", "ttl", 1), scapy: scapy(`tos=0xb8,id=0xbeef,flags="DF",ttl=1`)},
		{name: "ip lies", stack: with("len", 100, "chksum", 0xdead, "id", 65535, "ttl", 255), scapy: scapy(`len=100,chksum=0xdead,id=65535,ttl=255`), expert: true},
		{name: "multicast", stack: []part{l("eth", "src", "02:00:00:00:00:01"), l("ip", "src", "10.0.0.1", "dst", "239.255.1.2"), l("udp", "sport", 1000, "dport", 2000)},
			scapy: `Ether(src="02:00:00:00:00:01")/IP(src="10.0.0.1",dst="239.255.1.2")/UDP(sport=1000,dport=2000)`},
		{name: "multicast 6 in a tag", stack: []part{l("eth", "src", "02:00:00:00:00:01"), l("dot1q", "vlan", 5), l("ipv6", "src", "fe80::1", "dst", "ff02::1:3"), l("udp", "sport", 1000, "dport", 2000)},
			scapy: `Ether(src="02:00:00:00:00:01")/Dot1Q(vlan=5)/IPv6(src="fe80::1",dst="ff02::1:3")/UDP(sport=1000,dport=2000)`},
		{name: "ip version", stack: with("version", 4, "ihl", 5), scapy: scapy(`version=4,ihl=5`)},
		{name: "first fragment", stack: []part{ether(), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2", "flags", "MF"), l("icmp", "chksum", 0x1234), b("0123456789abcdef")},
			scapy: scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2",flags="MF")/ICMP(chksum=0x1234)/"0123456789abcdef"`, silent: []string{"data.data"}},
		{name: "later fragment", stack: []part{ether(), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2", "flags", "MF", "frag", 185, "proto", "udp"), b("0123456789abcdef")},
			scapy: scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2",flags="MF",frag=185,proto="udp")/"0123456789abcdef"`},
		{name: "ip in ip", stack: over4(l("ip", "src", "10.1.0.1", "dst", "10.1.0.2"), l("icmp")), scapy: scapyIP + `/IP(src="10.1.0.1",dst="10.1.0.2")/ICMP()`},
		{name: "ip6 in ip", stack: over4(l("ipv6", "src", "fd00::1", "dst", "fd00::2"), l("icmp6")), scapy: scapyIP + `/IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest()`, silent: []string{"ip.version"}},
		{name: "record route", stack: options(li("rr", li("0.0.0.0", "0.0.0.0"))), scapy: scapy(`options=[IPOption_RR(routers=["0.0.0.0","0.0.0.0"])]`),
			shown: map[string]string{"ip.opt.type": "7,0", "ip.opt.ptr": "4"}},
		{name: "record route by name", stack: options(re("type", "rr", "pointer", 8, "routers", li("10.0.0.9", "0.0.0.0")), li("nop")),
			scapy: scapy(`options=[IPOption_RR(pointer=8,routers=["10.0.0.9","0.0.0.0"]),IPOption_NOP()]`), shown: map[string]string{"ip.opt.type": "7,1", "ip.opt.ptr": "8"}},
		{name: "router alert", stack: options(li("router_alert", 0)), scapy: scapy(`options=[IPOption_Router_Alert()]`), shown: map[string]string{"ip.opt.type": "148", "ip.opt.ra": "0"}},
		{name: "timestamps", stack: options(re("type", "timestamp", "pointer", 9, "oflw", 2, "flg", 1, "entries", li(re("internet_address", "10.0.0.9", "timestamp", 77)))),
			scapy: scapy(`options=[IPOption_Timestamp(pointer=9,oflw=2,flg=1,internet_address="10.0.0.9",timestamp=77)]`), shown: map[string]string{"ip.opt.time_stamp": "77", "ip.opt.overflow": "2"}},
		{name: "timestamps alone", stack: options(re("type", "timestamp", "pointer", 9, "timestamps", li(77))),
			scapy: scapy(`options=[IPOption_Timestamp(pointer=9,flg=0,timestamp=77)]`), shown: map[string]string{"ip.opt.time_stamp": "77", "ip.opt.flag": "0x00"}},
		{name: "nops and eol", stack: options(li("nop"), li("nop"), li("eol")), scapy: scapy(`options=[IPOption_NOP(),IPOption_NOP(),IPOption_EOL()]`)},
		{name: "security", stack: options(re("type", "security", "security", 1, "compartment", 2)), scapy: scapy(`options=[IPOption_Security(security=1,compartment=2)]`), expert: true},
		{name: "stream id", stack: options(li("stream_id", 5)), scapy: scapy(`options=[IPOption_Stream_Id(security=5)]`), shown: map[string]string{"ip.opt.sid": "5"}},
		{name: "mtu probe", stack: options(li("mtu_probe", 1400), li("mtu_reply", 1300)), scapy: scapy(`options=[IPOption_MTU_Probe(mtu=1400),IPOption_MTU_Reply(mtu=1300)]`), shown: map[string]string{"ip.opt.mtu": "1400,1300"}},
		{name: "traceroute option", stack: options(re("type", "traceroute", "id", 1, "outbound_hops", 2, "return_hops", 3, "originator_ip", "10.0.0.7")),
			scapy: scapy(`options=[IPOption_Traceroute(id=1,outbound_hops=2,return_hops=3,originator_ip="10.0.0.7",copy_flag=0,optclass=2)]`), shown: map[string]string{"ip.opt.originator": "10.0.0.7"}},
		{name: "address extension", stack: options(re("type", "address_extension", "src_ext", "1.2.3.4", "dst_ext", "5.6.7.8")), scapy: scapy(`options=[IPOption_Address_Extension(src_ext="1.2.3.4",dst_ext="5.6.7.8")]`)},
		{name: "sdbm", stack: options(li("sdbm", li("1.2.3.4"))), scapy: scapy(`options=[IPOption_SDBM(addresses=["1.2.3.4"])]`)},
		{name: "unknown option", stack: options(li(0x9e, "ab")), scapy: scapy(`options=[IPOption(copy_flag=1,optclass=0,option=30,value="ab")]`)},
		{name: "options as bytes", stack: with("options", "\x94\x04\x00\x00\x01"), scapy: scapy(`options=[IPOption_Router_Alert(),IPOption_NOP()]`)},
		{name: "loose source route, udp", stack: []part{ether(), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2", "options", li(li("lsrr", li("10.0.0.7", "10.0.0.8")))), l("udp", "sport", 1, "dport", 2), b("abc")},
			scapy: scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2",options=[IPOption_LSRR(routers=["10.0.0.7","10.0.0.8"])])/UDP(sport=1,dport=2)/"abc"`,
			shown: map[string]string{"ip.dst": "10.0.0.8"}, silent: []string{"data.data"}}, // tshark names the final destination
		{name: "strict source route, tcp", stack: []part{ether(), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2", "options", li(li("ssrr", li("10.0.0.7")))), l("tcp")},
			scapy: scapyEther + `/IP(src="10.0.0.1",dst="10.0.0.2",options=[IPOption_SSRR(routers=["10.0.0.7"])])/TCP()`, shown: map[string]string{"ip.dst": "10.0.0.7"}},
	}
}
