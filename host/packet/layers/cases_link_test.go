package layers_test

// linkCases are what neighbours on a link tell each other.
func linkCases() []wireCase {
	lldp := `load_contrib("lldp")`
	const long = "a description that is long enough to need no padding of the frame"
	return []wireCase{
		{name: "lldp", setup: lldp, stack: []part{ether(), l("lldp", "tlvs", li(
			re("type", "chassis id", "subtype", "MAC address", "id", "02:00:00:00:00:01"),
			re("type", "port id", "subtype", "interface name", "id", "eth0"),
			re("type", "time to live", "ttl", 120),
			re("type", "port description", "description", long),
			re("type", "system name", "system_name", "moonwire.example"),
			re("type", "system description", "description", "router"),
			re("type", "system capabilities", "available", "mac_bridge+router+station_only", "enabled", "router"),
			re("type", "management address", "management_address_subtype", "IPv4", "management_address", "10.0.0.1", "interface_numbering_subtype", "ifIndex", "interface_number", 7),
			re("type", "management address", "management_address_subtype", "IPv6", "management_address", "fe80::1", "interface_number", 4294967295, "object_id", "\x06\x03\x2b\x06\x01"),
			re("type", "organisation specific TLV", "org_code", "IEEE 802.1", "subtype", 1, "data", "\x00\x64"),
			re("type", "end of LLDPDU")))},
			scapy: scapyEther + `/LLDPDUChassisID(subtype=4,id="02:00:00:00:00:01")/LLDPDUPortID(subtype=5,id="eth0")/LLDPDUTimeToLive(ttl=120)` +
				`/LLDPDUPortDescription(description="` + long + `")/LLDPDUSystemName(system_name="moonwire.example")/LLDPDUSystemDescription(description="router")` +
				`/LLDPDUSystemCapabilities(mac_bridge_available=1,router_available=1,station_only_available=1,router_enabled=1)` +
				`/LLDPDUManagementAddress(management_address_subtype=1,management_address=b"\x0a\0\0\1",interface_numbering_subtype=2,interface_number=7)` +
				`/LLDPDUManagementAddress(management_address_subtype=2,management_address=b"\xfe\x80"+b"\0"*13+b"\1",interface_number=4294967295,object_id=b"\6\3\x2b\6\1")` +
				`/LLDPDUGenericOrganisationSpecific(org_code=0x80c2,subtype=1,data=b"\0\x64")/LLDPDUEndOfLLDPDU()`,
			shown: map[string]string{"lldp.chassis.id.mac": "02:00:00:00:00:01", "lldp.chassis.subtype": "4", "lldp.port.id": "eth0", "lldp.time_to_live": "120",
				"lldp.port.desc": long, "lldp.tlv.system.name": "moonwire.example", "lldp.tlv.system.desc": "router",
				"lldp.tlv.system_cap": "0x0094", "lldp.tlv.enable_system_cap": "0x0010", "lldp.mgn.addr.ip4": "10.0.0.1", "lldp.mgn.addr.ip6": "fe80::1",
				"lldp.mgn.interface.number": "7,4294967295", "lldp.mgn.interface.subtype": "2,1", "lldp.mgn.obj.len": "0,5",
				"lldp.ieee.802_1.port_vlan.id": "100", "lldp.tlv.type": "1,2,3,4,5,6,7,8,8,127,0", "lldp.tlv.len": "7,5,2,65,16,6,4,12,29,6,0"}},
		{name: "lldp ids", setup: lldp, stack: []part{ether(), l("lldp", "tlvs", li(
			re("type", "chassis id", "subtype", "network address", "family", "IPv6", "id", "2001:db8::1"),
			re("type", "port id", "subtype", "network address", "family", "IPv4", "id", "10.0.0.1"),
			re("type", "time to live", "ttl", 65535), re("type", "port description", "description", long), re("type", 0)))},
			scapy: scapyEther + `/LLDPDUChassisID(subtype=5,family=2,id="2001:db8::1")/LLDPDUPortID(subtype=4,family=1,id="10.0.0.1")/LLDPDUTimeToLive(ttl=65535)` +
				`/LLDPDUPortDescription(description="` + long + `")/LLDPDUEndOfLLDPDU()`,
			shown: map[string]string{"lldp.chassis.id.ip6": "2001:db8::1", "lldp.port.id.ip4": "10.0.0.1", "lldp.network_address.subtype": "2,1"}},
		{name: "lldp text ids", setup: lldp, stack: []part{ether(), l("lldp", "tlvs", li(
			re("type", "chassis id", "subtype", "locally assigned", "id", "box"), re("type", "port id", "subtype", "MAC address", "id", "02:00:00:00:00:01"),
			re("type", "time to live", "ttl", 0), re("type", 0))), b(string(make([]byte, 25)))},
			scapy: scapyEther + `/LLDPDUChassisID(subtype=7,id="box")/LLDPDUPortID(subtype=3,id="02:00:00:00:00:01")/LLDPDUTimeToLive(ttl=0)/LLDPDUEndOfLLDPDU()`,
			shown: map[string]string{"lldp.chassis.id": "626f78", "lldp.port.id.mac": "02:00:00:00:00:01"}, silent: []string{"data.data"}},
	}
}

// cdpCases are what Cisco's devices tell.
func cdpCases() []wireCase {
	cdp := `load_contrib("cdp")`
	stack := func(list ...any) []part {
		return []part{l("dot3", "dst", "01:00:0c:cc:cc:cc", "src", "02:00:00:00:00:01"), l("llc"), l("snap"), l("cdp", "msg", li(list...))}
	}
	const scapyCDP = `Dot3(dst="01:00:0c:cc:cc:cc",src="02:00:00:00:00:01")/LLC()/SNAP()/CDPv2_HDR(msg=[`
	all := []wireCase{
		{name: "cdp", setup: cdp, stack: stack(re("type", "Device ID", "val", "R1.example"), re("type", "Addresses", "addr", li("10.0.0.1", "fe80::1")), re("type", "Port ID", "iface", "GigabitEthernet0/1"),
			re("type", "Capabilities", "cap", "Router+Switch+IGMPCapable"), re("type", "Software Version", "val", "IOS"), re("type", "Platform", "val", "cisco"),
			re("type", "VTP Management Domain", "val", "lab"), re("type", "Native VLAN", "vlan", 4094), re("type", "Duplex", "duplex", "Full"), re("type", "VoIP VLAN Reply", "vlan", 10),
			re("type", "VoIP VLAN Query", "vlan", 20), re("type", "Power", "power", 6300), re("type", "Trust Bitmap", "trust_bitmap", 1), re("type", "Untrusted Port CoS", "untrusted_port_cos", 5),
			re("type", "Management Address", "addr", li("10.0.0.2"))),
			scapy: scapyCDP + `CDPMsgDeviceID(val="R1.example"),CDPMsgAddr(addr=[CDPAddrRecordIPv4(addr="10.0.0.1"),CDPAddrRecordIPv6(addr="fe80::1")]),CDPMsgPortID(iface="GigabitEthernet0/1"),CDPMsgCapabilities(cap="Router+Switch+IGMPCapable"),` +
				`CDPMsgSoftwareVersion(val="IOS"),CDPMsgPlatform(val="cisco"),CDPMsgVTPMgmtDomain(val="lab"),CDPMsgNativeVLAN(vlan=4094),CDPMsgDuplex(duplex=1),CDPMsgVoIPVLANReply(vlan=10),CDPMsgVoIPVLANQuery(vlan=20),` +
				`CDPMsgPower(power=6300),CDPMsgTrustBitmap(trust_bitmap=1),CDPMsgUntrustedPortCoS(untrusted_port_cos=5),CDPMsgMgmtAddr(addr=[CDPAddrRecordIPv4(addr="10.0.0.2")])])`,
			shown: map[string]string{"cdp.deviceid": "R1.example", "cdp.portid": "GigabitEthernet0/1", "cdp.capabilities": "0x00000029", "cdp.platform": "cisco", "cdp.vtp_management_domain": "lab",
				"cdp.native_vlan": "4094", "cdp.duplex": "1", "cdp.voice_vlan": "10,20", "cdp.power_consumption": "6300", "cdp.number_of_addresses": "2,1", "cdp.checksum.status": "1"}},
		{name: "cdp gateway", setup: cdp, stack: stack(re("type", "IP Prefix", "prefix", li("192.168.0.1"))), scapy: scapyCDP + `CDPMsgIPGateway(defaultgw="192.168.0.1")])`,
			shown: map[string]string{"cdp.odr_default_gateway": "192.168.0.1", "cdp.checksum.status": "1"}},
		{name: "cdp prefix", setup: cdp, stack: stack(re("type", "IP Prefix", "prefix", li("10.0.0.0/8"))), scapy: scapyCDP + `CDPMsgIPPrefix(prefix="10.0.0.0",plen=8)])`,
			shown: map[string]string{"cdp.ip_prefix": "0.0.0.10", "cdp.checksum.status": "1"}}, // tshark 4.0 turns the bytes round
		{name: "cdp odd", setup: cdp, stack: stack(re("type", "Device ID", "val", "R")), scapy: scapyCDP + `CDPMsgDeviceID(val="R")])`, shown: map[string]string{"cdp.checksum.status": "1"}},
		{name: "cdp odd negative", setup: cdp, stack: stack(re("type", "Device ID", "val", "\xe9")), scapy: scapyCDP + `CDPMsgDeviceID(val=b"\xe9")])`, shown: map[string]string{"cdp.checksum.status": "1"}},
		{name: "cdp odd 128", stack: stack(re("type", "Device ID", "val", "\x80")), shown: map[string]string{"cdp.checksum.status": "1"}}, // Scapy takes 128 for positive
		{name: "cdp mtu", stack: stack(re("type", "MTU")), shown: map[string]string{"cdp.mtu": "1500", "cdp.checksum.status": "1"}},       // Scapy's has two bytes, Cisco's four
		{name: "cdp hello", setup: cdp, stack: stack(re("type", "Protocol Hello", "protocol_id", 0x112, "data", "0123456789abcdef0123456"), re("type", 99, "val", "x")),
			scapy: scapyCDP + `CDPMsgProtoHello(protocol_id=0x112,data="0123456789abcdef0123456"),CDPMsgGeneric(type=99,val="x")])`, shown: map[string]string{"cdp.protocol_id": "0x0112", "cdp.checksum.status": "1"}},
	}
	for i := range all {
		all[i].silent = []string{"llc.type"} // llc.cisco_pid
	}
	return all
}
