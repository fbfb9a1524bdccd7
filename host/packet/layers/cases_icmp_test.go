package layers_test

import "strings"

// icmpCases are ICMP's messages.
func icmpCases() []wireCase {
	with := func(fields ...any) []part { return over4(l("icmp", fields...)) }
	quoted := []part{l("ip", "src", "10.0.0.2", "dst", "10.0.0.9"), l("udp", "sport", 1000, "dport", 33434), b("0123")}
	const scapyQuoted = `/IP(src="10.0.0.2",dst="10.0.0.9")/UDP(sport=1000,dport=33434)/"0123"`
	quoting := func(fields ...any) []part { return append(with(fields...), quoted...) }
	return []wireCase{
		{name: "timestamp request", stack: with("type", 13, "id", 1, "seq", 2, "ts_ori", 100, "ts_rx", 200, "ts_tx", 300), scapy: scapyIP + `/ICMP(type=13,id=1,seq=2,ts_ori=100,ts_rx=200,ts_tx=300)`},
		{name: "timestamp reply", stack: with("type", "timestamp-reply", "ts_ori", 86399999, "ts_rx", 5, "ts_tx", 5), scapy: scapyIP + `/ICMP(type=14,ts_ori=86399999,ts_rx=5,ts_tx=5)`},
		{name: "information", stack: with("type", 15, "id", 3), scapy: scapyIP + `/ICMP(type=15,id=3)`},
		{name: "mask request", stack: with("type", 17, "id", 1, "seq", 2, "addr_mask", "255.255.255.0"), scapy: scapyIP + `/ICMP(type=17,id=1,seq=2,addr_mask="255.255.255.0")`},
		{name: "mask reply", stack: with("type", 18, "addr_mask", "255.255.0.0"), scapy: scapyIP + `/ICMP(type=18,addr_mask="255.255.0.0")`},
		{name: "redirect", stack: quoting("type", 5, "code", "host-redirect", "gw", "10.0.0.254"), scapy: scapyIP + `/ICMP(type=5,code=1,gw="10.0.0.254")` + scapyQuoted, silent: []string{"data.data"}},
		{name: "parameter problem", stack: quoting("type", 12, "ptr", 20), scapy: scapyIP + `/ICMP(type=12,ptr=20)` + scapyQuoted},
		{name: "source quench", stack: quoting("type", 4), scapy: scapyIP + `/ICMP(type=4)` + scapyQuoted},
		{name: "port unreachable", stack: quoting("type", 3, "code", "port-unreachable", "reserved", 1), scapy: scapyIP + `/ICMP(type=3,code=3,reserved=1)` + scapyQuoted, silent: []string{"icmp.mtu"}},
		{name: "reassembly time exceeded", stack: quoting("type", 11, "code", "ttl-zero-during-reassembly", "unused", 7), scapy: scapyIP + `/ICMP(type=11,code=1,unused=7)` + scapyQuoted},
		{name: "solicitation", stack: with("type", 10, "unused", 0), scapy: scapyIP + `/ICMP(type=10)`},
		{name: "advertisement", stack: with("type", 9, "lifetime", 1800, "addresses", li(re("addr", "10.0.0.254", "pref", int64(-5)), re("addr", "10.0.0.253"))),
			scapy: scapyIP + `/ICMP(type=9,unused=0x02020708)/b"\x0a\x00\x00\xfe\xff\xff\xff\xfb\x0a\x00\x00\xfd\0\0\0\0"`, shown: map[string]string{"icmp.router_address": "10.0.0.254,10.0.0.253", "icmp.pref_level": "-5,0"}},
		{name: "unknown type", stack: append(with("type", 200, "unused", 0x01020304), b("x")), scapy: scapyIP + `/ICMP(type=200,unused=0x01020304)/"x"`, silent: []string{"data.data"}},
		{name: "quoted tcp", stack: append(with("type", 3, "code", 1), l("ip", "src", "10.0.0.2", "dst", "10.0.0.9", "len", 40), l("tcperror", "sport", 1024, "dport", 4000, "seq", 77)),
			scapy: scapyIP + `/ICMP(type=3,code=1)/IP(src="10.0.0.2",dst="10.0.0.9",len=40,proto=6)/b"\4\0\x0f\xa0\0\0\0\x4d"`},
		{name: "probe request", stack: with("type", 42, "id", 1, "seq", 2, "local", 1), scapy: scapyIP + `/ICMP(type=42,unused=0x00010201)`},
		{name: "probe reply", stack: with("type", 43, "id", 1, "seq", 2, "state", 2, "active", 1, "ipv4", 1), scapy: scapyIP + `/ICMP(type=43,unused=0x00010246)`},
		{name: "traceroute message", stack: with("type", 30, "tid", 1, "outhops", 3, "rethops", 65535, "speed", 125000000, "mtu", 1500),
			scapy: scapyIP + `/ICMP(type=30,unused=0x00010000)/b"\0\3\xff\xff\x07\x73\x59\x40\0\0\x05\xdc"`, expert: true},
		// Scapy 2.5 takes the checksum of an extension structure over its first four bytes only: it is given here.
		{name: "extensions", stack: append(with("type", 11), l("ip", "src", "10.0.0.2", "dst", "10.0.0.9", "len", 128), l("udp", "sport", 1, "dport", 2), b(strings.Repeat("q", 100)),
			l("icmp_ext", "objects", li(re("stack", li(re("label", 24000, "ttl", 1))), re("classnum", 2, "classtype", 0x0f, "ifindex", 7, "ip4", "10.0.0.7", "ifname", "eth0\x00\x00\x00", "mtu", 1500)))),
			setup: `load_contrib("icmp_extensions")`,
			scapy: scapyIP + `/ICMP(type=11,length=32)/IP(src="10.0.0.2",dst="10.0.0.9",len=128)/UDP(sport=1,dport=2,len=108)/("q"*100)/` +
				`ICMPExtensionHeader(chksum=0x1936)/(bytes(ICMPExtensionMPLS(stack=[MPLS(label=24000,ttl=1)]))+` +
				`bytes(ICMPExtensionInterfaceInformation(has_ifindex=1,has_ipaddr=1,has_ifname=1,has_mtu=1,ifindex=7,afi=1,ip4="10.0.0.7",ifname_len=8,ifname=b"eth0\0\0\0",mtu=1500)))`,
			shown: map[string]string{"icmp.mpls.label": "24000", "icmp.int_info.index": "7", "icmp.int_info.mtu": "1500", "icmp.int_info.ipv4": "10.0.0.7"}, silent: []string{"data.data"}},
	}
}
