package layers

import "moonwire/host/packet"

// A dhcp6Option is one row of the table: the code, the name, other names, and the fields of its data under Scapy's names.
type dhcp6Option struct {
	code  uint64
	name  string
	other []string
	parts []part
}

// dhcp6Options is the table (RFC 8415 section 21 and IANA's list of DHCPv6 Option Codes). In names case, - and _ don't
// matter.
var dhcp6Options = []dhcp6Option{
	{1, "CLIENTID", nil, []part{duidPart("duid")}},
	{2, "SERVERID", nil, []part{duidPart("duid")}},
	{3, "IA_NA", nil, []part{uintPart("iaid", 4, 0, nil), uintPart("T1", 4, 0, nil), uintPart("T2", 4, 0, nil), nestedPart("ianaopts")}},
	{4, "IA_TA", nil, []part{uintPart("iaid", 4, 0, nil), nestedPart("iataopts")}},
	{5, "IAADDR", []string{"IAAddress"}, []part{ip6Part("addr"), uintPart("preflft", 4, 0, lifetimes), uintPart("validlft", 4, 0, lifetimes), nestedPart("iaaddropts")}},
	{6, "ORO", []string{"OptReq"}, []part{codesPart("reqopts")}},
	{7, "PREFERENCE", []string{"Pref"}, []part{uintPart("prefval", 1, 255, nil)}},
	{8, "ELAPSED_TIME", nil, []part{uintPart("elapsedtime", 2, 0, nil)}},
	{9, "RELAY_MSG", nil, []part{messagePart("message")}},
	{11, "AUTH", nil, []part{uintPart("proto", 1, 3, nil), uintPart("alg", 1, 1, nil), uintPart("rdm", 1, 0, nil),
		bytesPart("replay", 8), restPart("authinfo")}},
	{12, "UNICAST", []string{"ServerUnicast"}, []part{ip6Part("srvaddr")}},
	{13, "STATUS_CODE", nil, []part{uintPart("statuscode", 2, 0, dhcp6Status), restPart("statusmsg")}},
	{14, "RAPID_COMMIT", nil, nil},
	{15, "USER_CLASS", nil, []part{listPart(longStringPart("userclassdata"))}},
	{16, "VENDOR_CLASS", nil, []part{uintPart("enterprisenum", 4, 0, nil), listPart(longStringPart("vcdata"))}},
	{17, "VENDOR_OPTS", []string{"VendorSpecificInfo"}, []part{uintPart("enterprisenum", 4, 0, nil), optionsPart("vso", nil)}},
	{18, "INTERFACE_ID", []string{"IfaceId"}, []part{restPart("ifaceid")}},
	{19, "RECONF_MSG", nil, []part{uintPart("msgtype", 1, 11, dhcp6Types)}},
	{20, "RECONF_ACCEPT", nil, nil},
	{21, "SIP_SERVER_D", []string{"SIPDomains"}, []part{listPart(namePart("sipdomains"))}}, // RFC 3319
	{22, "SIP_SERVER_A", []string{"SIPServers"}, []part{listPart(ip6Part("sipservers"))}},
	{23, "DNS_SERVERS", nil, []part{listPart(ip6Part("dnsservers"))}}, // RFC 3646
	{24, "DOMAIN_LIST", []string{"DNSDomains"}, []part{listPart(namePart("dnsdomains"))}},
	{25, "IA_PD", nil, []part{uintPart("iaid", 4, 0, nil), uintPart("T1", 4, 0, nil), uintPart("T2", 4, 0, nil), nestedPart("iapdopt")}},
	{26, "IAPREFIX", nil, []part{uintPart("preflft", 4, 0, lifetimes), uintPart("validlft", 4, 0, lifetimes), uintPart("plen", 1, 48, nil),
		kindPart("prefix", 16, packet.IPv6, "2001:db8::"), nestedPart("iaprefopts")}},
	{27, "NIS_SERVERS", nil, []part{listPart(ip6Part("nisservers"))}}, // RFC 3898
	{28, "NISP_SERVERS", nil, []part{listPart(ip6Part("nispservers"))}},
	{29, "NIS_DOMAIN_NAME", []string{"NISDomain"}, []part{namePart("nisdomain")}},
	{30, "NISP_DOMAIN_NAME", []string{"NISPDomain"}, []part{namePart("nispdomain")}},
	{31, "SNTP_SERVERS", nil, []part{listPart(ip6Part("sntpservers"))}},                                       // RFC 4075
	{32, "INFORMATION_REFRESH_TIME", []string{"InfoRefreshTime"}, []part{uintPart("reftime", 4, 86400, nil)}}, // RFC 8415 section 21.23
	{33, "BCMCS_SERVER_D", []string{"BCMCSDomains"}, []part{listPart(namePart("bcmcsdomains"))}},              // RFC 4280
	{34, "BCMCS_SERVER_A", []string{"BCMCSServers"}, []part{listPart(ip6Part("bcmcsservers"))}},
	{37, "REMOTE_ID", nil, []part{uintPart("enterprisenum", 4, 0, nil), restPart("remoteid")}}, // RFC 4649
	{38, "SUBSCRIBER_ID", nil, []part{restPart("subscriberid")}},                               // RFC 4580
	{39, "CLIENT_FQDN", nil, []part{uintPart("flags", 1, 0, nil), namePart("fqdn")}},           // RFC 4704
	{40, "PANA_AGENT", []string{"PanaAuthAgent"}, []part{listPart(ip6Part("paaaddr"))}},        // RFC 5192
	{41, "NEW_POSIX_TIMEZONE", nil, []part{restPart("optdata")}},                               // RFC 4833
	{42, "NEW_TZDB_TIMEZONE", nil, []part{restPart("optdata")}},
	{43, "ERO", []string{"RelayAgentERO"}, []part{codesPart("reqopts")}},  // RFC 4994
	{48, "LQ_CLIENT_LINK", nil, []part{listPart(ip6Part("linkaddress"))}}, // RFC 5007
	{56, "NTP_SERVER", nil, []part{optionsPart("suboptions", nil)}},       // RFC 5908
	{59, "BOOTFILE_URL", nil, []part{restPart("optdata")}},                // RFC 5970
	{61, "CLIENT_ARCH_TYPE", nil, []part{listPart(uintPart("archtypes", 2, 0, nil))}},
	{62, "NII", []string{"ClientNetworkInterId"}, []part{uintPart("iitype", 1, 0, nil), uintPart("iimajor", 1, 0, nil), uintPart("iiminor", 1, 0, nil)}},
	{65, "ERP_LOCAL_DOMAIN_NAME", []string{"ERPDomain"}, []part{listPart(namePart("erpdomain"))}},                                                             // RFC 6440
	{66, "RSOO", []string{"RelaySuppliedOpt"}, []part{nestedPart("relaysupplied")}},                                                                           // RFC 6422
	{68, "VSS", nil, []part{uintPart("type", 1, 255, nil), restPart("data")}},                                                                                 // RFC 6607
	{79, "CLIENT_LINKLAYER_ADDR", []string{"ClientLinkLayerAddr"}, []part{uintPart("lltype", 2, 1, nil), kindPart("clladdr", 6, packet.Ether, packet.MAC{})}}, // RFC 6939
	{82, "SOL_MAX_RT", nil, []part{uintPart("seconds", 4, 0, nil)}},                                                                                           // RFC 8415 section 21.24
	{83, "INF_MAX_RT", nil, []part{uintPart("seconds", 4, 0, nil)}},
	{112, "MUD_URL", nil, []part{restPart("mudstring")}}, // RFC 8520
}

// ip6Part is an IPv6 address.
func ip6Part(name string) part { return kindPart(name, 16, packet.IPv6, "::") }

// lifetimes names the lifetime that never ends.
var lifetimes = packet.Named(map[uint64]string{0xffffffff: "infinity"})

// dhcp6Types names kinds of messages (RFC 8415 section 7.3, RFC 5007).
var dhcp6Types = packet.Named(map[uint64]string{
	1: "SOLICIT", 2: "ADVERTISE", 3: "REQUEST", 4: "CONFIRM", 5: "RENEW", 6: "REBIND", 7: "REPLY", 8: "RELEASE", 9: "DECLINE",
	10: "RECONFIGURE", 11: "INFORMATION-REQUEST", 12: "RELAY-FORW", 13: "RELAY-REPL", 14: "LEASEQUERY", 15: "LEASEQUERY-REPLY",
})

// dhcp6Status names status codes (RFC 8415 section 21.13).
var dhcp6Status = packet.Named(map[uint64]string{
	0: "Success", 1: "UnspecFail", 2: "NoAddrsAvail", 3: "NoBinding", 4: "NotOnLink", 5: "UseMulticast", 6: "NoPrefixAvail",
})
