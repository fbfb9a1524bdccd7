package layers_test

// routerCases are what routers tell each other.
func routerCases() []wireCase {
	return []wireCase{
		{name: "vrrp", stack: over4(l("vrrp", "addrlist", li("10.0.0.254"))), scapy: scapyIP + `/VRRP(addrlist=["10.0.0.254"])`,
			shown: map[string]string{"vrrp.ip_addr": "10.0.0.254"}},
		{name: "vrrp two", stack: over4(l("vrrp", "vrid", 255, "priority", 254, "adv", 255, "authtype", 1, "addrlist", li("10.0.0.254", "10.0.0.253"), "auth1", 0x6d6f6f6e, "auth2", 0x77697265)),
			scapy: scapyIP + `/VRRP(vrid=255,priority=254,adv=255,authtype=1,addrlist=["10.0.0.254","10.0.0.253"],auth1=0x6d6f6f6e,auth2=0x77697265)`,
			shown: map[string]string{"vrrp.ip_addr": "10.0.0.254,10.0.0.253", "vrrp.auth_string": "moonwire"}},
		{name: "vrrp none", stack: over4(l("vrrp", "priority", 0)), scapy: scapyIP + `/VRRP(priority=0)`},
		{name: "vrrp3", stack: over4(l("vrrp", "version", 3, "adv", 4095, "addrlist", li("10.0.0.254", "10.0.0.253"))),
			scapy: scapyIP + `/VRRPv3(adv=4095,addrlist=["10.0.0.254","10.0.0.253"])`, shown: map[string]string{"vrrp.ip_addr": "10.0.0.254,10.0.0.253"}},
		{name: "vrrp3 v6", stack: over6(l("vrrp", "version", 3, "vrid", 7, "addrlist", li("fe80::1", "2001:db8::1"))),
			scapy: scapyIP6 + `/VRRPv3(vrid=7,addrlist=["fe80::1","2001:db8::1"])`, shown: map[string]string{"vrrp.ipv6_addr": "fe80::1,2001:db8::1"}},
		{name: "vrrp3 v6 one", stack: over6(l("vrrp", "version", 3, "addrlist", li("2001:db8::1"))), scapy: scapyIP6 + `/VRRPv3(addrlist=["2001:db8::1"])`,
			shown: map[string]string{"vrrp.ipv6_addr": "2001:db8::1"}},
	}
}
