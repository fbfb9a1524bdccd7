package layers_test

// icmp6Cases are ICMPv6's messages and the options of neighbour discovery.
func icmp6Cases() []wireCase {
	nd := func(fields ...any) []part {
		return []part{ether(), l("ipv6", "src", "fe80::1", "dst", "fe80::2", "hlim", 255), l("icmp6", fields...)}
	}
	const under = scapyEther + `/IPv6(src="fe80::1",dst="fe80::2",hlim=255)`
	ra := func(options ...any) []part { return nd("type", "ra", "options", li(options...)) }
	with := func(fields ...any) []part { return over6(l("icmp6", fields...)) }
	quoting := func(fields ...any) []part {
		return append(with(fields...), l("ipv6", "src", "fd00::2", "dst", "fd00::9"), l("udp", "sport", 1000, "dport", 33434), b("0123"))
	}
	const scapyQuoted = `/IPv6(src="fd00::2",dst="fd00::9")/UDP(sport=1000,dport=33434)/"0123"`
	return []wireCase{
		{name: "no route", stack: quoting("type", 1), scapy: scapyIP6 + `/ICMPv6DestUnreach()` + scapyQuoted},
		{name: "port unreachable 6", stack: quoting("type", 1, "code", "port-unreachable", "unused", 1), scapy: scapyIP6 + `/ICMPv6DestUnreach(code=4,unused=1)` + scapyQuoted},
		{name: "packet too big", stack: quoting("type", "packet-too-big", "mtu", 1400), scapy: scapyIP6 + `/ICMPv6PacketTooBig(mtu=1400)` + scapyQuoted},
		{name: "packet too big default", stack: quoting("type", 2), scapy: scapyIP6 + `/ICMPv6PacketTooBig()` + scapyQuoted},
		{name: "time exceeded 6", stack: quoting("type", 3, "code", 1), scapy: scapyIP6 + `/ICMPv6TimeExceeded(code=1)` + scapyQuoted},
		{name: "parameter problem 6", stack: quoting("type", 4, "code", "unrecognized-next-header", "ptr", 40), scapy: scapyIP6 + `/ICMPv6ParamProblem(code=1,ptr=40)` + scapyQuoted},
		{name: "echo reply data", stack: append(with("type", 129, "id", 65535, "seq", 65535), b("x")), scapy: scapyIP6 + `/ICMPv6EchoReply(id=65535,seq=65535,data="x")`, silent: []string{"data.data"}},
		{name: "rs", stack: nd("type", "rs", "options", li(li("src_lladdr", "02:00:00:00:00:01"))), scapy: under + `/ICMPv6ND_RS()/ICMPv6NDOptSrcLLAddr(lladdr="02:00:00:00:00:01")`, shown: map[string]string{"icmpv6.opt.linkaddr": "02:00:00:00:00:01"}},
		{name: "ns", stack: nd("type", "ns", "tgt", "fe80::2", "options", li(li("src_lladdr", "02:00:00:00:00:01"))), scapy: under + `/ICMPv6ND_NS(tgt="fe80::2")/ICMPv6NDOptSrcLLAddr(lladdr="02:00:00:00:00:01")`},
		{name: "ns alone", stack: nd("type", "ns", "tgt", "fe80::2"), scapy: under + `/ICMPv6ND_NS(tgt="fe80::2")`},
		{name: "na", stack: nd("type", "na", "R", 0, "S", 1, "tgt", "fe80::1", "options", li(li("dst_lladdr", "02:00:00:00:00:01"))), scapy: under + `/ICMPv6ND_NA(R=0,S=1,tgt="fe80::1")/ICMPv6NDOptDstLLAddr(lladdr="02:00:00:00:00:01")`},
		{name: "ra", stack: nd("type", "ra", "chlim", 64, "M", 1, "O", 1, "H", 1, "prf", "high", "P", 1, "routerlifetime", 9000, "reachabletime", 30000, "retranstimer", 1000),
			scapy: under + `/ICMPv6ND_RA(chlim=64,M=1,O=1,H=1,prf=1,P=1,routerlifetime=9000,reachabletime=30000,retranstimer=1000)`},
		{name: "ra default", stack: nd("type", "ra"), scapy: under + `/ICMPv6ND_RA()`},
		{name: "prefix", stack: ra(re("type", "prefix", "prefix", "2001:db8::")), scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptPrefixInfo(prefix="2001:db8::")`, shown: map[string]string{"icmpv6.opt.prefix": "2001:db8::", "icmpv6.opt.prefix.length": "64"}},
		{name: "prefix all", stack: ra(re("1", "prefix", "prefixlen", 56, "L", 0, "A", 0, "R", 1, "validlifetime", 10, "preferredlifetime", 5, "prefix", "2001:db8::1")),
			scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptPrefixInfo(prefixlen=56,L=0,A=0,R=1,validlifetime=10,preferredlifetime=5,prefix="2001:db8::1")`},
		{name: "nd mtu", stack: ra(re("type", 5, "mtu", 1400)), scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptMTU(mtu=1400)`, shown: map[string]string{"icmpv6.opt.mtu": "1400"}},
		{name: "rdnss", stack: ra(re("type", "rdnss", "lifetime", 600, "dns", li("fd00::53", "fd00::54"))), scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptRDNSS(lifetime=600,dns=["fd00::53","fd00::54"])`, shown: map[string]string{"icmpv6.opt.rdnss": "fd00::53,fd00::54"}},
		{name: "dnssl", stack: ra(re("type", "dnssl", "searchlist", li("example.org", "a.b"))), scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptDNSSL(searchlist=["example.org","a.b"])`, shown: map[string]string{"icmpv6.opt.dnssl": "example.org,a.b"}},
		{name: "routes", stack: ra(re("type", "route", "plen", 64, "prf", "high", "rtlifetime", 60, "prefix", "2001:db8:1::"), re("type", "route", "plen", 0, "prefix", "::"), re("type", "route", "plen", 128, "prefix", "2001:db8::1")),
			scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptRouteInfo(plen=64,prf=1,rtlifetime=60,prefix="2001:db8:1::")/ICMPv6NDOptRouteInfo(plen=0,prefix="::")/ICMPv6NDOptRouteInfo(plen=128,prefix="2001:db8::1")`},
		{name: "nonce", stack: nd("type", "ns", "tgt", "fe80::2", "options", li(li("nonce", "123456"))), scapy: under + `/ICMPv6ND_NS(tgt="fe80::2")/ICMPv6NDOptUnknown(type=14,len=1,data="123456")`, shown: map[string]string{"icmpv6.opt.nonce": "313233343536"}},
		{name: "other options", stack: ra(li("shortcut_limit", 9), li("adv_interval", 1000), re("type", "home_agent", "pref", 1, "lifetime", 2), li("flags", 0), li("src_addrs", "fd00::1")),
			scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptShortcutLimit(shortcutlim=9)/ICMPv6NDOptAdvInterval(advint=1000)/ICMPv6NDOptHAInfo(pref=1,lifetime=2)/ICMPv6NDOptEFA()/ICMPv6NDOptSrcAddrList(addrlist=["fd00::1"])`, expert: true},
		{name: "unknown nd option", stack: ra(li(200, "0123456789abcd")), scapy: under + `/ICMPv6ND_RA()/ICMPv6NDOptUnknown(type=200,len=2,data="0123456789abcd")`, expert: true},
		{name: "redirect 6", stack: nd("type", "redirect", "tgt", "fe80::9", "dst", "fd00::9", "options", li(li("dst_lladdr", "02:00:00:00:00:09"), re("type", "redirected", "pkt", "0123456789abcdef"))),
			scapy: under + `/ICMPv6ND_Redirect(tgt="fe80::9",dst="fd00::9")/ICMPv6NDOptDstLLAddr(lladdr="02:00:00:00:00:09")/ICMPv6NDOptRedirectedHdr(len=3,pkt=b"0123456789abcdef")`, expert: true},
		{name: "inverse", stack: nd("type", 141, "options", li(li("src_lladdr", "02:00:00:00:00:01"))), scapy: under + `/ICMPv6ND_INDSol()/ICMPv6NDOptSrcLLAddr(lladdr="02:00:00:00:00:01")`},
		{name: "mld query", stack: with("type", "mld-query"), scapy: scapyIP6 + `/ICMPv6MLQuery()`, shown: map[string]string{"icmpv6.mld.maximum_response_delay": "10000"}},
		{name: "mld done", stack: with("type", "mld-done", "mladdr", "ff02::1:2"), scapy: scapyIP6 + `/ICMPv6MLDone(mladdr="ff02::1:2")`},
		{name: "mld query 2", stack: with("type", "mld-query", "mladdr", "ff02::1:2", "S", 1, "QRV", 2, "QQIC", 125, "sources", li("fd00::7", "fd00::8")),
			scapy: scapyIP6 + `/ICMPv6MLQuery2(mladdr="ff02::1:2",S=1,QRV=2,QQIC=125,sources=["fd00::7","fd00::8"])`, shown: map[string]string{"icmpv6.mld.source_address": "fd00::7,fd00::8"}},
		{name: "mld report 2", stack: with("type", "mld2-report", "records", li(re("dst", "ff02::1:2"), re("rtype", 5, "dst", "ff02::1:3", "sources", li("fd00::7")), re("rtype", 1, "dst", "ff02::4", "auxdata", "abcd"))),
			scapy: scapyIP6 + `/ICMPv6MLReport2(records=[ICMPv6MLDMultAddrRec(dst="ff02::1:2"),ICMPv6MLDMultAddrRec(rtype=5,dst="ff02::1:3",sources=["fd00::7"]),ICMPv6MLDMultAddrRec(rtype=1,dst="ff02::4",auxdata_len=1,auxdata="abcd")])`,
			shown: map[string]string{"icmpv6.mldr.mar.record_type": "4,5,1", "icmpv6.mldr.mar.multicast_address": "ff02::1:2,ff02::1:3,ff02::4"}},
		{name: "multicast router", stack: with("type", 151, "code", 20, "queryint", 125, "robustness", 2), scapy: scapyIP6 + `/ICMPv6MRD_Advertisement(queryint=125,robustness=2)`},
		{name: "multicast router leaves", stack: with("type", 153), scapy: scapyIP6 + `/ICMPv6MRD_Termination()`},
		{name: "node information", stack: with("type", 139, "code", 0, "qtype", 2, "nonce", "01234567", "data", "\xfd\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02"),
			scapy: scapyIP6 + `/ICMPv6NIQueryName(code=0,nonce=b"01234567",data="fd00::2")`},
		{name: "home agents", stack: with("type", 145, "id", 9, "addresses", li("fd00::7")), scapy: scapyIP6 + `/ICMPv6HAADReply(id=9,addresses=["fd00::7"])`, silent: []string{"icmpv6.ident"}},
		{name: "home agent request", stack: with("type", 144, "id", 9, "R", 0), scapy: scapyIP6 + `/ICMPv6HAADRequest(id=9,R=0)`},
		{name: "mobile prefix", stack: with("type", 146, "id", 9), scapy: scapyIP6 + `/ICMPv6MPSol(id=9)`},
		{name: "mobile prefix advertisement", stack: with("type", 147, "id", 9, "options", li(re("type", "prefix", "prefix", "2001:db8::"))), scapy: scapyIP6 + `/ICMPv6MPAdv(id=9)/ICMPv6NDOptPrefixInfo(prefix="2001:db8::")`},
	}
}
