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
