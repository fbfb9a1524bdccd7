package layers_test

import "strings"

// radiusCases are RADIUS packets with attributes of every kind.
func radiusCases() []wireCase {
	const auth = "0123456789abcdef"
	const scapyRadius = scapyIP + `/UDP()/Radius(authenticator="0123456789abcdef",`
	stack := func(fields ...any) []part {
		return over4(l("udp"), l("radius", append([]any{"authenticator", auth}, fields...)...))
	}
	return []wireCase{
		{name: "radius", stack: over4(l("udp"), l("radius")), scapy: scapyIP + `/UDP()/Radius()`},
		{name: "radius request", stack: stack("id", 7, "attributes", li(re("type", "User-Name", "value", "bob"), re("type", "User-Password", "value", "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"),
			re("type", "NAS-IP-Address", "value", "10.0.0.1"), re("type", "NAS-Port", "value", 4294967295), re("type", "Service-Type", "value", "Framed"), re("type", "Framed-Protocol", "value", "PPP"),
			re("type", "NAS-Port-Type", "value", "Ethernet"), re("type", "Calling-Station-Id", "value", "02-00-00-00-00-01"), re("type", "Message-Authenticator", "value", strings.Repeat("m", 16)),
			re("type", "EAP-Message", "value", "\x02\x01\x00\x08\x01bob"), re("type", "State", "value", "\xff\x00"))),
			scapy: scapyRadius + `id=7,attributes=[RadiusAttr_User_Name(value="bob"),RadiusAttr_User_Password(value=bytes(range(1,17))),RadiusAttr_NAS_IP_Address(value="10.0.0.1"),RadiusAttr_NAS_Port(value=4294967295),` +
				`RadiusAttr_Service_Type(value=2),RadiusAttr_Framed_Protocol(value=1),RadiusAttr_NAS_Port_Type(value=15),RadiusAttribute(type=31,value="02-00-00-00-00-01"),` +
				`RadiusAttr_Message_Authenticator(value="m"*16),RadiusAttr_EAP_Message(value=EAP(code=2,id=1,type=1,identity="bob")),RadiusAttr_State(value=b"\xff\0")])`,
			shown: map[string]string{"radius.User_Name": "bob", "radius.NAS_IP_Address": "10.0.0.1", "radius.NAS_Port": "4294967295", "radius.Service_Type": "2", "radius.NAS_Port_Type": "15",
				"radius.Message_Authenticator": strings.Repeat("6d", 16), "radius.avp.type": "1,2,4,5,6,7,61,31,80,79,24", "eap.identity": "bob"}},
		{name: "radius accept", stack: stack("code", "Access-Accept", "attributes", li(re("type", "Framed-IP-Address", "value", "10.0.0.7"), re("type", "Framed-IP-Netmask", "value", "255.255.255.0"),
			re("type", "Session-Timeout", "value", 3600), re("type", "Tunnel-Type", "tag", 1, "value", "VLAN"), re("type", "Tunnel-Medium-Type", "tag", 1, "value", "802"), re("type", "Tunnel-Private-Group-ID", "value", "\x01100"),
			re("type", "Vendor-Specific", "vendor_id", 9, "vendor_type", 1, "value", "shell:priv-lvl=15"), re("type", "NAS-IPv6-Address", "value", "fd00::1"), re("type", 200, "value", "x"))),
			scapy: scapyRadius + `code=2,attributes=[RadiusAttr_Framed_IP_Address(value="10.0.0.7"),RadiusAttr_Framed_IP_Netmask(value="255.255.255.0"),RadiusAttr_Session_Timeout(value=3600),` +
				`RadiusAttribute(type=64,value=b"\1\0\0\x0d"),RadiusAttribute(type=65,value=b"\1\0\0\6"),RadiusAttribute(type=81,value=b"\x01100"),RadiusAttr_Vendor_Specific(vendor_id=9,vendor_type=1,value="shell:priv-lvl=15"),` +
				`RadiusAttribute(type=95,value=b"\xfd"+b"\0"*14+b"\1"),RadiusAttribute(type=200,value="x")])`,
			shown: map[string]string{"radius.Framed-IP-Address": "10.0.0.7", "radius.Session_Timeout": "3600", "radius.Tunnel_Type": "13", "radius.Tunnel_Medium_Type": "6", "radius.avp.vendor_id": "9",
				"radius.Cisco_AVPair": "shell:priv-lvl=15", "radius.NAS_IPv6_Address": "fd00::1"}},
		{name: "radius accounting", stack: over4(l("udp", "sport", 1024, "dport", 1813), l("radius", "code", "Accounting-Request", "attributes", li(re("type", "Acct-Status-Type", "value", "Stop"),
			re("type", "Acct-Input-Octets", "value", 123456), re("type", "Acct-Terminate-Cause", "value", "User Request"), re("type", "Acct-Session-Id", "value", "0001"), re("type", "Event-Timestamp", "value", 1700000000)))),
			scapy: scapyIP + `/UDP(sport=1024,dport=1813)/Radius(code=4,attributes=[RadiusAttr_Acct_Status_Type(value=2),RadiusAttr_Acct_Input_Octets(value=123456),RadiusAttr_Acct_Terminate_Cause(value=1),` +
				`RadiusAttribute(type=44,value="0001"),RadiusAttribute(type=55,value=(1700000000).to_bytes(4,"big"))])`,
			shown: map[string]string{"radius.Acct_Status_Type": "2", "radius.Acct_Input_Octets": "123456", "radius.Acct_Terminate_Cause": "1"}},
	}
}
