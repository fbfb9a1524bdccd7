package layers_test

// baseCases are ARP, IP, ICMP, UDP and TCP in their usual forms.
func baseCases() []wireCase {
	return []wireCase{
		{name: "arp who-has", stack: []part{ether(), l("arp", "hwsrc", "02:00:00:00:00:01", "psrc", "10.0.0.1", "pdst", "10.0.0.2")},
			scapy: scapyEther + `/ARP(hwsrc="02:00:00:00:00:01",psrc="10.0.0.1",pdst="10.0.0.2")`},
		{name: "arp is-at", stack: []part{ether(), l("arp", "op", "is-at", "hwsrc", "02:00:00:00:00:01", "psrc", "10.0.0.1", "hwdst", "02:00:00:00:00:02", "pdst", "10.0.0.2")},
			scapy: scapyEther + `/ARP(op="is-at",hwsrc="02:00:00:00:00:01",psrc="10.0.0.1",hwdst="02:00:00:00:00:02",pdst="10.0.0.2")`},
		{name: "udp", stack: over4(l("udp", "sport", 1000, "dport", 33434), b("probe")), scapy: scapyIP + `/UDP(sport=1000,dport=33434)/"probe"`},
		{name: "udp6", stack: over6(l("udp", "sport", 1000, "dport", 33434), b("probe")), scapy: scapyIP6 + `/UDP(sport=1000,dport=33434)/"probe"`},
		{name: "echo", stack: over4(l("icmp", "id", 7, "seq", 3), b("abcde")), scapy: scapyIP + `/ICMP(id=7,seq=3)/"abcde"`},
		{name: "echo reply", stack: over4(l("icmp", "type", "echo-reply", "id", 7, "seq", 3), b("abcd")), scapy: scapyIP + `/ICMP(type="echo-reply",id=7,seq=3)/"abcd"`},
		{name: "fragmentation needed", stack: over4(l("icmp", "type", "dest-unreach", "code", 4, "nexthopmtu", 1300),
			l("ip", "src", "10.0.0.2", "dst", "10.0.0.9", "flags", "DF"), l("udp", "sport", 1, "dport", 2), b("0123")),
			scapy: scapyIP + `/ICMP(type="dest-unreach",code=4,nexthopmtu=1300)/IP(src="10.0.0.2",dst="10.0.0.9",flags="DF")/UDP(sport=1,dport=2)/"0123"`},
		{name: "time exceeded", stack: over4(l("icmp", "type", "time-exceeded"), l("ip", "src", "10.0.0.2", "dst", "10.0.0.9", "ttl", 1), l("udp", "sport", 1, "dport", 2)),
			scapy: scapyIP + `/ICMP(type="time-exceeded")/IP(src="10.0.0.2",dst="10.0.0.9",ttl=1)/UDP(sport=1,dport=2)`},
		{name: "tcp syn", stack: over4(l("tcp", "sport", 1024, "dport", 4000, "seq", 1000, "options",
			li(li("mss", 1460), li("sackok"), li("timestamp", 1, 0), li("nop"), li("wscale", 7)))),
			scapy: scapyIP + `/TCP(sport=1024,dport=4000,seq=1000,options=[("MSS",1460),("SAckOK",b""),("Timestamp",(1,0)),("NOP",None),("WScale",7)])`,
			shown: map[string]string{"tcp.options.mss_val": "1460", "tcp.options.wscale.shift": "7", "tcp.options.timestamp.tsval": "1"}},
		{name: "tcp sack", stack: over4(l("tcp", "sport", 1024, "dport", 4000, "flags", "A", "ack", 5, "options", li(li("nop"), li("nop"), li("sack", 100, 200, 300, 400)))),
			scapy: scapyIP + `/TCP(sport=1024,dport=4000,flags="A",ack=5,options=[("NOP",None),("NOP",None),("SAck",(100,200,300,400))])`},
		{name: "tcp data", stack: over4(l("tcp", "sport", 1024, "dport", 4000, "flags", "PA", "ack", 5), b("hello")), scapy: scapyIP + `/TCP(sport=1024,dport=4000,flags="PA",ack=5)/"hello"`},
		{name: "tcp6", stack: over6(l("tcp", "sport", 1024, "dport", 4000)), scapy: scapyIP6 + `/TCP(sport=1024,dport=4000)`},
		{name: "echo6", stack: over6(l("icmp6", "id", 7, "seq", 3), b("abcde")), scapy: scapyIP6 + `/ICMPv6EchoRequest(id=7,seq=3,data="abcde")`},
		{name: "echo reply 6", stack: over6(l("icmp6", "type", "echo-reply", "id", 7, "seq", 3)), scapy: scapyIP6 + `/ICMPv6EchoReply(id=7,seq=3)`},
		{name: "vlan", stack: []part{ether(), l("dot1q", "prio", 5, "vlan", 100), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2"), l("icmp")},
			scapy: scapyEther + `/Dot1Q(prio=5,vlan=100)/IP(src="10.0.0.1",dst="10.0.0.2")/ICMP()`},
		{name: "qinq", stack: []part{ether(), l("dot1ad", "vlan", 10), l("dot1q", "vlan", 20, "id", 1), l("ipv6", "src", "fd00::1", "dst", "fd00::2"), l("udp")},
			scapy:  scapyEther + `/Dot1AD(vlan=10)/Dot1Q(vlan=20,id=1)/IPv6(src="fd00::1",dst="fd00::2")/UDP()`,
			expert: true}, // port 53 without a DNS message
	}
}
