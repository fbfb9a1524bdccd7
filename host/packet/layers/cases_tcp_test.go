package layers_test

// tcpCases are TCP's flags and options, and UDP's checksum.
func tcpCases() []wireCase {
	with := func(fields ...any) []part {
		return over4(l("tcp", append([]any{"sport", 1024, "dport", 4000}, fields...)...))
	}
	scapy := func(fields string) string { return scapyIP + `/TCP(sport=1024,dport=4000,` + fields + `)` }
	options := func(list ...any) []part { return with("options", li(list...)) }
	return []wireCase{
		{name: "tcp flags", stack: with("flags", "FSRPAUECN", "seq", 4294967295, "ack", 1, "window", 0, "urgptr", 9, "reserved", 5), scapy: scapy(`flags="FSRPAUECN",seq=4294967295,ack=1,window=0,urgptr=9,reserved=5`), expert: true, silent: []string{"tcp.flags"}},
		{name: "tcp null", stack: with("flags", ""), scapy: scapy(`flags=""`), expert: true},
		{name: "tcp lies", stack: append(with("chksum", 0, "dataofs", 6), b("abcd")), scapy: scapy(`chksum=0,dataofs=6`) + `/"abcd"`, expert: true, wild: true},
		{name: "tcp md5", stack: options(li("md5", "0123456789abcdef")), scapy: scapy(`options=[("MD5",b"0123456789abcdef")]`), shown: map[string]string{"tcp.option_kind": "19,0,0"}},
		{name: "tcp fast open", stack: options(li("tfo", "\x00\x00\x00\x01\x00\x00\x00\x02")), scapy: scapy(`options=[("TFO",(1,2))]`), shown: map[string]string{"tcp.options.tfo.cookie": "0000000100000002"}},
		{name: "tcp user timeout", stack: options(li("uto", 0x8005)), scapy: scapy(`options=[("UTO",0x8005)]`), shown: map[string]string{"tcp.option_kind": "28"}},
		{name: "tcp checksum option", stack: options(li("altchksum", 1, 5)), scapy: scapy(`options=[("AltChkSum",(1,5))]`)},
		{name: "tcp authentication", stack: options(li("ao", 1, 2, "abcdabcdabcd")), scapy: scapy(`options=[("AO",b"\1\2abcdabcdabcd")]`)},
		{name: "tcp unknown", stack: options(li(253, "\x12\x34ab"), li(99, "x")), scapy: scapy(`options=[(253,b"\x12\x34ab"),(99,b"x")]`), shown: map[string]string{"tcp.option_kind": "253,99,0,0,0"}},
		{name: "tcp all", stack: options(li("mss", 65535), li("nop"), li("wscale", 14), li("sackok"), li("timestamp", 4294967295, 4294967294), li("sack", 1, 2), li("eol")),
			scapy: scapy(`options=[("MSS",65535),("NOP",None),("WScale",14),("SAckOK",b""),("Timestamp",(4294967295,4294967294)),("SAck",(1,2)),("EOL",None)]`)},
		{name: "tcp by scapy's names", stack: options(li("MSS", 1460), li("SAckOK"), li("Timestamp", li(1, 2)), li("EOL")),
			scapy: scapy(`options=[("MSS",1460),("SAckOK",b""),("Timestamp",(1,2)),("EOL",None)]`)},
		{name: "tcp 6 data", stack: over6(l("tcp", "sport", 1024, "dport", 4000, "flags", "PA", "options", li(li("nop"))), b("odd")), scapy: scapyIP6 + `/TCP(sport=1024,dport=4000,flags="PA",options=[("NOP",None)])/"odd"`, silent: []string{"data.data"}},
		{name: "udp empty", stack: over4(l("udp", "sport", 65535, "dport", 1)), scapy: scapyIP + `/UDP(sport=65535,dport=1)`},
		{name: "udp without checksum", stack: over4(l("udp", "sport", 65535, "dport", 1, "chksum", 0), b("x")), scapy: scapyIP + `/UDP(sport=65535,dport=1,chksum=0)/"x"`},
		// The sum of this datagram is 0, which goes as 0xffff (RFC 768).
		{name: "udp sum of zero", stack: over4(l("udp", "sport", 1, "dport", 2), b("\xeb\xd4")), scapy: scapyIP + `/UDP(sport=1,dport=2)/b"\xeb\xd4"`, shown: map[string]string{"udp.checksum": "0xffff"}},
		{name: "udp6 sum of zero", stack: over6(l("udp", "sport", 1, "dport", 2), b("\x05\xd3")), scapy: scapyIP6 + `/UDP(sport=1,dport=2)/b"\x05\xd3"`, shown: map[string]string{"udp.checksum": "0xffff"}},
	}
}
