package layers_test

// etherCases are the link layer: 802.3 frames, LLC, SNAP, spanning tree, VLAN tags, ARP of other lengths.
func etherCases() []wireCase {
	dot3 := func(parts ...part) []part {
		return append([]part{l("dot3", "dst", "01:80:c2:00:00:00", "src", "02:00:00:00:00:01")}, parts...)
	}
	const scapyDot3 = `Dot3(dst="01:80:c2:00:00:00",src="02:00:00:00:00:01")`
	return []wireCase{
		{name: "stp", stack: dot3(l("llc"), l("stp", "rootid", 32769, "rootmac", "02:00:00:00:00:01", "pathcost", 4, "bridgeid", 32769, "bridgemac", "02:00:00:00:00:01", "portid", 0x8001)),
			scapy: scapyDot3 + `/LLC()/STP(rootid=32769,rootmac="02:00:00:00:00:01",pathcost=4,bridgeid=32769,bridgemac="02:00:00:00:00:01",portid=0x8001)`,
			shown: map[string]string{"stp.root.prio": "32768", "stp.root.ext": "1"}},
		{name: "stp fractions", stack: dot3(l("llc"), l("stp", "age", 1.5, "maxage", 20.25, "hellotime", 0.5, "fwddelay", 4)),
			scapy: scapyDot3 + `/LLC()/STP(age=1.5,maxage=20.25,hellotime=0.5,fwddelay=4)`},
		{name: "rstp", stack: dot3(l("llc"), l("stp", "version", 2, "bpdutype", 2, "bpduflags", 0x3c, "v1len", 0)),
			scapy: scapyDot3 + `/LLC()/STP(version=2,bpdutype=2,bpduflags=0x3c)/b"\0"`},
		{name: "topology change", stack: dot3(l("llc"), l("stp", "bpdutype", 128))}, // Scapy's STP is never short
		{name: "snap arp", stack: dot3(l("llc"), l("snap"), l("arp", "hwsrc", "02:00:00:00:00:01", "psrc", "10.0.0.1", "pdst", "10.0.0.2")),
			scapy: scapyDot3 + `/LLC()/SNAP()/ARP(hwsrc="02:00:00:00:00:01",psrc="10.0.0.1",pdst="10.0.0.2")`},
		{name: "snap ip", stack: dot3(l("llc"), l("snap"), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2"), l("icmp")),
			scapy: scapyDot3 + `/LLC()/SNAP()/IP(src="10.0.0.1",dst="10.0.0.2")/ICMP()`},
		{name: "snap of another", stack: dot3(l("llc", "dsap", 0xaa, "ssap", 0xaa, "ctrl", 3), l("snap", "OUI", 0x00000c, "code", 0x9999), b("x")),
			scapy: scapyDot3 + `/LLC(dsap=0xaa,ssap=0xaa,ctrl=3)/SNAP(OUI=0x00000c,code=0x9999)/"x"`, silent: []string{"llc.type", "data.data"}}, // shown as llc.cisco_pid
		{name: "llc", stack: dot3(l("llc", "dsap", 0xfe, "ssap", 0xfe, "ctrl", 3), b("\x00")),
			scapy: scapyDot3 + `/LLC(dsap=0xfe,ssap=0xfe,ctrl=3)/b"\0"`, expert: true, silent: []string{"data.data"}},
		{name: "three tags", stack: []part{ether(), l("dot1ad", "vlan", 10, "prio", 7), l("dot1ad", "vlan", 11), l("dot1q", "vlan", 4095, "prio", 1), l("arp", "hwsrc", "02:00:00:00:00:01", "psrc", "10.0.0.1")},
			scapy: scapyEther + `/Dot1AD(vlan=10,prio=7)/Dot1AD(vlan=11)/Dot1Q(vlan=4095,prio=1)/ARP(hwsrc="02:00:00:00:00:01",psrc="10.0.0.1")`, silent: []string{"ieee8021ad.id"}}, // shown as svid and cvid
		{name: "tag in tag", stack: []part{ether(), l("dot1q", "vlan", 10), l("dot1q", "vlan", 11), l("dot1q", "vlan", 12), l("ip", "src", "10.0.0.1", "dst", "10.0.0.2"), l("icmp")},
			scapy: scapyEther + `/Dot1Q(vlan=10,type=0x8100)/Dot1Q(vlan=11,type=0x8100)/Dot1Q(vlan=12)/IP(src="10.0.0.1",dst="10.0.0.2")/ICMP()`}, // Scapy binds no tag to itself
		{name: "tagged llc", stack: []part{ether(), l("dot1q", "type", 39), l("llc"), l("stp", "rootmac", "02:00:00:00:00:01"), b("\x00")},
			scapy: scapyEther + `/Dot1Q(type=39)/LLC()/STP(rootmac="02:00:00:00:00:01")/b"\0"`, silent: []string{"vlan.etype", "data.data"}},
		{name: "unknown ethertype", stack: []part{l("eth", "dst", "02:00:00:00:00:02", "src", "02:00:00:00:00:01", "type", 0x9999), b("xyz")},
			scapy: `Ether(dst="02:00:00:00:00:02",src="02:00:00:00:00:01",type=0x9999)/"xyz"`},
		{name: "arp probe", stack: []part{ether(), l("arp", "hwsrc", "02:00:00:00:00:01", "psrc", "0.0.0.0", "pdst", "10.0.0.9")},
			scapy: scapyEther + `/ARP(hwsrc="02:00:00:00:00:01",psrc="0.0.0.0",pdst="10.0.0.9")`},
		{name: "rarp", stack: []part{ether(), l("arp", "op", 3, "hwsrc", "02:00:00:00:00:01", "psrc", "0.0.0.0", "hwdst", "02:00:00:00:00:01")},
			scapy: scapyEther + `/ARP(op=3,hwsrc="02:00:00:00:00:01",psrc="0.0.0.0",hwdst="02:00:00:00:00:01")`},
		{name: "arp over IPv6 numbers", stack: []part{ether(), l("arp", "ptype", 0x86dd, "hwsrc", "02:00:00:00:00:01", "psrc", "fd00::1", "pdst", "fd00::2")},
			scapy:  scapyEther + `/ARP(ptype=0x86dd,plen=16,hwsrc="02:00:00:00:00:01",psrc="fd00::1",pdst="fd00::2")`,
			silent: []string{"arp.src.proto_ipv4", "arp.dst.proto_ipv4"}}, // shown as arp.src.proto_ipv6
	}
}
