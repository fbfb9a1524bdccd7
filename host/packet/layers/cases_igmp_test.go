package layers_test

// igmpCases are IGMP's versions.
func igmpCases() []wireCase {
	with := func(fields ...any) []part {
		return []part{ether(), l("ip", "src", "10.0.0.1", "dst", "224.0.0.1", "ttl", 1), l("igmp", fields...)}
	}
	const under = scapyEther + `/IP(src="10.0.0.1",dst="224.0.0.1",ttl=1)`
	const v2, v3 = `load_contrib("igmp")`, `load_contrib("igmpv3")`
	return []wireCase{
		{name: "igmp query", stack: with(), setup: v2, scapy: under + `/IGMP()`},
		{name: "igmp report 1", stack: with("type", 0x12, "mrcode", 0, "gaddr", "239.1.2.3"), setup: v2, scapy: under + `/IGMP(type=0x12,mrcode=0,gaddr="239.1.2.3")`},
		{name: "igmp report 2", stack: with("type", 0x16, "mrcode", 0, "gaddr", "239.1.2.3"), setup: v2, scapy: under + `/IGMP(type=0x16,mrcode=0,gaddr="239.1.2.3")`},
		{name: "igmp leave", stack: with("type", "Leave Group", "mrcode", 0, "gaddr", "239.1.2.3"), setup: v2, scapy: under + `/IGMP(type=0x17,mrcode=0,gaddr="239.1.2.3")`},
		{name: "igmp query 3", stack: with("mrcode", 100, "gaddr", "239.1.2.3", "s", 1, "qrv", 2, "qqic", 125, "srcaddrs", li("10.0.0.7", "10.0.0.8")), setup: v3,
			scapy: under + `/IGMPv3(mrcode=100,type=17)/IGMPv3mq(gaddr="239.1.2.3",s=1,qrv=2,qqic=125,srcaddrs=["10.0.0.7","10.0.0.8"])`, shown: map[string]string{"igmp.saddr": "10.0.0.7,10.0.0.8"}},
		{name: "igmp general query 3", stack: with("qrv", 2), setup: v3, scapy: under + `/IGMPv3()/IGMPv3mq(qrv=2,srcaddrs=[])`},
		{name: "igmp report 3", stack: with("type", 0x22, "records", li(
			re("rtype", 4, "maddr", "239.1.2.3"), re("rtype", "Allow New Sources", "maddr", "239.1.2.4", "srcaddrs", li("10.0.0.7")))), setup: v3,
			scapy: under + `/IGMPv3(type=0x22)/IGMPv3mr(records=[IGMPv3gr(rtype=4,maddr="239.1.2.3"),IGMPv3gr(rtype=5,maddr="239.1.2.4",srcaddrs=["10.0.0.7"])])`,
			shown: map[string]string{"igmp.maddr": "239.1.2.3,239.1.2.4", "igmp.record_type": "4,5", "igmp.saddr": "10.0.0.7"}},
		{name: "igmp router", stack: with("type", 0x30, "qryIntvl", 5, "robust", 2), setup: v3, scapy: under + `/IGMPv3(type=0x30)/IGMPv3mra(qryIntvl=5,robust=2)`, silent: []string{"igmp.checksum", "igmp.type"}}, // shown as mrdisc,
	}
}
